"""Readers of source files, one file a format; each yields rows of cells as they come."""
