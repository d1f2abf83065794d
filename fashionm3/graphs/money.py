"""Writes prices for people."""

from decimal import Decimal

_SIGNS = {"EUR": "€", "GBP": "£", "USD": "$"}


def money(minor: int | None, currency: str | None, exponent: int = 2) -> str:
    """Writes minor units as people read them: ``€59.90``, ``1,200 JPY``; unknown is said so.

    Args:
        minor: Minor units, or None where the price is unknown.
        currency: ISO 4217 code, or None.
        exponent: Decimals of the currency.
    """
    if minor is None:
        return "price unknown"
    amount = f"{Decimal(minor).scaleb(-exponent):,.{exponent}f}"
    sign = _SIGNS.get(currency or "")
    return f"{sign}{amount}" if sign else f"{amount} {currency or ''}".strip()
