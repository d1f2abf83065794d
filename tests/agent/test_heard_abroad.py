"""Short messages in German, French, Spanish and Chinese: what is wanted and what is ruled out."""

import pytest

from fashionm3.agent.heard import Heard
from fashionm3.agent.languages import spoken
from fashionm3.agent.numbers import digits
from fashionm3.agent.prices import prices_in
from fashionm3.index.lexicon import Lexicon, tables

LEXICON = Lexicon.load()


def read(text):
    """What a message says, in English, with "not" before what it rules out."""
    heard = Heard(digits(text), LEXICON)
    return [("not " if read.negated else "") + _said(read.span) for read in heard.reads]


def _said(span):
    return f"{span.value} {span.style}".strip() if span.slot == "category" else span.value


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("und für Herren?", ["men"]),
        ("einen braunen Hut, aber bitte keinen Filz", ["brown", "hat", "not felt"]),
        ("Outfit fürs Vorstellungsgespräch", ["job interview"]),
        ("nicht zu eng", ["not tight"]),
        ("ohne Reissverschluss", ["not zip"]),
        ("bitte nichts aus Leder oder Samt", ["not leather", "not velvet"]),
        ("ein gestreiftes Hemd ohne Kragen", ["striped", "shirt", "not collar"]),
        ("Grau steht mir nicht, merk dir das", ["not grey"]),
        ("der Mantel ist zu lang", ["outerwear coat", "not long"]),
        ("warum nicht in Rot?", ["red"]),
        ("was passt zu schwarzen Hosen", ["black", "pants"]),
        ("ich weiß nicht, rotes Kleid?", ["red", "dress"]),
        ("muss doch kein Leder sein", []),
        ("dunkelblaue Jacke für meine Tochter", ["navy", "outerwear jacket", "kids"]),
        ("hat die Jacke eine Kapuze?", ["outerwear jacket", "hood"]),
    ],
)
def test_german_is_read(text, said):
    assert read(text) == said


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("des bottes pour mon fils, pas blanches", ["shoes boots", "kids", "not white"]),
        ("30 maximum, toujours sans laine", ["not wool"]),
        ("la deuxième mais sans col", ["not collar"]),
        ("surtout pas de rose", ["not pink"]),
        ("sans capuche, pour l'hiver", ["not hood", "winter"]),
        ("une robe à pois sans manches", ["dress", "dotted", "sleeveless"]),
        ("la jupe est trop courte", ["skirt", "not short"]),
        ("plus court, s'il vous plaît", ["shorter"]),
        ("je n'aime ni le noir ni le gris", ["not black", "not grey"]),
        ("pas de laine ni de cuir", ["not wool", "not leather"]),
        ("pourquoi pas en rouge ?", ["red"]),
        ("un costume pour un entretien d'embauche", ["blazer suit", "job interview"]),
        ("chemise rayée pour homme en lin", ["shirt", "striped", "men", "linen"]),
        ("un manteau beige, 150 euros maxi", ["outerwear coat", "beige"]),
    ],
)
def test_french_is_read(text, said):
    assert read(text) == said


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("una blusa de lunares, que no sea larga", ["blouse", "dotted", "not long"]),
        ("nada de cuero, por favor", ["not leather"]),
        ("lo mismo pero sin cremallera", ["not zip"]),
        ("las rojas", ["red"]),
        ("un traje para la boda, para mi marido", ["blazer suit", "wedding", "men"]),
        ("sin cuero ni lana", ["not leather", "not wool"]),
        ("el pantalón es demasiado largo", ["pants", "not long"]),
        ("zapatos sin tacón para la oficina", ["shoes", "not heels", "office"]),
        ("una camisa que no sea tan ajustada", ["shirt", "not fitted"]),
        ("pantalones de tiro alto para niña", ["pants", "high-waisted", "kids"]),
        ("las botas no, mejor zapatos", ["not shoes boots", "shoes"]),
        ("es para el verano", ["summer"]),
    ],
)
def test_spanish_is_read(text, said):
    assert read(text) == said


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("要白色的，不要皮的", ["white", "not leather"]),
        ("不要太长", ["not long"]),
        ("裙子太短了，要长一点的", ["skirt", "not short", "longer"]),
        ("给我老公找条灰色的亚麻裤子", ["men", "grey", "pants"]),
        ("冬天参加婚礼", ["winter", "wedding"]),
        ("给我妈找条碎花裙子", ["women", "floral", "skirt"]),
        ("没有拉链的外套", ["not zip", "outerwear jacket"]),
        ("有没有红色的", ["red"]),
        ("没有红色的吗", ["red"]),
        ("不要皮的和羊毛的", ["not leather", "not wool"]),
        ("格子的就算了", ["not checked"]),
        ("不是纯棉也行", []),
        ("皮肤敏感，要真丝的", ["silk"]),
        ("过年穿的", ["new year"]),
    ],
)
def test_chinese_is_read(text, said):
    assert read(text) == said


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("红色连衣裙，三百以内", "红色连衣裙，300以内"),
        ("两百块", "200块"),
        ("三百五以内", "350以内"),
        ("预算两三百", "预算300"),
        ("两百到三百元之间", "200到300元之间"),
        ("第二双换成一件黑色的", "第二双换成一件黑色的"),
        ("cincuenta euros", "50 euros"),
        ("unos quinientos pesos", "unos 500 pesos"),
        ("hasta treinta y cinco euros", "hasta 35 euros"),
        ("por menos de mil pesos", "por menos de 1000 pesos"),
        ("las dos primeras, mil gracias", "las dos primeras, mil gracias"),
        ("cien por ciento algodón", "cien por ciento algodón"),
        ("quatre-vingts euros", "80 euros"),
        ("moins de quatre-vingt-dix-sept euros", "moins de 97 euros"),
        ("soixante et onze euros", "71 euros"),
        ("mon fils a six ans", "mon fils a six ans"),
        ("hundertfünfzig Euro", "150 Euro"),
        ("für fünfundzwanzig Euro", "für 25 Euro"),
        ("höchstens dreissig Franken", "höchstens 30 Franken"),
        ("bis 1.500 Euro", "bis 1500 Euro"),
        ("chaussures taille 38 100 euros", "chaussures taille 38 100 euros"),
        ("die zwei schwarzen", "die zwei schwarzen"),
    ],
)
def test_number_words_become_digits_where_they_can_be_money(text, written):
    assert digits(text) == written


