"""Who near here can make this part? Reading a designation comes first."""
