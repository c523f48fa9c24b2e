"""Great Expectations suites as checks that stop what comes after."""
