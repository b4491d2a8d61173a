"""Layout, components, words on the page: what every screen shares."""
