"""What was found of a version: origins, fragilities, documents to print."""
