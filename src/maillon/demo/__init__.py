"""An invented territory and an invented firm, seeded and labelled as invented."""
