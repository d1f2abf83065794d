"""The tops of the sample shop."""

from dataclasses import replace

from fashionm3.sample import kinds as k
from fashionm3.sample.kinds import Kind
from fashionm3.sample.moulds import (
    BOXY,
    CAMI,
    CROP,
    LOOSE,
    RACER,
    SHORT,
    SLIM,
    TANK,
    TEE,
    TUBE,
    WIDE_SHORT,
    U,
    necked,
)
from fashionm3.sample.upper import Sleeve

T_SHIRTS = (
    Kind("t-shirt", "crew-neck tee", (
        ("regular fit, crew neck", U(TEE, SHORT, "crew")),
        ("slim fit, crew neck", U(SLIM, Sleeve(70, 30, 21), "crew")),
        ("with a chest pocket", U(TEE, SHORT, "crew", pockets=("chest",))),
    ), (k.COTTON, ("organic cotton", "jersey"), k.LINEN), "basic", (15, 39), ("basic", "crew neck"),
        ("everyday", "weekend"), k.ALL_YEAR, ("women", "men", "kids"),
        ("plain", "plain", "striped", "striped"), 1.4),
    Kind("t-shirt", "graphic tee", (
        ("with a front print", U(TEE, SHORT, "crew")), ("oversized, with a front print", U(LOOSE,
            WIDE_SHORT, "rib")),
    ), (k.COTTON,), "sport", (19, 45), ("graphic", "print"), ("everyday", "weekend", "concert"),
        k.WARM, ("women", "men", "kids"), ("graphic",), 1.3),
    Kind("t-shirt", "V-neck tee", (
        ("slim fit, V-neck", U(necked(SLIM, "v", 52), Sleeve(66, 30, 20), "plain")),
        ("relaxed, deep V-neck", U(necked(LOOSE, "v", 60, 30), WIDE_SHORT, "plain")),
    ), (k.COTTON, k.LINEN, ("modal", "jersey")), "soft", (17, 42), ("v-neck",), season=k.WARM),
    Kind("t-shirt", "oversized tee", (
        ("oversized, dropped shoulders", U(BOXY, Sleeve(96, 26, 33), "rib")),
        ("boxy and cropped", U(replace(BOXY, hem_y=268, waist_y=220), Sleeve(88, 28, 32), "rib")),
    ), (("heavy cotton", "sweat"), k.COTTON), "basic", (25, 49), ("oversized", "boxy",
        "streetwear"), ("everyday", "weekend"),
        patterns=("plain", "plain", "camouflage")),
    Kind("t-shirt", "ringer tee", (("contrast bands", U(TEE, SHORT, "crew", cuff="rib")),
        ("raglan, contrast sleeves", U(TEE, Sleeve(104, 28, 26), "crew",
        extras=frozenset({"raglan"})))),
        (k.COTTON,), "bright", (19, 39), ("retro", "ringer"), ("everyday", "sport"), k.WARM,
            ("men", "kids", "women"), share=0.7, trim="contrast"),
)  # fmt: skip


_P = replace(TEE, neck=25, dip=24)
POLOS = (
    Kind("polo", "piqué polo", (("regular fit, ribbed cuffs", U(_P, SHORT, "polo", "polo",
        cuff="rib")), ("slim fit", U(replace(SLIM, neck=24, dip=24), Sleeve(72, 30, 21), "polo",
        "polo", cuff="rib"))),
        (("cotton piqué", "mesh"),), "sport", (35, 89), ("polo", "piqué"), ("everyday", "sport",
            "office"), k.WARM, ("men", "women", "kids"), ("plain", "plain", "striped"), 1.6,
            "rib"),
    Kind("polo", "knitted polo", (("fine knit, short sleeves", U(replace(_P, hem_y=316),
        Sleeve(90, 28, 25), "polo", "polo", "rib", "rib")), ("fine knit, long sleeves",
        U(replace(_P, hem_y=318), Sleeve(218, 14, 17, 2), "polo", "polo", "rib", "rib"))),
        (k.MERINO, ("cotton knit", "knit")), "knit", (55, 129), ("knitted", "retro"), ("office",
            "date"), k.MILD, ("men", "women"), ("plain", "plain", "striped"), trim="rib"),
    Kind("polo", "rugby shirt", (("long sleeves, contrast collar", U(LOOSE, Sleeve(214, 15, 20,
        2), "polo", "polo", cuff="rib")),),
        (("heavy cotton", "sweat"),), "bright", (49, 95), ("rugby", "sporty"), ("weekend",
            "sport"), k.COLD, ("men", "kids"), ("striped",), 0.7, "pale"),
)  # fmt: skip

