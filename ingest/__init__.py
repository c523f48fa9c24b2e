"""Landing: files of a brand become typed, append-only raw tables."""
