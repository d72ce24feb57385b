"""The figures of trust, each a row: what is asked, what was seen, and when."""