def test_a_limit_in_number_words_is_a_price():
    assert prices_in(digits("moins de deux cent cinquante euros")).high == 250
    assert prices_in(digits("不超过一百五十块")).high == 150


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("und für Herren?", "de"),
        ("Nimm B statt der Hose", "de"),
        ("noch kleiner", "de"),
        ("plus petit", "fr"),
        ("les vertes", "fr"),
        ("une robe", "fr"),
        ("sin cremallera", "es"),
        ("las rojas", "es"),
        ("más grande", "es"),
        ("要黑色的", "zh"),
    ],
)
def test_short_messages_are_told_apart(text, language):
    assert spoken(text) == language


@pytest.mark.parametrize(
    "text",
    [
        "in pink",
        "am I late",
        "die cut bag",
        "no, me",
        "the noir dress",
        "a la carte",
        "a beige coat, simply",
        "shirts!",
        "mules sans straps, under 40",
        "crêpe blouse from a café in Paris",
        "thank you, merci",
    ],
)
def test_english_stays_english(text):
    assert spoken(text) == "en"


def test_foreign_values_are_the_lexicons_own():
    closed = ("gender", "season", "material", "pattern")
    for language, slot, value, names in tables.rows("foreign.tsv"):
        assert tables.listed(names), (language, slot, value)
        if slot in closed:
            assert value in LEXICON.values(slot), (language, slot, value)
        if slot == "occasion":
            assert LEXICON.occasion(value) is not None, (language, value)
