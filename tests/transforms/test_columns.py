"""Reading cells, with the embarrassing ones that real extracts contain."""
