"""What was done with the data of a firm, and by whom."""
