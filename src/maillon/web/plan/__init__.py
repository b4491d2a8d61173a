"""What to relocate first: plans compared and saved."""
