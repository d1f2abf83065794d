"""A whole shop in memory for the tests of tools and graphs."""

from small_shop import ITEMS, LEXICON, BagOfWords, catalog, item, sizes

from fashionm3.artifacts import ArtifactStore
from fashionm3.index.rules import RuleScorer
from fashionm3.index.search import Search
from fashionm3.tools.outfit import OutfitTool
from fashionm3.tools.runner import ToolRunner
from fashionm3.tools.search import SearchTool
from fashionm3.tools.shop import Shop
from fashionm3.tools.swap import SwapTool

MORE = (
    item("t1", "Plain tee", "t-shirt", "white", gender="unisex", price=1900),
    item("t2", "Striped tee", "t-shirt", [("navy", 0.5), ("white", 0.5)], pattern="striped",
         gender="unisex", price=2400),
    item("l1", "Lambswool jumper", "longsleeve", "green", material="wool", gender="unisex",
         price=7900, season=("autumn", "winter")),
    item("o1", "Trench coat", "outerwear", "beige", gender="unisex", price=17900,
         season=("spring", "autumn")),
    item("z1", "Tailored blazer", "blazer", "navy", gender="men", price=14900,
         occasion=("office",)),
    item("k1", "Pleated skirt", "skirt", "grey", gender="women", price=5900),
    item("b4", "Suede loafers", "shoes", "brown", material="suede", style=("loafers",),
         gender="men", price=9900),
    item("b5", "Running shoes", "shoes", "blue", style=("running",), gender="unisex", price=7900),
    item("c1", "Straw hat", "hat", "beige", gender="unisex", price=2900, season=("summer",)),
)  # fmt: skip


def shop(items=(*ITEMS, *MORE), encoder=None, artifacts="memory://test-pictures"):
    encoder = encoder or BagOfWords()
    opened = catalog(items, encoder)
    return Shop(
        catalog=opened,
        search=Search(opened, encoder, LEXICON),
        lexicon=LEXICON,
        scorer=RuleScorer(),
        encoder=encoder,
        artifacts=ArtifactStore(artifacts),
    )


def runner(of=None, settings=None, extra=()):
    of = of or shop()
    tools = [SearchTool(shop=of), OutfitTool(shop=of), SwapTool(shop=of), *extra]
    return ToolRunner(tools, settings, lambda: of.catalog.generation)


__all__ = ["LEXICON", "BagOfWords", "item", "runner", "shop", "sizes"]
