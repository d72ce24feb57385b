"""What departments change without telling: a profile of every delivery, compared with the last ones."""
