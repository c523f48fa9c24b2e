"""Static pages over the published file: boards of charts, from YAML and SQL."""
