"""The matcher measured against a city it has never seen, and against other tools."""
