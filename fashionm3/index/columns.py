"""Which column of a source is which field of an item.

Names are compared without case, separators, a ``g:`` prefix and units, and come from the formats
that shops export and data sets use: Google Merchant, Meta, Shopify, WooCommerce, OpenAI, H&M,
Kaggle's fashion products, Amazon reviews, Polyvore and Hugging Face folders.
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from typing import Any

from fashionm3.errors import InputError
from fashionm3.index.prices import currency_of_column

# Names of a field, best first; a source may fill one field from several columns.
_NAMES: dict[str, str] = {
    "item_id": "variant id; item id; id; article id; product id; asin; offer id; retailer id; sku; "
    "variant sku; item number; uniq id; uid; parent asin; image id; artikelnummer; artikel nr; "
    "artikel id; article number; reference; referencia; mpn; handle; url handle",
    "title": "title; product display name; prod name; name; product name; "
    "product title; item name; "
    "url name; text; display name; artikelname; titel; titre; titolo; nome; nom; nombre; "
    "artikelbezeichnung; produktname; bezeichnung; designation",
    "description": "description; detail desc; body html; body; short description; "
    "long description; "
    "product description; desc; details desc; rich text description; caption; features; feature; "
    "style description; beschreibung; artikelbeschreibung; produktbeschreibung; "
    "descrizione; descripcion",
    "category": "category; article type; product type name; product type; type; category name; "
    "item category; semantic category; category3; category2; category1; "
    "sub category; label; class; "
    "google product category; fb product category; product category; categories; catgeories; "
    "garment group name; product group name; master category; main cat; main category; kategorie; "
    "warengruppe; produktkategorie; produkttyp; categorie; categoria",
    "color": "color; colour; color 1; colour 1; base colour; base color; "
    "perceived colour master name; "
    "colour group name; "
    "color name; colour name; main color; colors; colours; farbe; couleur; "
    "coloris; colore",
    "pattern": "pattern; graphical appearance name; print; pattern name; muster; motif",
    "material": "material; fabric; materials; fabric type; composition; material name; "
    "stoff; materiau; matiere; materiale",
    "gender": "gender; sex; target gender; index group name; index name; department; "
    "dept; target group; geschlecht; zielgruppe; genre; sexe; genere; genero; sexo; target gender",
    "age": "age group; age; kids; is kids; altersgruppe; tranche d age",
    "season": "season; seasons; saison; temporada; stagione",
    "style": "style; styles; fit",
    "tags": "tags; tag; labels; keywords",
    "occasion": "occasion; usage; occasions",
    "sizes": "size; sizes; available sizes; variant size; size name; size range; size options; "
    "groesse; groessen; taglia; taglie; taille; tailles; talla; tallas",
    "in_stock": "availability; in stock; stock status; is in stock; available; is available; "
    "instock; verfuegbarkeit; disponibilita; disponibilite; disponibilidad",
    "stock": "stock; quantity; inventory; qty; stock quantity; variant inventory qty; "
    "inventory quantity; quantity to sell on facebook; units; stock level; soh; "
    "stock qty; bestand; lagerbestand; quantite; cantidad",
    "price": "price; regular price; variant price; price amount; unit price; current price; "
    "list price; selling price; preis; prix; prezzo; precio; verkaufspreis; "
    "rrp; msrp; uvp",
    "price_minor": "price cents; price minor; price in cents; price minor units; amount minor",
    "sale_price": "sale price; discounted price; special price; offer price",
    "sale_window": "sale price effective date; date sale price starts; date sale price ends",
    "currency": "currency; price currency; currency code; iso currency; waehrung; devise; "
    "valuta; moneda",
    "brand": "brand; vendor; brand name; manufacturer; brands; designer; store; marke; marca; "
    "marque; hersteller",
    "url": "link; url; product url; external url; permalink; canonical url; product link; "
    "deeplink; deep link; produktlink; lien",
    "variant_group": "item group id; variant group; group id; product code; parent id; "
    "product group id; parent sku; style id; model id; product group; handle; url handle; parent; "
    "model number; modellnummer; style number; style code",
    "pictures": "picture; pictures; image link; image; images; image src; product image url; "
    "variant image; variant image url; image url; image urls; img; img url; file name; filename; "
    "image path; picture path; path; im url; image url high res; photo; photos; picture url; "
    "main image; additional image link; additional image links; additional images; "
    "additional image urls; image link 2; main image url; "
    "main image link; bild; bild url; bildurl; bildlink; "
    "produktbild; immagini; imagenes",
    "published": "published; published on online store; status; visibility in catalog; visibility",
}
FIELDS = tuple(_NAMES)
"""Fields that ``--map`` knows."""

_ALIASES = {
    "id": "item_id", "image": "pictures", "images": "pictures", "picture": "pictures",
    "image_link": "pictures", "size": "sizes", "availability": "in_stock", "colour": "color",
    "link": "url", "item_group_id": "variant_group", "group": "variant_group", "seasons": "season",
}  # fmt: skip
_RANKS = {
    name.strip(): (field, rank)
    for field, names in reversed(_NAMES.items())
    for rank, name in enumerate(names.split(";"))
}
_SHARED = {
    name.strip(): [
        f for f, names in _NAMES.items() if name in {n.strip() for n in names.split(";")}
    ]
    for name in ("handle", "url handle")
}
_MANY = {"pictures", "category", "description", "color", "gender", "style", "published",
         "in_stock", "sale_window", "item_id"}  # fmt: skip
_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})
_OF_WHAT = re.compile(r"(?:product|item|article|garment|produkt|artikel) (.+)")
_SHORT = ("item description", "article description", "style description")
_DERIVED = 1000  # Rank of names with a qualifier, behind all that stand for themselves.


def normal(name: str) -> str:
    """Returns a column's name in lower case words, without prefix, brackets and separators."""
    name = re.sub(r"#\d+$", "", name.strip())
    name = re.sub(r"([a-z])([A-Z])", r"\1 \2", name).lower()
    name = unicodedata.normalize("NFKD", unicodedata.normalize("NFC", name).translate(_UMLAUTS))
    name = "".join(char for char in name if not unicodedata.combining(char))
    name = re.sub(r"^g:", "", name)
    name = re.sub(r"\((?:html|s)\)|\((?:lbs|kg|in|cm|grams)\)|\?|\[\d+\](?:\.url)?$", " ", name)
    return re.sub(r"[^a-z0-9]+", " ", name).strip()


