"""What a part really costs: quick, then with every assumption."""
