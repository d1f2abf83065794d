"""What distinguishes one garment's cut from another's, family by family."""

from dataclasses import dataclass, field

from fashionm3.sample.upper import Sleeve, Torso


@dataclass(frozen=True)
class UpperCut:
    """A garment of the upper body, and a dress above its skirt.

    Attributes:
        torso: Its measures.
        sleeve: Its sleeves, or None.
        neck: crew, plain, shirt, camp, band, polo, roll, mock, hood, fur hood, notch, peak,
            shawl, peter pan, bow, stand, strap, halter, biker.
        front: closed, buttons, henley, polo, zip, half zip, open buttons, single, double, storm,
            toggles, wrap, biker.
        hem: stitched, rib, plain, waistband, peplum, knot, brief.
        cuff: stitched, rib, shirt, plain, strap, gathered.
        pockets: chest, chests, flap chest, flap chests, kangaroo, patch, flap, slant, cargo.
        extras: belt, epaulettes, yoke, lace yoke, raglan, drawcord, ruffle, contrast, satin.
        much: Amount of folds.
        quilt: See `Panel`.
        wave: See `Panel`.
        n: Number of buttons.
    """

    torso: Torso
    sleeve: Sleeve | None = None
    neck: str = "crew"
    front: str = "closed"
    hem: str = "stitched"
    cuff: str = "stitched"
    pockets: tuple[str, ...] = ()
    extras: frozenset[str] = field(default=frozenset())
    much: float = 1.0
    quilt: float = 0.0
    wave: tuple[float, float, float] | None = None
    n: int = 7


@dataclass(frozen=True)
class SkirtCut:
    """A skirt, or the skirt of a dress.

    Attributes:
        waist: Half width at the waist.
        hip: Half width at the hip.
        hem: Half width at the hem.
        length: From waist to hem.
        kind: plain, pleats, tiers, wrap, denim, slit, buttons, slip.
        wave: Hanging folds: amplitude and number.
        asymmetric: How much longer it is on one side.
    """

    waist: float = 46
    hip: float = 66
    hem: float = 84
    length: float = 200
    kind: str = "plain"
    wave: tuple[float, float] = (1.4, 5)
    asymmetric: float = 0


@dataclass(frozen=True)
class LegCut:
    """Trousers and shorts.

    Attributes:
        waist: Half width at the waist.
        hip: Half width at the hip.
        knee: Width of a leg at the knee.
        hem: Width of a leg at the hem.
        length: From waist to hem.
        kind: jeans, chino, jogger, tailored, cargo, legging, culotte, paperbag, running, palazzo.
        rise: From waist to crotch.
        crease: Whether a pressed fold runs down each leg.
        cuffed: Height of a turn-up.
    """

    waist: float = 50
    hip: float = 64
    knee: float = 44
    hem: float = 36
    length: float = 400
    kind: str = "jeans"
    rise: float = 104
    crease: bool = False
    cuffed: float = 0


@dataclass(frozen=True)
class ShoeCut:
    """A shoe in profile: its kind, the height of its shaft and of its heel, and its parts."""

    kind: str = "trainer"
    shaft: float = 0.0
    heel: float = 0.0
    sole: float = 14.0
    toe: str = "round"
    parts: frozenset[str] = field(default=frozenset())


@dataclass(frozen=True)
class HatCut:
    """Headwear: its kind, and how high and wide it is against the usual."""

    kind: str = "beanie"
    height: float = 1.0
    brim: float = 1.0
    parts: frozenset[str] = field(default=frozenset())


@dataclass(frozen=True)
class BagCut:
    """A bag: its kind, and how wide and high it is against the usual."""

    kind: str = "tote"
    width: float = 1.0
    height: float = 1.0
    parts: frozenset[str] = field(default=frozenset())


@dataclass(frozen=True)
class DressCut:
    """A dress: its upper part and the skirt that hangs from its waist."""

    upper: UpperCut
    skirt: SkirtCut
    seam: bool = True


Cut = UpperCut | SkirtCut | LegCut | ShoeCut | HatCut | BagCut | DressCut