TOPS = (
    Kind("top", "camisole", (("thin straps, V-neck", U(CAMI, None, "strap", hem="plain",
        wave=(0.8, 5, 0.3))), ("thin straps, straight neck", U(replace(CAMI, neckline="boat",
        dip=8), None, "strap", hem="plain"))),
        (k.SATIN, k.SILK, k.VISCOSE), "soft", (25, 69), ("camisole", "strappy"), ("party", "date",
            "summer"), k.WARM, ("women",), ("plain", "plain", "animal", "floral"), 1.2),
    Kind("top", "halter top", (("halter neck", U(replace(CAMI, neck=30, shoulder=32,
        neckline="boat", neck_y=104, dip=9, cut_in=3, hem_y=292), None, "halter", hem="plain")),),
        (k.RIB, k.CREPE, k.SATIN), "bright", (22, 55), ("halter",), ("party", "beach"),
            ("summer",), ("women",), share=0.8),
    Kind("top", "bandeau top", (("strapless, sweetheart neck", U(TUBE, None, "tube",
        hem="plain")),), (k.RIB, k.LINEN, k.POPLIN), "bright", (19, 45), ("bandeau", "strapless"),
        ("beach", "party"), ("summer",), ("women",), ("plain", "striped", "floral"), 0.7),
    Kind("top", "crop top", (("square neck, short sleeves", U(necked(replace(CROP, shoulder=58,
        chest=60, waist=55, hem=57), "square", 44, 38), Sleeve(58, 32, 21), "plain",
        hem="plain")), ("ribbed, round neck", U(replace(TANK, hem_y=260, waist_y=212), None,
        "plain", hem="plain"))),
        (k.RIB, k.COTTON), "basic", (15, 39), ("cropped",), ("party", "everyday"), k.WARM,
            ("women",), ("plain", "plain", "striped")),
    Kind("top", "peplum top", (("flared waist", U(necked(replace(CROP, shoulder=56, chest=60,
        waist=52, hem=52, hem_y=236, waist_y=220), "boat", 16, 34), None, "plain",
        hem="peplum")),),
        (k.CREPE, k.POPLIN), "tailored", (35, 75), ("peplum",), ("office", "party", "wedding"),
            k.ALL_YEAR, ("women",), ("plain", "dotted", "plain"), 0.8),
    Kind("top", "sleeveless knit top", (("ribbed, mock neck", U(replace(SLIM, shoulder=50,
        slope=10, hem_y=312), None, "mock", hem="rib")),), (k.WOOL, ("cotton knit", "rib")),
        "knit", (29, 65), ("knitted", "sleeveless"), ("office", "everyday"), k.MILD, ("women",),
        share=0.8, trim="rib"),
)  # fmt: skip

UNDERSHIRTS = (
    Kind("undershirt", "ribbed vest", (("scoop neck", U(TANK, None, "plain")), ("square neck",
        U(necked(TANK, "square", 54), None, "plain"))), (k.RIB,), "basic", (9, 25), ("tank top",
        "ribbed"), ("everyday", "layering"), k.ALL_YEAR, ("men", "women", "kids"), share=1.3),
    Kind("undershirt", "racerback vest", (("racerback", U(RACER, None, "plain")),), (k.COTTON,
        ("mesh jersey", "mesh")), "sport", (12, 32), ("racerback", "tank top"), ("sport", "gym"),
        k.WARM, ("women", "men"), ("plain", "plain", "striped"), 0.9),
    Kind("undershirt", "thermal undershirt", (("long sleeves, base layer", U(replace(SLIM,
        dip=16), Sleeve(232, 13, 13), "plain", cuff="rib")),), (k.MERINO, ("thermal cotton",
        "mesh")), "basic", (25, 69), ("thermal", "base layer"), ("outdoor", "skiing", "layering"),
        ("winter",), ("men", "women", "kids"), share=0.8),
    Kind("undershirt", "V-neck undershirt", (("short sleeves", U(necked(SLIM, "v", 46), Sleeve(58,
        30, 20), "plain")),), (("modal", "jersey"),), "basic", (12, 29), ("v-neck",), ("office",
        "layering"), k.ALL_YEAR, ("men",), share=0.7),
)  # fmt: skip

