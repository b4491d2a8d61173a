"""The command line: one file a step."""
