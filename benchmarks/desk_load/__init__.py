"""Twenty officers at a real served desk over a snapshot of a city's size."""
