"""Suites of raw tables: what landed is what it says it is."""
