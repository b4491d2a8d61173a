"""Where do my parts come from, where am I fragile? Origin, local content, concentration, whom to ask."""
