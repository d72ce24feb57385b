"""How many of those truly in need Doorstep reaches in a month of nights, beside simpler ways."""
