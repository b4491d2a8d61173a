"""What the world knows: read-only tables and their builders."""
