"""A bounded cache of tool results.

Caching is here and not in LangGraph's node cache, which would replay old call ids. The key holds
everything that a result depends on; a person's data in it scopes the entry to that person.
"""

import hashlib
import json
import threading
from collections import OrderedDict
from typing import Any

from fashionm3.tools.base import Scene


def result_key(tool: str, version: str, args: dict[str, Any], scene: Scene, generation: int) -> str:
    """Returns the key of a call: tool, version, arguments, scene and catalogue generation."""
    view = scene.model_dump(mode="json", exclude={"thread_id", "user_id"})
    personal = scene.photo is not None or scene.constraints != type(scene.constraints)()
    text = json.dumps(
        [tool, version, args, view, generation, scene.user_id if personal else ""],
        sort_keys=True,
        ensure_ascii=False,
        default=str,
    )
    return hashlib.sha256(text.encode()).hexdigest()


class ResultCache:
    """Keeps the last results of a process, the least recently used one leaves first.

    Args:
        entries: How many at most; 0 keeps none.
    """

    def __init__(self, entries: int) -> None:
        self._entries = entries
        self._kept: OrderedDict[str, Any] = OrderedDict()
        self._lock = threading.Lock()

    def __len__(self) -> int:
        return len(self._kept)

    def find(self, key: str) -> Any | None:  # noqa: ANN401
        """Returns a kept result, or None."""
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
            return self._kept.get(key)

    def keep(self, key: str, result: Any) -> None:  # noqa: ANN401
        """Keeps a result."""
        with self._lock:
            self._kept[key] = result
            self._kept.move_to_end(key)
            while len(self._kept) > self._entries:
                self._kept.popitem(last=False)
