"""Pages for those who assess the house, rendered from what the code declares."""
