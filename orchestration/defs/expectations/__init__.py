"""Great Expectations suites as blocking checks."""
