"""Small changes to the rules, each of which some drawn example must notice."""
