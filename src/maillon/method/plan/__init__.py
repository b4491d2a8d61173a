"""Step 5, plan: what to source where, and which needs to pool."""
