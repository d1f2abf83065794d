import gzip
import json

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from PIL import Image

from fashionm3.errors import InputError
from fashionm3.index.readers.detection import open_source
from fashionm3.index.readers.folder import table_files
from fashionm3.index.survey import survey


def rows(path):
    return list(open_source(path).reader.rows())


def test_json_lines_are_read_and_a_broken_line_is_a_fault(tmp_path):
    path = tmp_path / "items.jsonl"
    path.write_text('{"id": "1", "title": "Hat"}\n\n{"id": "2", "tit\n[1]\n{"id": "3"}\n')
    found = rows(path)
    assert [(row.line, row.fault is None) for row in found] == [
        (1, True), (3, False), (4, False), (5, True),
    ]  # fmt: skip
    assert open_source(path).columns == ("id", "title")


def test_nan_is_nothing_and_python_literals_are_mended(tmp_path):
    path = tmp_path / "items.json"
    path.write_text('{"id": NaN, "title": "Hat"}\n{\'id\': \'2\', \'title\': "It\'s"}\n')
    first, second = rows(path)
    assert first.cells == {"id": None, "title": "Hat"}
    assert second.cells["title"] == "It's"
    assert second.repairs


@pytest.mark.parametrize("wrap", [lambda rows: rows, lambda rows: {"products": rows}])
def test_one_json_value_is_read_as_its_rows(tmp_path, wrap):
    path = tmp_path / "items.json"
    path.write_text(json.dumps(wrap([{"id": "1", "title": "Hat"}]), indent=1))
    assert [row.cells["title"] for row in rows(path)] == ["Hat"]


def test_gzip_is_read_by_content(tmp_path):
    path = tmp_path / "items.csv"
    path.write_bytes(gzip.compress(b"id,title\n007,Hat\n"))
    assert rows(path)[0].cells == {"id": "007", "title": "Hat"}


def test_cut_gzip_is_a_fault_of_one_line(tmp_path):
    path = tmp_path / "items.csv.gz"
    lines = "".join(f"{n},Hat {n * 7919}\n" for n in range(60_000))
    path.write_bytes(gzip.compress(b"id,title\n" + lines.encode())[:-20_000])
    with pytest.raises(InputError, match="can't be read to its end"):
        rows(path)


def test_parquet_gives_ids_as_whole_numbers_and_pictures_as_bytes(tmp_path):
    table = pa.table(
        {
            "item_ID": pa.array([1163.0, None, 12.5]),
            "image": pa.array([{"bytes": b"x", "path": None}, None, {"bytes": None, "path": "a"}]),
            "text": ["Hat", "Cap", None],
        }
    )
    pq.write_table(table, tmp_path / "data.parquet")
    found = rows(tmp_path / "data.parquet")
    assert [row.cells["item_ID"] for row in found] == [1163, None, 12.5]
    assert found[0].cells["image"]["bytes"] == b"x"


def test_shards_of_a_folder_are_read_in_order(tmp_path):
    (tmp_path / "data").mkdir()
    for part in (1, 0):
        table = pa.table({"id": [str(part)], "title": ["Hat"]})
        pq.write_table(table, tmp_path / "data" / f"data-{part:05}-of-00002.parquet")
    assert [row.cells["id"] for row in rows(tmp_path)] == ["0", "1"]


def test_damaged_parquet_is_a_fault_of_one_line(tmp_path):
    path = tmp_path / "a.parquet"
    path.write_bytes(b"PAR1" + b"\x00" * 40)
    with pytest.raises(InputError, match="is not a Parquet file"):
        open_source(path)


def test_a_folder_of_pictures_gives_a_row_a_picture_with_the_stem_as_id(tmp_path):
    (tmp_path / "b").mkdir()
    for name in ("b/001.jpg", "a.png", "001.jpg", "note.txt.bak"):
        (tmp_path / name).write_bytes(b"x")
    ids = [row.cells["item_id"] for row in rows(tmp_path)]
    assert ids == ["001", "a", "b/001"]


def test_an_empty_folder_is_refused(tmp_path):
    with pytest.raises(InputError, match="neither a table nor pictures"):
        open_source(tmp_path)


def test_the_usual_name_wins_among_several_tables(tmp_path):
    for name in ("styles.csv", "transactions.csv", "README.txt"):
        (tmp_path / name).write_text("id,title\n1,Hat\n")
    assert table_files(tmp_path)[0].name == "styles.csv"
    (tmp_path / "styles.csv").rename(tmp_path / "other.csv")
    with pytest.raises(InputError, match="several tables"):
        table_files(tmp_path)


def test_pictures_that_no_row_names_become_rows(tmp_path):
    (tmp_path / "images").mkdir()
    for name in ("a", "b", "c"):
        Image.new("RGB", (9, 9)).save(tmp_path / "images" / f"{name}.jpg")
    (tmp_path / "items.csv").write_text("id,title,image\n1,Hat,images/b.jpg\nc,Cap,\n")
    found = list(survey(tmp_path).reader.rows())
    assert [row.cells.get("id", row.cells.get("item_id")) for row in found] == ["1", "c", "a"]
