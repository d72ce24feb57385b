"""Take one person out of everything that is kept, and keep them out; or tell them what is known."""
