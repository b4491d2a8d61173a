"""Step 4, cost: what importing really costs, and at what price a local source is worth it."""
