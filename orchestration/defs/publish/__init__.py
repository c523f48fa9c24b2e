"""Marts into what readers open."""
