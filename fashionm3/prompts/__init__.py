"""Templates as files: what planners read and what shoppers read.

`render` is strict both ways: a value that the template wants and doesn't get is an error, and so is
a value that it doesn't use.
"""

from fashionm3.prompts.templates import languages, render

__all__ = ["languages", "render"]
