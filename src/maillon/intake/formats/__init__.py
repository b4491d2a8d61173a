"""The formats of spreadsheets and text tables, read inside the sandboxed child only."""
