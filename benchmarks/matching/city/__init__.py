"""A Chinese city whose true persons are known: five departments' extracts with every kind of dirt.

Written without looking at the matcher it judges; nothing here imports one.
"""
