"""The words of official titles (CN and NAF), by code, ready to be searched."""
