"""Charts as static SVG, each with its finding, its data and its text alternative."""
