"""Pooled needs: which lines become viable when several firms buy together, and who pays what."""
