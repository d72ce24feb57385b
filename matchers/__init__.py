"""Who is the same person, and who lives together. Pure: says what to compute, touches nothing."""
