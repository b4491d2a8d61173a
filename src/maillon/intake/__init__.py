"""A messy file → a bill of materials or a ledger, and the doubts that remain."""
