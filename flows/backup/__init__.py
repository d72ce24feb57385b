"""Copies of a HOME elsewhere, and a HOME out of a copy. All but what can be made again is copied."""
