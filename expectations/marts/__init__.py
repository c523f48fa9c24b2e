"""Suites of marts: what readers are about to see is plausible as a whole."""
