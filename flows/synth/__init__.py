"""A synthetic county: seeded, truthful about its own dirt, in the departments' own formats.

It fills a HOME with the files of a baseline and of every night after it, and with truth tables
that say who each row is about and which households are really in need.
"""

from flows.synth.county import County, synthesise

__all__ = ["County", "synthesise"]