class Columns:
    """The fields of a source and the columns that fill them.

    Attributes:
        names: All columns of the source.
        fields: Field to its columns, best first.
    """

    def __init__(self, names: Iterable[str], fields: Mapping[str, tuple[str, ...]]) -> None:
        self.names = tuple(names)
        self.fields = dict(fields)

    def cells(self, row: Mapping[str, Any], field: str) -> list[Any]:
        """Returns what a row holds for a field, best column first, empty cells left out."""
        found = (row.get(name) for name in self.fields.get(field, ()))
        return [cell for cell in found if cell is not None and cell != "" and cell != []]

    def cell(self, row: Mapping[str, Any], field: str) -> Any:  # noqa: ANN401
        """Returns the best cell of a row for a field, or None."""
        return next(iter(self.cells(row, field)), None)

    @property
    def spare(self) -> tuple[str, ...]:
        """Returns the columns that fill no field."""
        used = {name for names in self.fields.values() for name in names}
        return tuple(name for name in self.names if name not in used)


def recognise(names: Iterable[str], overrides: Mapping[str, str] | None = None) -> Columns:
    """Finds the field of each column.

    Args:
        names: The source's columns.
        overrides: Field to the column that alone fills it; an empty column name empties the field.

    Raises:
        InputError: An override names an unknown field or column.
    """
    columns = tuple(names)
    found: dict[str, list[tuple[int, str]]] = {}
    for name in columns:
        for field, rank in _fields_of(normal(name)):
            found.setdefault(field, []).append((rank, name))
    fields = {field: _best(field, ranked) for field, ranked in found.items()}
    if "title" not in fields:
        # Stock lists hold no other name than a short "Item Description".
        fields["title"] = tuple(name for name in columns if normal(name) in _SHORT)[:1]
    for raw, column in (overrides or {}).items():
        field = _field(raw)
        fields[field] = (_column(column, columns),) if column else ()
    fields = {field: fields[field] for field in FIELDS if fields.get(field)}
    return Columns(columns, fields)


def require_something_to_show(columns: Columns) -> None:
    """Refuses a source that has neither titles nor pictures.

    Raises:
        InputError: It lists the columns and says how to name them.
    """
    if not columns.fields.get("title") and not columns.fields.get("pictures"):
        raise InputError(
            "neither a title nor a picture was recognised among the columns "
            f"{_listed(columns.names)}: name them with --map title=COLUMN"
        )


def _fields_of(name: str) -> list[tuple[str, int]]:
    if name in _SHARED:
        return [(f, [n.strip() for n in _NAMES[f].split(";")].index(name)) for f in _SHARED[name]]
    if name in _RANKS:
        return [_RANKS[name]]
    if re.fullmatch(r"(?:image|picture|photo)s?(?: url| link)? ?\d+", name):
        return [("pictures", 900)]
    return [(field, rank + _DERIVED) for field, rank in _qualified(name)]


def _qualified(name: str) -> list[tuple[str, int]]:
    """Reads a name without its currency (``price gbp``) or what it is of (``product colour``)."""
    bare = " ".join(word for word in name.split() if not currency_of_column(word))
    if bare != name:
        found = _fields_of(bare)
        return [(f, rank) for f, rank in found if f in ("price", "sale_price")]
    thing = _OF_WHAT.fullmatch(name)
    return _fields_of(thing.group(1)) if thing else []


def _best(field: str, ranked: list[tuple[int, str]]) -> tuple[str, ...]:
    order = [name for _, name in sorted(ranked, key=lambda entry: entry[0])]
    return tuple(order) if field in _MANY else tuple(order[:1])


def _field(raw: str) -> str:
    name = raw.strip().lower()
    name = _ALIASES.get(name, name)
    if name not in FIELDS:
        raise InputError(f"--map: field {raw!r} is unknown; expected one of {', '.join(FIELDS)}")
    return name


def _column(raw: str, columns: tuple[str, ...]) -> str:
    matches = [name for name in columns if name == raw] or [
        name for name in columns if normal(name) == normal(raw)
    ]
    if not matches:
        raise InputError(
            f"--map: column {raw!r} does not exist; the columns are {_listed(columns)}"
        )
    return matches[0]


def _listed(columns: tuple[str, ...]) -> str:
    shown = ", ".join(repr(name) for name in columns[:40])
    return shown if len(columns) <= 40 else f"{shown} and {len(columns) - 40} more"
