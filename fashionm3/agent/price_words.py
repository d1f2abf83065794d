"""Words round a number that make it a price limit, in the lexicon's languages."""

import re

MONEY = (
    r"(?:quid|pounds?|euros?|eur|dollars?|bucks?|usd|gbp|francs?|franken|rupees?|kr|nicker|squid|"
    r"pesos?|rmb|yuan|d[óo]lares|soles|lucas|piasses?|piastres?|balles|fränkli|pfund|libras?|"
    r"livres|[€£$]|块钱|块|元|人民币|台币|港币|美元|美金|欧元|欧|刀|蚊|镑)"
)
"""Names of currencies, their slang included."""

NOT_MONEY = (
    r"\s*-?\s*(?:cm|mm|inch|\"|%|per ?cent|pour cent|por ciento|prozent|years?|yrs?|yo|months?|kg|"
    r"pieces?|items?|looks?|days?|weeks?|hours?|minutes?|people|persons?|pairs? of|shirts|pm|am|"
    r"o'?clock|st|nd|rd|th|foot|ft|degrees?|jahren?|ans?|años?|meses|mois|monaten?|mal|fois|veces|"
    r"gracias|mercis?|dank|岁|码|号|件|条|双)(?![0-9A-Za-zÀ-ÖØ-öø-ÿ_])|\s*[°\"%]"
)
"""What a number counts where it is no price, behind it."""

MOST_BEFORE = """
under|below|beneath|sub|up to|up too|upto|til|till|until|not more|not more expensive than
must be less|less|max|max.|maximum|maximum of|max of|at most|at the most
at the very most|at max|at maximum|within|within the|less than|lower than|cheaper than|around
about|roughly
approximately|approx|approx.|circa|ca|ca.|in the region of|somewhere around|around the|about the
budget|budget is|budget's|budgets|budget of|budget:|budget around|budget about|budget is around
budget is about|limit|limit is|limit's|limit of|limit:|limit me to|limit it to|ceiling|ceiling is
ceiling of|cap|cap is|cap of|cap it at|cap at|capped at|price cap|tops at|tops|topping out at
stop at|stops at|stopping at|spend|spend up to|stretch to|run to|go up to|go as high as
as high as|as much as|can do|can afford|could afford|keep it to|keep it at|keep to|keep to the
price all together|price altogether|total|stay at
staying under|south of|no go pass|<|<=|≤|underneath|maxing out at|max out at|not exceeding
unter|bis|bis zu|maximal|höchstens|um die|etwa|ungefähr|weniger als|günstiger als|billiger als
budget ist|budget von|budget liegt bei|preis bis|grenze|limit ist
moins de|sous|sous les|jusqu'à|jusqu’à|jusqu'a|au plus|environ|autour de|dans les|budget de
budget est de|à moins de|a moins de|inférieur à|sans dépasser|plafond|plafond de
menos de|por debajo de|hasta|máximo|maximo|máximo de|maximo de|como mucho|a lo sumo|alrededor de
presupuesto|presupuesto de|presupuesto es|presupuesto es de|sin pasar de|que no pase de
inferior a|sin pasarme de|tope|tope de
不超过|最多|不要超过|别超过|低于|少于|大约|大概|预算|预算是|控制在|不到|便宜过
"""
"""Before the highest price."""

MOST_LOOSE = "for|to|got|have|pay|paying|spending|some|für|pour|por|sobre|unos|a"
"""The same where money is named: "for 15 quid", "have 40 euros"."""

MOST_AFTER = """
max|max.|maximum|tops|or less|or under|or below|or cheaper|and under|and below|and less|limit
ceiling|cap|budget|at most|at the most|at the very most|at the outside|at a push|at max|in total
total|altogether|all in|all-in|in all|for the lot|for everything|for both|for all of it
for the whole lot|the lot|and that is it|and thats it|n thats it|that is me lot|that's me lot
that's my lot|maxi|not more|no more|for the whole thing|-ish|ish|or so|or thereabouts|thereabouts
to spend
to play with|is all|is what|is the most|is as much as|is my limit|is the limit|is our limit
is my max|is the max|is my maximum|is the maximum|is my budget|is the budget|is my ceiling
is the ceiling|is my top|is my absolute ceiling|is the absolute ceiling|is it|is my absolute max
is my absolute limit|is the absolute max
is the absolute limit|is the absolute maximum|is the very most|is my cap|is the cap|top whack
or nearest offer|or lower
maximal|höchstens|oder weniger|oder günstiger|und weniger|insgesamt|zusammen|max insgesamt
maximum|au plus|au maximum|au max|grand max|tout au plus|ou moins|et moins|en tout|au total
como mucho|como máximo|como maximo|máximo|maximo|o menos|a lo sumo|en total
以下|以内|之内|左右|内|封顶|上限|块以下|块以内|元以下|元以内
"""
"""After the highest price."""

LEAST_BEFORE = """
over|above|more than|exceed|exceeds|exceeding|beyond|past|dearer than|pricier than|upwards of
north of|at least|min|min.|minimum|minimum of|minimum is|starting at|starting from|no less than
>|>=|≥|higher than|costlier than
über|ueber|ab|mindestens|mehr als|teurer als
plus de|au moins|à partir de|a partir de|dès|au-dessus de|supérieur à
más de|mas de|al menos|desde|mínimo|minimo|por encima de|superior a|pase de|pasar de
至少|超过|高于|不低于|起码
"""
"""Before the lowest price."""

LEAST_AFTER = """
min|min.|minimum|or more|and up|and upwards|and over|and above|upwards|at least|at the least
or over|or above|or higher|aufwärts|und mehr|oder mehr|mindestens|ou plus|et plus|minimum
o más|o mas|mínimo|para arriba|以上|起
"""
"""After the lowest price."""

DENIALS = """
not|no|never|nothing|nowt|nothin|none|without|not a penny|not a cent|not a euro|can't|cannot|cant
don't|dont|won't|wont|shouldn't|should not|mustn't|must not|wouldn't|will not|refuse to|nicht
kein|keinesfalls|nichts|pas|ne|rien|no|nada|nunca|sin|ningún
"""
"""Turn a limit round: "nothing over", "shouldn't be below"."""

FILLERS = """
be|go|pay|spend|paying|spending|going|cost|costs|costing|want to|want anything|like to|wanna
really|show me|show|owt|a penny|a cent|a euro|a penny piece|it|that's|thats|anything|any|priced
get|be anything
pay anything|mehr ausgeben|kosten|que|algo|pagar|gastar|payer|dépenser
"""
"""May stand between a denial and a limit."""

BETWEEN = (
    ("between", "and"), ("between", "to"), ("between", "-"), ("from", "to"), ("from", "up to"),
    ("zwischen", "und"), ("von", "bis"), ("entre", "et"), ("entre", "y"), ("de", "à"), ("de", "a"),
    ("desde", "hasta"), ("entre los", "y los"), ("somewhere between", "and"),
)  # fmt: skip
"""Stand before and between two prices."""


def alternation(phrases: str) -> str:
    """Returns a regular expression of phrases, one of ``|`` and line ends between them."""
    words = {phrase.strip() for line in phrases.split("\n") for phrase in line.split("|")} - {""}
    ordered = sorted(words, key=lambda phrase: (-len(phrase), phrase))
    return "|".join(re.escape(phrase).replace(r"\ ", r"\s+") for phrase in ordered)
