import pytest

from fashionm3.errors import InputError
from fashionm3.index.readers.delimited import DelimitedReader
from fashionm3.index.readers.detection import open_source


@pytest.fixture
def read(tmp_path):
    def _read(data, name="items.csv"):
        path = tmp_path / name
        path.write_bytes(data if isinstance(data, bytes) else data.encode())
        reader = DelimitedReader(path)
        return reader, list(reader.rows())

    return _read


def titles(rows):
    return [row.cells["title"] for row in rows]


@pytest.mark.parametrize("sign", [",", "\t", ";", "|", "~"])
def test_each_separator_is_found(read, sign):
    reader, rows = read(sign.join(["id", "title", "price"]) + "\n" + sign.join(["1", "Hat", "9"]))
    assert reader.separator == sign
    assert rows[0].cells == {"id": "1", "title": "Hat", "price": "9"}


def test_decimal_commas_do_not_outvote_semicolons(read):
    reader, rows = read("id;title;price\n1;Hat, warm;9,90\n2;Cap, blue;5,00\n")
    assert reader.separator == ";"
    assert rows[1].cells["price"] == "5,00"


def test_mixed_line_ends_a_mark_and_html_over_several_lines_are_read(read):
    data = b'\xef\xbb\xbfid,title\r\n1,"<p>a\nb</p>"\r\n2,Cap\n3,Hat\r4,Tee'
    _, rows = read(data)
    assert [row.cells["id"] for row in rows] == ["1", "2", "3", "4"]
    assert rows[0].cells["title"] == "<p>a\nb</p>"
    assert [row.line for row in rows] == [2, 4, 5, 6]


def test_comments_above_the_header_and_blanks_in_names_are_left_out(read):
    reader, rows = read("# Meta template\n# see help\nid, title ,image[0].url\n1,Hat,a.jpg\n")
    assert reader.columns == ("id", "title", "image[0].url")
    assert len(rows) == 1


@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_the_line_that_tells_excel_the_separator_is_no_header(read, mark):
    reader, rows = read(mark + "sep=;\nid;title\n1;Hat\n")
    assert reader.columns == ("id", "title")
    assert titles(rows) == ["Hat"]


def test_unquoted_commas_of_the_last_column_are_joined(read):
    _, rows = read("id,gender,title\n1,Men,Hat\n2,Men,Tee, blue, slim\n")
    assert titles(rows) == ["Hat", "Tee, blue, slim"]
    assert rows[1].repairs == ("surplus cells joined",)


def test_unquoted_commas_of_a_middle_column_are_joined_there(read):
    lines = [f"{n},Hat number {n},{n}.50 EUR,https://shop.example/{n}.jpg" for n in range(20)]
    bad = "77,Tee, blue,8.50 EUR,https://shop.example/77.jpg"
    _, rows = read("\n".join(["id,title,price,image_link", *lines, bad]))
    assert rows[-1].cells == {
        "id": "77",
        "title": "Tee, blue",
        "price": "8.50 EUR",
        "image_link": "https://shop.example/77.jpg",
    }


def test_short_rows_and_spare_separators_are_mended(read):
    _, rows = read("id,title,price\n1,Hat\n2,Cap,5,,\n")
    assert rows[0].cells == {"id": "1", "title": "Hat", "price": ""}
    assert rows[0].repairs == ("missing cells left empty",)
    assert rows[1].cells["price"] == "5"


def test_nul_bytes_are_removed(read):
    _, rows = read(b"id,title\n1,H\x00at\n")
    assert titles(rows) == ["Hat"]
    assert rows[0].repairs == ("NUL bytes removed",)


def test_a_cell_beyond_the_csv_modules_limit_is_read(read):
    _, rows = read('id,title\n1,"' + "x" * 200_000 + '"\n2,Hat\n')
    assert len(rows[0].cells["title"]) == 200_000
    assert titles(rows)[1] == "Hat"


def test_a_quote_that_is_never_closed_costs_its_own_row_only(read):
    lines = ["id,title", '1,"Hat', *[f"{n},Tee {n}" for n in range(2, 3000)]]
    _, rows = read("\n".join(lines))
    assert len(rows) == 2999
    assert rows[0].cells["title"] == '"Hat'
    assert rows[0].repairs == ("quote never closed",)
    assert rows[-1].cells["title"] == "Tee 2999"


def test_inch_marks_are_plain_text(read):
    _, rows = read('id\ttitle\n1\tJeans 32" leg\n2\tTee\n', "items.tsv")
    assert titles(rows) == ['Jeans 32" leg', "Tee"]


def test_single_rows_in_windows_1252_are_mended(read):
    data = "id,title\n1,Blusón\n".encode() + "2,Façade €\n".encode("cp1252") + b"3,Tee\n"
    _, rows = read(data)
    assert titles(rows) == ["Blusón", "Façade €", "Tee"]
    assert [bool(row.repairs) for row in rows] == [False, True, False]


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-8-sig"])
def test_marked_and_unmarked_encodings_are_found(read, encoding):
    _, rows = read("id,title\n1,Blusón azul\n2,Tee\n".encode(encoding))
    assert titles(rows) == ["Blusón azul", "Tee"]


def test_na_is_a_value(read):
    _, rows = read("id,title\nNA,NA-KD dress\n")
    assert rows[0].cells == {"id": "NA", "title": "NA-KD dress"}


def test_equal_names_of_columns_are_told_apart(read):
    reader, rows = read("id,image_link,image_link,\n1,a.jpg,b.jpg,z\n")
    assert reader.columns == ("id", "image_link", "image_link#2", "column 4")
    assert rows[0].cells["image_link#2"] == "b.jpg"


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "is empty"),
        (b"\n \n", "is empty"),
        (b"PK\x03\x04" + b"\x00" * 100, "Excel workbook or ZIP"),
        (b"\x89PNG\r\n\x1a\n" + b"\x00" * 50, "is a picture"),
        (bytes(range(256)) * 20, "is a binary file"),
        (b"<!DOCTYPE html><html><body>404</body></html>", "HTML or XML"),
        ("id,title\n1,シャツの白いシャツ青い帽子\n".encode("shift-jis") * 20, "neither UTF-8"),
    ],
)
def test_a_whole_file_fault_is_one_line(tmp_path, data, said):
    path = tmp_path / "items.csv"
    path.write_bytes(data)
    with pytest.raises(InputError, match=said) as caught:
        open_source(path)
    assert "\n" not in str(caught.value)


def test_a_missing_file_is_one_line(tmp_path):
    with pytest.raises(InputError, match="does not exist"):
        open_source(tmp_path / "nix.csv")
