"""Great Expectations suites: what landed, and what the marts say over time.

Keys, relations and sums that must tie are dbt's tests; here stands what only a look at many rows
tells: volumes, shares and totals. One suite per table, in `raw/` and `marts/`; thresholds, each
with its reason, in `thresholds.py`.
"""
