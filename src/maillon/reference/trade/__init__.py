"""What the border adds: duties and the carbon border adjustment."""
