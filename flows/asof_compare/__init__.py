"""What was known of a past night then, and what is known of it now; nothing is published or noted."""
