"""What a policy value would change before it goes live; nothing is published or noted."""
