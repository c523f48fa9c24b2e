"""Rules about the rows of single raw tables.

A module per table, named like it; the gates of every table are in `gates.py`.
"""
