"""The documentation site: pages about what is published, in one folder that opens offline."""
