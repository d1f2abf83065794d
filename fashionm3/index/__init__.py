"""The catalogue and everything that finds things in it."""
