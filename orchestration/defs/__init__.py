"""Dagster definitions, one folder per stage; each only wires plain functions."""
