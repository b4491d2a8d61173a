"""The projects and what is due next."""
