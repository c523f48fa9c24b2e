"""What only one raw table can be asked: its rows are what they say they are.

A module per table, named like it; the gates that every table has stand in `gates.py`.
"""
