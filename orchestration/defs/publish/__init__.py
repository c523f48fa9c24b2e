"""Marts into the published files."""
