"""fashionm3: agents that dress people from a real catalogue.

The public names are resolved lazily (PEP 562), so that ``import fashionm3`` is quick.
"""

from importlib import import_module
from typing import Any

__version__ = "0.1.0"

_HOMES = {
    "Answer": "fashionm3.types",
    "Assistant": "fashionm3.assistant",
    "Catalog": "fashionm3.index.catalog",
    "Settings": "fashionm3.config",
    "Card": "fashionm3.types",
    "Constraints": "fashionm3.types",
    "Event": "fashionm3.types",
    "ImageRef": "fashionm3.types",
    "Item": "fashionm3.types",
    "Look": "fashionm3.types",
    "Observation": "fashionm3.types",
    "FashionTool": "fashionm3.tools.base",
    "FashionM3Error": "fashionm3.errors",
    "InputError": "fashionm3.errors",
    "ToolError": "fashionm3.errors",
    "UsageError": "fashionm3.errors",
    "EngineError": "fashionm3.errors",
}

__all__ = ["__version__", *sorted(_HOMES)]


def __getattr__(name: str) -> Any:  # noqa: ANN401
    if name not in _HOMES:
        raise AttributeError(f"module 'fashionm3' has no attribute {name!r}")
    value = getattr(import_module(_HOMES[name]), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted(__all__)
