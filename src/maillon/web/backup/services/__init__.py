"""What backup and restore do."""
