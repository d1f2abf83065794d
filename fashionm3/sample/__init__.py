"""A shop of drawn garments, to try everything without anybody's data."""

from fashionm3.sample.shop import sample_items, write_shop

__all__ = ["sample_items", "write_shop"]
