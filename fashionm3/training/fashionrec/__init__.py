"""Data in the form of FashionRec: built from any catalogue, read, turned into rounds, scored."""
