"""Suites of marts: the data to be published is plausible as a whole."""
