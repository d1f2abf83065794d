"""Base weights, fetched and converted once into a cache folder, and the weights trained here."""
