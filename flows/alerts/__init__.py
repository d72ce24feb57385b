"""Alerts: a night only writes them down; `doorstep alert send` is the one command that sends."""
