"""Words of lines in templates."""
