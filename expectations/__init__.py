"""Great Expectations suites for landed batches, and for the marts over time.

Keys, relations and sums that must tie are dbt's tests; these suites check what only many rows
show: volumes, shares and totals. One suite per table, in `raw/` and `marts/`; thresholds, each
with its reason, in `thresholds.py`.
"""
