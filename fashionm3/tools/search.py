"""Shows pieces of one kind."""

from typing import Any

from fashionm3.actions import SearchArgs
from fashionm3.errors import ToolError
from fashionm3.index.search import Filters, Found, Query
from fashionm3.tools.base import FashionTool, Scene
from fashionm3.tools.shop import Shop
from fashionm3.types import Card, Observation

WORDS = ("style", "occasion")
"""Arguments that are searched as words; the others are filters."""


class SearchTool(FashionTool):
    """Find pieces of the shop by kind, colour, price and words; negatives are hard limits."""

    name: str = "search"
    description: str = "find pieces of one kind in the shop"
    args_schema: Any = SearchArgs
    shop: Any
    k: int = 5

    def observe(self, args: SearchArgs, scene: Scene) -> Observation:
        """Searches the catalogue.

        Raises:
            ToolError: ``like`` is not an item of the shop.
        """
        shop: Shop = self.shop
        query = Query(text=words(args), like=args.like)
        image = shop.picture(args.like)
        if image is not None:
            query = query.model_copy(update={"like": None})
        elif args.like is not None and not shop.has(args.like):
            raise ToolError(f"like={args.like!r} is not an item of the shop")
        filters = shop.under(filters_of(args, shop), scene)
        if query.like is not None:
            filters = filters.model_copy(update={"exclude": (args.like,)})
        further = _further(filters, scene)
        found = shop.find(query, further, self.k, relax=further is filters, image=image)
        cards = tuple(shop.card(shop.item(hit.item_id)) for hit in found.hits)
        facts = {**search_facts(found, filters, scene), "asked": asked(args)}
        if further is not filters:
            facts["further"] = "cheaper" if scene.cheaper else "others"
            if not cards:
                return Observation(kind="search", facts=facts)
        if args.style and cards and not any(names_style(args.style, card) for card in cards):
            facts["unmatched"] = args.style
        if not cards:
            facts["cheapest"] = cheapest_beyond(shop, query, filters)
        return Observation(kind="search", cards=cards, facts=facts)


def _further(filters: Filters, scene: Scene) -> Filters:
    """Leaves out what has been shown, or all that is not cheaper than what is on the screen."""
    prices = [card.price for card in scene.shown if card.price is not None]
    if scene.cheaper and prices:
        return filters.model_copy(update={"price_max": min(prices) - 1})
    if scene.skip:
        return filters.model_copy(update={"exclude": (*filters.exclude, *scene.skip)})
    return filters


def words(args: Any) -> str:  # noqa: ANN401
    """Joins the arguments that are searched as words."""
    return " ".join(text for text in (getattr(args, name, None) for name in WORDS) if text)


def names_style(style: str, card: Card) -> bool:
    """Tells whether a card's title holds a word of a style: the closest items may not."""
    title = card.title.lower().replace("-", " ")
    words = [word for word in style.lower().replace("-", " ").split() if len(word) > 2]
    return not words or any(word.rstrip("s")[:5] in title for word in words)


def filters_of(args: Any, shop: Shop) -> Filters:  # noqa: ANN401
    """Turns arguments into filters; prices become minor units."""
    catalog = shop.catalog
    low, high = getattr(args, "price_min", None), getattr(args, "price_max", None)
    return Filters(
        category=getattr(args, "category", None),
        color=args.color,
        pattern=args.pattern,
        material=args.material,
        gender=getattr(args, "gender", None),
        season=getattr(args, "season", None),
        price_min=None if low is None else catalog.to_minor(low),
        price_max=None if high is None else catalog.to_minor(high),
        negatives=tuple(args.negatives),
    )


def search_facts(found: Found, filters: Filters, scene: Scene) -> dict[str, Any]:
    """Says how many were eligible, what was given up and what could not be known."""
    facts: dict[str, Any] = {"eligible": found.eligible}
    if found.relaxed:
        facts["relaxed"] = {name: getattr(filters, name) for name in found.relaxed}
    if found.ignored:
        facts["ignored"] = list(found.ignored)
    standing = standing_limits(scene)
    if standing:
        facts["standing"] = standing
    return facts


def standing_limits(scene: Scene) -> list[str]:
    """Lists the declared limits that were obeyed, in words."""
    held = scene.constraints
    limits = [*held.negatives, *(f"no {word}" for word in held.dislikes)]
    limits += [f"size {size} {kind}".strip() for kind, size in held.sizes.items()]
    return list(dict.fromkeys(limits))


def cheapest_beyond(shop: Shop, query: Query, filters: Filters) -> int | None:
    """Returns the lowest price (minor units) above the limit that fits otherwise, if any."""
    if filters.price_max is None:
        return None
    beyond = filters.model_copy(update={"price_min": filters.price_max + 1, "price_max": None})
    found = shop.find(query, beyond, k=50, relax=False)
    prices = [shop.item(hit.item_id).price for hit in found.hits]
    return min((price for price in prices if price is not None), default=None)


def asked(args: Any) -> dict[str, Any]:  # noqa: ANN401
    """Returns the arguments that were given, for the reply."""
    return dict(args.model_dump(by_alias=True, exclude_defaults=True, mode="json"))
