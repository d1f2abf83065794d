"""Parquet files, one or many shards; cells come as Python values."""

import math
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from fashionm3.errors import InputError
from fashionm3.index.readers.base import Row

_ROWS = 256


class ParquetReader:
    """Reads rows of Parquet shards in the order given; lines count through all of them."""

    def __init__(self, paths: tuple[Path, ...]) -> None:
        self._paths = paths
        names: dict[str, None] = {}
        for path in paths:
            with _opened(path) as file:
                names.update(dict.fromkeys(file.schema_arrow.names))
        self.columns = tuple(names)

    def rows(self) -> Iterator[Row]:
        """Yields the rows in order.

        Raises:
            InputError: A shard is damaged.
        """
        number = 0
        for path in self._paths:
            with _opened(path) as file:
                try:
                    for batch in file.iter_batches(batch_size=_ROWS, use_threads=False):
                        for cells in batch.to_pylist():
                            number += 1
                            yield Row(number, {name: _plain(v) for name, v in cells.items()})
                except (pa.ArrowException, OSError) as error:
                    raise InputError(
                        f"{path} is damaged after row {number}: {str(error).splitlines()[0]}"
                    ) from None


def _opened(path: Path) -> pq.ParquetFile:
    try:
        return pq.ParquetFile(path)
    except FileNotFoundError:
        raise InputError(f"{path} does not exist") from None
    except (pa.ArrowException, OSError) as error:
        raise InputError(f"{path} is not a Parquet file: {str(error).splitlines()[0]}") from None


def _plain(value: Any) -> Any:  # noqa: ANN401
    """Turns whole floats into integers (ids of a table with gaps) and NaN into nothing."""
    if isinstance(value, float):
        if math.isnan(value) or math.isinf(value):
            return None
        return int(value) if value.is_integer() and abs(value) < 2**53 else value
    return value
