"""Raw tables into marts."""
