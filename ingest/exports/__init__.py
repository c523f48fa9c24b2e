"""Downloads of sales platforms: files known by their header, read by layouts, proved by sums."""
