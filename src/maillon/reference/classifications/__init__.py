"""NAF, NACE, CN, purchase families, processes, and the part → process lexicon."""
