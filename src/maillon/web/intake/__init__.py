"""A firm's files, versions and lines."""
