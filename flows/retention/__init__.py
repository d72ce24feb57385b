"""How long what is kept, and taking away what is kept no longer."""
