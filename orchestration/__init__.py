"""The daily run: the same steps by hand (`make build`), and as Dagster assets."""
