from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fashionm3.index.prices import (
    currencies,
    currency_code,
    currency_of_column,
    read_price,
    writes_commas,
)


@pytest.mark.parametrize(
    ("cell", "currency", "minor"),
    [
        ("15.00 USD", "USD", 1500),
        ("USD 15.00", "USD", 1500),
        ("12,50", "EUR", 1250),
        ("1,299.00", "USD", 129900),
        ("1.299,00 €", "EUR", 129900),
        ("€ 59,90", "EUR", 5990),
        ("15,550.00 RUB", "RUB", 1555000),
        (15550, "EUR", 1555000),
        (15550, "JPY", 15550),
        ("¥15,550", "JPY", 15550),
        ("1 299,00 kr", "SEK", 129900),
        ("1\u202f299,00", "EUR", 129900),
        ("1'299.50", "CHF", 129950),
        ("59,-", "EUR", 5900),
        ("R$ 89,90", "BRL", 8990),
        ("Rs. 1,49,900.00", "INR", 14990000),
        ("1.000", "KWD", 1000),
        ("1,299", "USD", 129900),
        (".5", "EUR", 50),
        (0.1 + 0.2, "EUR", 30),
        (19.99, "EUR", 1999),
        ({"value": "15.00", "currency": "USD"}, "USD", 1500),
        ("'12.00", "EUR", 1200),
        ("0", "EUR", 0),
    ],
)
def test_each_syntax_gives_minor_units(cell, currency, minor):
    price = read_price(cell, currency)
    assert (price.minor, price.fault) == (minor, None)


@pytest.mark.parametrize("cell", [None, "", "  ", "nan", "None", "null", float("nan"), True])
def test_an_empty_cell_is_no_price_and_no_fault(cell):
    assert read_price(cell, "EUR").minor is None
    assert read_price(cell, "EUR").fault is None


@pytest.mark.parametrize(
    ("cell", "fault"),
    [
        ("on request", "price without number"),
        ("EUR", "price without number"),
        ("-5.00", "negative price"),
        (-5, "negative price"),
        ("99999999999999999.00", "price too large"),
    ],
)
def test_a_cell_that_is_no_price_says_why(cell, fault):
    assert read_price(cell, "EUR").fault == fault


def test_of_a_range_the_lowest_price_is_taken_and_told():
    price = read_price("$24.99 - $12.99", "USD")
    assert price.minor == 1299
    assert price.repairs


def test_a_single_point_before_three_digits_follows_the_rest_of_the_feed():
    assert read_price("1.299", "EUR", comma=True).minor == 129900
    assert read_price("1.299", "EUR", comma=False).minor == 130


def test_the_feeds_decimal_sign_is_learned_from_its_prices():
    assert writes_commas(["12,50", "1.299", "9,99"])
    assert not writes_commas(["12.50", "1,299.00"])


def test_a_dollar_sign_can_mean_several_currencies_but_a_code_only_one():
    assert {"USD", "CAD"} <= set(currencies("$12"))
    assert currencies("12 CAD") == ("CAD",)
    assert currencies("12.50") == ()
    assert currency_code("eur") == "EUR"
    assert currency_code("$") is None


@given(st.integers(0, 10**9), st.sampled_from([".", ","]), st.sampled_from(["", "EUR", "€"]))
def test_what_is_written_with_two_decimals_is_read_back(minor, sign, unit):
    major = Decimal(minor) / 100
    text = f"{major:,.2f}"
    if sign == ",":
        text = text.translate(str.maketrans(",.", ".,"))
    assert read_price(f"{text} {unit}", "EUR").minor == minor


@given(st.text(max_size=40))
def test_no_text_breaks_the_reader(text):
    price = read_price(text, "EUR")
    assert price.minor is None or price.minor >= 0


@pytest.mark.parametrize(
    ("sign", "code"),
    [("CA$", "CAD"), ("NZ$", "NZD"), ("HK$", "HKD"), ("AU$", "AUD"), ("MX$", "MXN"), ("A$", "AUD")],
)
def test_the_longest_sign_counts(sign, code):
    assert currencies(f"{sign}12.00") == (code,)


def test_a_feed_without_decimals_parts_thousands_by_a_dot():
    cells = ["49 €", "129 €", "1.299 €"]
    assert writes_commas(cells)
    assert read_price(cells[2], "EUR", writes_commas(cells)).minor == 129900
    assert not writes_commas([*cells, "12.5 €"])


@pytest.mark.parametrize(
    ("name", "code"),
    [("Price (GBP)", "GBP"), ("price_gbp", "GBP"), ("RRP (£)", "GBP"), ("From price", None)],
)
def test_a_columns_name_can_give_the_currency(name, code):
    assert currency_of_column(name) == code


@pytest.mark.parametrize("cell", ["—", "N/A", "-", "tba"])
def test_a_cell_that_says_nothing_is_no_price_and_is_told(cell):
    price = read_price(cell, "EUR")
    assert (price.minor, price.fault) == (None, None)
    assert price.repairs
