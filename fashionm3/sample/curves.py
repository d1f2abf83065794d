"""Outlines in picture units: x to the right of the middle, y downwards, 384 x 512 to a frame."""

from collections.abc import Sequence
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

Points = NDArray[np.floating[Any]]
"""``(n, 2)`` float32."""
XY = tuple[float, float]
Step = XY | tuple[XY, XY] | tuple[XY, XY, XY]
"""Where a pen goes next: a point (straight), or control points and a point (curved)."""


def trace(start: XY, *steps: Step, n: int = 14) -> Points:
    """Follow straight lines, quadratic and cubic Bezier curves from ``start``."""
    out = [np.array([start], dtype=np.float32)]
    here = np.array(start, dtype=np.float32)
    t = np.linspace(0, 1, n + 1, dtype=np.float32)[1:, None]
    for step in steps:
        knots = [np.array(p, dtype=np.float32) for p in _knots(step)]
        out.append(_bezier(here, knots, t))
        here = knots[-1]
    return np.concatenate(out)


def _knots(step: Step) -> Sequence[XY]:
    first = step[0]
    return step if isinstance(first, tuple) else (step,)  # type: ignore[return-value]


def _bezier(start: Points, knots: list[Points], t: Points) -> Points:
    chain = [start, *knots]
    while len(chain) > 1:
        chain = [a + (b - a) * t for a, b in pairwise(chain)]
    return chain[0].astype(np.float32)


def mirror(half: Points) -> Points:
    """Close a right half, drawn from top to bottom, with its reflection."""
    left = half[::-1] * np.array([-1, 1], dtype=np.float32)
    return np.concatenate([half, left])


def flip(points: Points) -> Points:
    """Reflect about the middle line."""
    return points * np.array([-1, 1], dtype=np.float32)


def shift(points: Points, dx: float = 0.0, dy: float = 0.0) -> Points:
    """Move an outline."""
    return points + np.array([dx, dy], dtype=np.float32)


def ellipse(x: float, y: float, rx: float, ry: float, turn: float = 0.0) -> Points:
    """Return a closed ellipse, turned by ``turn`` radians."""
    a = np.linspace(0, 2 * np.pi, 40, endpoint=False)
    p = np.stack([rx * np.cos(a), ry * np.sin(a)], axis=1)
    c, s = np.cos(turn), np.sin(turn)
    return np.asarray(p @ np.array([[c, s], [-s, c]]) + np.array([x, y]), np.float32)


def rectangle(x0: float, y0: float, x1: float, y1: float, r: float = 0.0) -> Points:
    """Return a closed rectangle with corners rounded by ``r``."""
    if r <= 0:
        return trace((x0, y0), (x1, y0), (x1, y1), (x0, y1), (x0, y0))
    return trace(
        (x0 + r, y0), (x1 - r, y0), ((x1, y0), (x1, y0 + r)), (x1, y1 - r),
        ((x1, y1), (x1 - r, y1)), (x0 + r, y1), ((x0, y1), (x0, y1 - r)), (x0, y0 + r),
        ((x0, y0), (x0 + r, y0)),
    )  # fmt: skip


def spindle(path: Points, width: float) -> Points:
    """Return a closed blade along ``path``: ``width`` wide in the middle, pointed at its ends."""
    w = width / 2 * np.sin(np.linspace(0, np.pi, len(path))) ** 0.7
    side = normals(path) * w[:, None]
    return np.concatenate([path + side, (path - side)[::-1]]).astype(np.float32)


def ribbon(path: Points, width: float, end_width: float | None = None) -> Points:
    """Return a closed band along ``path``, tapering from ``width`` to ``end_width``."""
    w = np.linspace(width, width if end_width is None else end_width, len(path)) / 2
    side = normals(path) * w[:, None]
    return np.concatenate([path + side, (path - side)[::-1]]).astype(np.float32)


def normals(path: Points) -> Points:
    """Return the unit normal of a path at each of its points."""
    step = np.gradient(path, axis=0)
    length = np.maximum(np.hypot(step[:, 0], step[:, 1]), 1e-6)
    return np.stack([-step[:, 1] / length, step[:, 0] / length], axis=1).astype(np.float32)


def along(path: Points, spacing: float) -> Points:
    """Return points on a path, ``spacing`` apart."""
    length = np.concatenate([[0], np.cumsum(np.hypot(*np.diff(path, axis=0).T))])
    at = np.arange(spacing / 2, length[-1], spacing)
    xs = np.interp(at, length, path[:, 0])
    return np.stack([xs, np.interp(at, length, path[:, 1])], axis=1).astype(np.float32)


def offset(path: Points, distance: float) -> Points:
    """Move a path sideways by ``distance`` along its normals."""
    return path + normals(path) * np.float32(distance)
