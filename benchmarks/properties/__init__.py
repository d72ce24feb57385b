"""Worse is never found less, and no household's list depends on another's: proof by many trials."""
