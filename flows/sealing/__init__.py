"""Encryption at rest: what lies in a sealed home can be read with the site's key and not without.

The disk says whether a home is sealed (state/sealed.json), the site says with which key; the file
door asks both for every path, so nobody has to remember to encrypt.
"""
