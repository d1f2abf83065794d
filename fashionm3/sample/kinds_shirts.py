"""The shirts, blouses and knitwear of the sample shop."""

from dataclasses import replace

from fashionm3.sample import kinds as k
from fashionm3.sample.kinds import Kind
from fashionm3.sample.moulds import (
    BOXY,
    KNIT,
    KNITTED,
    LONG,
    LOOSE,
    SHIRT,
    SLIM,
    TEE,
    U,
    necked,
)
from fashionm3.sample.upper import Sleeve

LONGSLEEVES = (
    Kind("longsleeve", "crew-neck jumper", (
        ("fine gauge, crew neck", U(KNIT, KNITTED, "crew", hem="rib", cuff="rib")),
        ("chunky, relaxed", U(replace(KNIT, chest=76, waist=78, hem=74), Sleeve(212, 14, 23, 8),
            "rib", hem="rib", cuff="rib")),
    ), (k.WOOL, k.MERINO, k.CASHMERE, ("wool blend", "cable")), "knit", (49, 159), ("jumper",
        "knit"), ("everyday", "office"), k.COLD,
        ("women", "men", "kids"), ("plain", "plain", "plain", "striped"), 1.6, "rib"),
    Kind("longsleeve", "roll-neck jumper", (
        ("with a folded roll neck", U(KNIT, KNITTED, "roll", hem="rib", cuff="rib")),
        ("slim, mock neck", U(replace(SLIM, neck=24), Sleeve(222, 13, 14), "mock", hem="plain",
            cuff="plain")),
    ), (k.MERINO, k.CASHMERE, ("lambswool", "cable")), "knit", (59, 179), ("turtleneck",
        "jumper"), ("office", "everyday"), ("autumn", "winter"), trim="rib"),
    Kind("longsleeve", "cardigan", (
        ("V-neck, buttoned", U(necked(KNIT, "v", 92, 25), KNITTED, "none", "open buttons", "rib",
            "rib", n=6)),
        ("crew neck, buttoned", U(KNIT, KNITTED, "crew", "open buttons", "rib", "rib", n=8)),
        ("longline, with patch pockets", U(replace(necked(KNIT, "v", 120, 25), hem_y=392,
            waist_y=250), KNITTED, "none", "open buttons", "rib", "rib", ("patch",), n=5)),
    ), (k.WOOL, k.MERINO, ("alpaca blend", "cable")), "knit", (55, 149), ("cardigan", "knit"),
        ("everyday", "office"), ("spring", "autumn", "winter"), share=1.2, trim="rib"),
    Kind("longsleeve", "sweatshirt", (
        ("relaxed, loop-back", U(replace(LOOSE, hem_y=314), Sleeve(208, 14, 22, 4), "rib",
            hem="rib", cuff="rib")),
        ("cropped", U(replace(LOOSE, hem_y=262, waist_y=216), Sleeve(208, 14, 22, 5), "rib",
            hem="rib", cuff="rib")),
        ("half zip, high collar", U(replace(LOOSE, hem_y=316, dip=14), Sleeve(208, 14, 22, 4),
            "stand", "half zip", "rib", "rib")),
    ), (k.SWEAT, k.FLEECE), "sport", (39, 79), ("sweatshirt", "sporty"), ("everyday", "sport",
        "weekend"), ("spring", "autumn", "winter"), ("women", "men", "kids"),
        ("plain", "plain", "graphic"), 1.0, "rib"),
    Kind("longsleeve", "Breton top", (("boat neck", U(necked(TEE, "boat", 12, 36), Sleeve(214, 13,
        15), "plain")), ("crew neck", U(TEE, Sleeve(228, 13, 16), "crew"))),
        (k.COTTON,), "shirt", (29, 59), ("breton",), ("everyday", "weekend"), ("spring", "summer",
            "autumn"), patterns=("striped",), share=0.7),
    Kind("longsleeve", "henley", (("buttoned neck", U(TEE, Sleeve(234, 13, 15.5), "plain",
        "henley", cuff="rib")),),
        (k.RIB, k.COTTON), "earth", (29, 59), ("henley",), ("everyday", "weekend"), k.MILD,
            ("men", "women"), share=0.6),
)  # fmt: skip