_H = replace(LOOSE, hem_y=318)
_HS = Sleeve(212, 14, 22, 5)
HOODIES = (
    Kind("hoodie", "pullover hoodie", (("kangaroo pocket, drawcord", U(_H, _HS, "hood", hem="rib",
        cuff="rib", pockets=("kangaroo",), extras=frozenset({"drawcord"}), much=1.2)),
        ("oversized", U(replace(_H, chest=82, waist=82, hem=80, shoulder=80), Sleeve(208, 14, 25,
        6), "hood", hem="rib", cuff="rib", pockets=("kangaroo",), much=1.2))),
        (k.SWEAT, k.FLEECE), "sport", (45, 89), ("pullover", "sporty"), ("everyday", "sport",
            "weekend"), ("spring", "autumn", "winter"), ("men", "women", "kids"), ("plain",
            "plain", "plain", "graphic", "camouflage"), 1.4, "rib"),
    Kind("hoodie", "zip hoodie", (("full zip", U(_H, _HS, "hood", "zip", "rib", "rib", ("slant",),
        frozenset({"drawcord"}), 1.2)),), (k.SWEAT, k.FLEECE), "sport", (49, 95), ("zip-up",
        "sporty"), ("everyday", "sport"), ("spring", "autumn", "winter"), ("men", "women",
        "kids"), ("plain", "plain", "striped"), trim="rib"),
    Kind("hoodie", "cropped hoodie", (("cropped", U(replace(_H, hem_y=258, waist_y=214), _HS,
        "hood", hem="rib", cuff="rib", extras=frozenset({"drawcord"}))),), (k.SWEAT, k.VELVET),
        "soft", (39, 75), ("cropped",), ("everyday", "gym"), k.MILD, ("women",), share=0.6,
        trim="rib"),
    Kind("hoodie", "knitted hoodie", (("chunky knit", U(replace(_H, hem_y=322), _HS, "hood",
        hem="rib", cuff="rib")),), (k.WOOL, ("wool blend", "cable")), "knit", (59, 119),
        ("knitted",), ("weekend",), k.COLD, ("men", "women"), share=0.5, trim="rib"),
)  # fmt: skip

_BODY = replace(SLIM, chest=58, waist=50, hem=56, hem_y=298, waist_y=224, shoulder=56)
BODYSUITS = (
    Kind("bodysuit", "bodysuit", (
        ("long sleeves, round neck", U(_BODY, Sleeve(226, 13, 12.5), "plain", hem="brief",
            cuff="plain", much=0.6)),
        ("short sleeves, scoop neck", U(necked(_BODY, "scoop", 52, 36), Sleeve(56, 30, 19),
            "plain", hem="brief", much=0.6)),
        ("square neck, sleeveless", U(replace(TANK, waist=50, hem=56, hem_y=298, waist_y=224,
            chest=57, neckline="square", dip=50), None, "plain", hem="brief", much=0.6)),
        ("turtleneck", U(_BODY, Sleeve(226, 13, 12.5), "mock", hem="brief", cuff="plain",
            much=0.6)),
        ("deep V-neck", U(necked(_BODY, "v", 84, 30), Sleeve(226, 13, 13), "plain", hem="brief",
            cuff="plain", much=0.6)),
        ("thin straps", U(replace(CAMI, waist=50, hem=56, hem_y=298, waist_y=224, chest=57), None,
            "strap", hem="brief", much=0.6)),
    ), (k.COTTON, k.RIB, ("stretch jersey", "jersey"), k.SATIN), "basic", (19, 55), ("bodysuit",
        "fitted"), ("everyday", "party", "date"), k.ALL_YEAR, ("women",), ("plain", "plain",
        "plain", "striped", "animal")),
)  # fmt: skip

ALL = (*T_SHIRTS, *POLOS, *TOPS, *UNDERSHIRTS, *HOODIES, *BODYSUITS)
