"""Words of this step in templates."""