_OXFORD = U(
    SHIRT, LONG, "shirt", "buttons", "stitched", "shirt", ("chest",), frozenset({"button-down"})
)
SHIRTS = (
    Kind("shirt", "Oxford shirt", (("button-down collar", _OXFORD), ("slim fit", replace(_OXFORD,
        torso=replace(SHIRT, chest=64, waist=58, hem=62), pockets=(), n=8))),
        (("cotton oxford", "canvas"),), "shirt", (45, 89), ("oxford", "button-down"), ("office",
            "everyday"), k.ALL_YEAR, ("men", "women"), ("plain", "plain", "striped")),
    Kind("shirt", "poplin shirt", (("spread collar", U(SHIRT, LONG, "shirt", "buttons",
        "stitched", "shirt", n=8)), ("grandad collar", U(SHIRT, LONG, "band", "buttons",
        "stitched", "shirt"))),
        (k.POPLIN,), "shirt", (39, 99), ("business", "smart"), ("office", "wedding", "formal"),
            k.ALL_YEAR, ("men", "women"), ("plain", "plain", "pinstripe", "checked")),
    Kind("shirt", "linen shirt", (("relaxed, spread collar", U(replace(SHIRT, chest=74, waist=74,
        hem=74), Sleeve(232, 14, 17, 2), "shirt", "buttons", "stitched", "shirt", ("chest",),
        much=1.4)), ("grandad collar", U(replace(SHIRT, chest=73, waist=73, hem=73), Sleeve(150,
        20, 21, 2), "band", "buttons", cuff="stitched", much=1.4))),
        (k.LINEN,), "soft", (49, 99), ("linen", "relaxed"), ("holiday", "everyday", "beach"),
            k.WARM, ("men", "women"), ("plain", "plain", "striped")),
    Kind("shirt", "flannel shirt", (("two chest pockets", U(SHIRT, Sleeve(236, 14, 16, 2),
        "shirt", "buttons", "stitched", "shirt", ("flap chests",))),),
        (("brushed cotton", "wool"),), "earth", (39, 79), ("flannel", "lumberjack"), ("weekend",
            "outdoor"), k.COLD, ("men", "women", "kids"), ("checked",)),
    Kind("shirt", "camp-collar shirt", (("boxy, short sleeves", U(replace(BOXY, neck=25, dip=46,
        hem_y=316), Sleeve(96, 27, 32, 1), "camp", "buttons", n=5)),),
        (k.VISCOSE, k.LINEN), "soft", (35, 79), ("camp collar", "short-sleeved"), ("holiday",
            "beach", "party"), ("summer",), ("men", "kids"), ("floral", "striped", "plain",
            "animal", "floral")),
    Kind("shirt", "denim shirt", (("western yoke, flap pockets", U(SHIRT, Sleeve(236, 14, 16, 1),
        "shirt", "buttons", "stitched", "shirt", ("flap chests",), frozenset({"yoke"}))),),
        (k.DENIM,), "denim", (49, 89), ("western", "denim"), ("weekend", "everyday"), k.MILD,
            ("men", "women"), share=0.7),
)  # fmt: skip

_B = replace(SHIRT, shoulder=60, chest=64, waist=62, hem=66, hem_y=330, slope=16)
BLOUSES = (
    Kind("blouse", "pussy-bow blouse", (("tie neck, gathered cuffs", U(replace(_B, dip=20),
        Sleeve(216, 15, 24, 8, 3), "bow", cuff="gathered", hem="plain", wave=(0.8, 5, 0.3))),),
        (k.SATIN, k.SILK, k.VISCOSE), "soft", (55, 129), ("pussy-bow",), ("office", "party"),
            k.ALL_YEAR, ("women",), ("plain", "plain", "dotted")),
    Kind("blouse", "puff-sleeve blouse", (("square neck, short puff sleeves", U(necked(_B,
        "square", 46, 38), Sleeve(74, 34, 30, 18, 12), "plain", cuff="gathered", hem="plain")),
        ("long puff sleeves, buttoned back", U(replace(_B, dip=18), Sleeve(206, 18, 26, 16, 9),
        "plain", cuff="gathered", hem="plain"))),
        (k.POPLIN, ("broderie cotton", "canvas")), "soft", (39, 89), ("puff sleeves", "romantic"),
            ("date", "everyday", "wedding"), k.WARM, ("women",), ("plain", "floral", "dotted")),
    Kind("blouse", "Peter Pan blouse", (("round collar", U(replace(_B, dip=20), Sleeve(204, 16,
        20, 7, 4), "peter pan", "buttons", cuff="gathered", hem="plain")),),
        (k.POPLIN, k.CREPE), "soft", (39, 85), ("peter pan collar", "vintage"), ("office",
            "everyday"), k.MILD, ("women", "kids"), ("plain", "dotted", "floral"), 0.8, "pale"),
    Kind("blouse", "V-neck blouse", (("V-neck, bell sleeves", U(necked(_B, "v", 70, 29),
        Sleeve(196, 17, 33, 2, 2), "plain", hem="plain", wave=(1.3, 6, 0.15))),
        ("V-neck, three-quarter sleeves", U(necked(_B, "v", 66, 29), Sleeve(160, 18, 20, 3),
        "plain", hem="plain", wave=(1.0, 5, 0.2)))),
        (k.VISCOSE, k.CREPE, k.TENCEL), "bright", (35, 79), ("v-neck", "flowing"), ("office",
            "date", "everyday"), k.ALL_YEAR, ("women",), ("plain", "floral", "animal", "floral")),
    Kind("blouse", "ruffle blouse", (("frilled front", U(replace(_B, dip=18), Sleeve(214, 14, 17,
        4, 2), "band", hem="plain", cuff="gathered", extras=frozenset({"ruffle"}))),),
        (k.POPLIN, k.SILK), "soft", (49, 109), ("ruffled", "romantic"), ("party", "office",
            "date"), k.MILD, ("women",), share=0.7),
)  # fmt: skip


ALL = (*LONGSLEEVES, *SHIRTS, *BLOUSES)
