"""Rows that became no item, as lines of ``rejected.jsonl``."""

from typing import Any

from fashionm3.index.readers.base import Row

LONGEST = 500
"""Characters of a cell that are kept."""


def rejection(row: Row, item_id: str, reason: str) -> dict[str, Any]:
    """Returns a row that became no item, with the reason, as JSON."""
    cells = {_text(name): _shown(cell) for name, cell in row.cells.items()}
    return {"line": row.line, "item_id": item_id or None, "reason": reason, "row": cells}


def _shown(cell: Any) -> Any:  # noqa: ANN401
    """Returns a cell as JSON, long texts cut and bytes by their number."""
    if isinstance(cell, bytes):
        return f"{len(cell)} bytes"
    if isinstance(cell, dict):
        return {_text(name): _shown(value) for name, value in cell.items()}
    if isinstance(cell, list | tuple):
        return [_shown(value) for value in cell[:20]]
    if isinstance(cell, bool | int | float) or cell is None:
        return cell
    return _text(cell)


def _text(cell: Any) -> str:  # noqa: ANN401
    text = str(cell).encode("utf-8", errors="replace").decode()
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 3]}..."
