"""Dagster definitions, one folder per stage; each only wires what lives in plain functions."""
