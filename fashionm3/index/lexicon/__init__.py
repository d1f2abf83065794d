"""The words people use for clothes, colours, materials and occasions."""

from fashionm3.index.lexicon.lexicon import Lexicon
from fashionm3.index.lexicon.terms import Kind, Span

__all__ = ["Kind", "Lexicon", "Span"]
