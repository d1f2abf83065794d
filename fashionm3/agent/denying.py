"""How German, French, Spanish and Chinese rule a thing out, before it and behind it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

_ENDS = (
    r"(?=\s*(?:$|[,.;:!?)，。；！？、]|und\b|aber\b|et\b|mais\b|y\b|pero\b|bitte\b|svp\b|por\b))"
)


@dataclass(frozen=True)
class Denials:
    """The patterns of one language.

    Attributes:
        before: Ends where what is ruled out begins: "sans ", "nicht zu ".
        too: The same for what there is too much of: "zu ", which rules out as well.
        behind: Begins where what is ruled out ends: " steht mir nicht".
        waived: Ends where something begins that merely need not be: "muss kein ".
        joints: All that may stand between two things ruled out together.
    """

    before: re.Pattern[str]
    too: re.Pattern[str]
    behind: re.Pattern[str]
    waived: re.Pattern[str]
    joints: re.Pattern[str]


def _words(phrases: str) -> str:
    return "|".join(phrase.strip() for phrase in phrases.split("|"))


def _compiled(cues: str, fill: str, too: str, behind: str, waived: str, joints: str) -> Denials:
    def pattern(text: str) -> re.Pattern[str]:
        return re.compile(text, re.IGNORECASE)

    filled = rf"(?:\s+(?:{_words(fill)})(?!\w))*(?:\s+(?:d|l|qu)['’]|\s+)"
    return Denials(
        before=pattern(rf"(?<![\w'’])(?:{_words(cues)}){filled}$"),
        too=pattern(rf"(?<!\w)(?:{_words(too)})\s+$"),
        behind=pattern(behind),
        waived=pattern(rf"(?<!\w)(?:{_words(waived)}){filled}$"),
        joints=pattern(rf"^\s*(?:,|/)?\s*(?:{_words(joints)})?\s*(?:d['’])?$"),
    )


_DENIALS: Mapping[str, Denials] = {
    "de": _compiled(
        cues=r"kein\w*|(?<!warum )(?<!wieso )nicht(?! nur\b)|nichts|nix|net|ned|ohne|bloß nicht|"
        r"bloss nicht|nie|niemals|nimmer|außer|ausser|weder|statt|anstatt|anstelle|hasse|vermeide|"
        r"keinesfalls|auf keinen fall",
        fill=r"ein|eine|einen|einem|einer|der|die|das|den|dem|des|so|zu|allzu|viel|sehr|aus|in|im|"
        r"mit|von|vom|am|ganz|bitte|wieder|mehr|gern|gerne|unbedingt|irgendein\w*|irgendwas|nur|"
        r"auch|echte[mnrs]?|was|für|fürs|etwas|diese[mnrs]?|allen|solche[mnrs]?|noch|gerade",
        too=r"zu|viel zu|allzu|etwas zu|bisschen zu",
        behind=r"\s+(?:(?:mag|will|möchte|moechte|vertrage?|geht|gehen|passt|passen|steht|stehen|"
        r"kratzt|trage?|brauche?|kann|finde|ist|sind|wäre|muss|darf|soll)\s+)?(?:(?:ich|mir|uns|"
        r"es|sie|er|da|das|gar|überhaupt|aber|leider|bitte|auch|eher|sein)\s+)*(?:nicht|net|ned|"
        rf"lieber nicht|keinesfalls){_ENDS}|-?frei\b",
        waived=r"(?:muss|müssen|brauch\w*)(?: (?:doch|ja|es|aber|auch|gar))* (?:nicht|kein\w*)",
        joints="und|oder|noch|sowie|bzw",
    ),
    "fr": _compiled(
        cues=r"(?<!pourquoi )(?<!est-ce )pas|sans|aucune?|jamais|ni|rien|non|nan|sauf|hormis|"
        r"évite[rz]?|evite[rz]?|déteste|deteste|au lieu|à la place|plutôt que|hors de question",
        fill=r"de|du|des|le|la|les|un|une|en|à|au|aux|trop|très|tres|si|aussi|avec|par|qui|soit|"
        r"être|vraiment|tout|assez|le moindre|la moindre|ces|ce|cette|couleur|genre|style|"
        r"surtout|plus|trop de|j'aime|veux|pour",
        too=r"trop|bien trop|un peu trop|beaucoup trop",
        behind=rf"\s*,?\s+(?:non|nan|non merci|surtout pas|jamais|pas question)(?!\w){_ENDS}|"
        rf"\s+(?:ne\s+)?(?:me\s+)?(?:va|vont|plaît|plait|convient)\s+(?:vraiment\s+)?pas\b",
        waived=r"pas forcément|pas forcement|pas obligatoirement|pas nécessairement|pas obligé\w*",
        joints="et|ou|ni|et de|ou de|et en|ou en|ni de|ni en|et des|et les|ou des",
    ),
    "es": _compiled(
        cues=r"(?<!por qué )(?<!porque )no|sin|nada|nunca|jamás|jamas|ni|tampoco|excepto|salvo|"
        r"ningún|ninguna?|ningun|odio|detesto|evita|evite|evitar|en vez|en lugar",
        fill=r"de|del|la|las|los|el|un|una|unos|unas|lo|muy|tan|demasiado|demasiada|nada|con|en|a|"
        r"que|sea|sean|son|es|tenga|tengan|lleve|lleven|esté|estén|quiero|quiera|quisiera|me|"
        r"gustan?|gusta|tipo|color|mucho|mucha|más|mas|ni|tanto|sea de|sean de|vaya|vayan|por|"
        r"favor|para|ser|ningún|ninguna?",
        too=r"demasiado|demasiada|demasiados|demasiadas|muy muy|queda muy|quedan muy",
        behind=rf"\s*,?\s+no(?: gracias| por favor)?(?!\w){_ENDS}|\s+(?:tampoco|ni hablar)\b|"
        r"\s+no\s+(?:me|nos)\s+(?:gustan?|quedan?|va|van|sientan?|convencen?|favorecen?)\b",
        waived=r"no (?:tiene|tienen|hace falta|necesita|es necesario) (?:por )?que|"
        r"no necesariamente",
        joints="y|o|e|u|ni|y de|o de|ni de|y con",
    ),
}
_ZH = Denials(
    before=re.compile(
        r"(?:(?<![要是能会想可行])不(?:想要|要|喜欢|想|能|带|含|穿|爱|可以|太|是|需要|用|希望)|"
        r"(?<![特区分个差])别(?:要|给我|再|穿|带|太|选|拿|是)?|(?<!有)没有?|拒绝|讨厌|避免|除了|"
        r"无|非|去掉|不)(?:太|那么|过于|过分|任何|那种|这种|这个|是|带|有|穿|再|要|用|给我|推荐|"
        r"选|一点|这么|特别|很|那|颜色|的)*\s*$"
    ),
    too=re.compile(r"太(?:过)?$|过于$"),
    behind=re.compile(
        r"\s*(?:的)?(?:裤子|裙子|衣服|鞋子?|外套|那种)?(?:都|就|也|可|绝对|千万)?"
        r"(?:不要|不行|不可以|算了|免了|免谈|不喜欢|别来|不合适|不考虑)了?"
        r"(?=\s*(?:$|[，。,.!！；;～~？?]))"
    ),
    waived=re.compile(r"(?:不一定|不必|不用|没必要)(?:是|要|非要|得|非得)*$"),
    joints=re.compile(r"^\s*(?:的)?\s*(?:和|或者?|跟|与|、|，|,|以及|也不要|也别)?\s*$"),
)
_ASKS = re.compile(r"^[^，。,.！？?!]{0,8}[吗么]")
_NEEDLESS = re.compile(r"^的?(?:也行|也可以|也没关系|也无所谓)")


def denied(text: str, start: int, end: int, language: str, cut: bool = False) -> bool:
    """Tells whether words of another language rule out what stands from start to end.

    Args:
        text: The message.
        start: Of what is named.
        end: Of it.
        language: Of the message.
        cut: A cut or a length is named, of which there can be too much ("zu" is "to" as well).
    """
    words = _ZH if language == "zh" else _DENIALS.get(language)
    if words is None:
        return False
    before = text[:start]
    if language == "zh" and before.endswith("没有") and _ASKS.match(text[end:]):
        return False
    own = text[start:end].lower()
    too = (cut and words.too.search(before)) or own.startswith(
        ("太", "过长", "过短", "trop ", "zu ")
    )
    return bool(words.before.search(before) or too or words.behind.match(text, end))


def waived(text: str, start: int, end: int, language: str) -> bool:
    """Tells whether something merely need not be: "muss kein Leder sein", "不是纯棉也行"."""
    words = _ZH if language == "zh" else _DENIALS.get(language)
    if words is None:
        return False
    needless = language == "zh" and _NEEDLESS.match(text[end:])
    return bool(words.waived.search(text[:start]) or needless)


def joined(between: str, language: str) -> bool:
    """Tells whether two things ruled out are one list: "sans laine ou coton"."""
    words = _ZH if language == "zh" else _DENIALS.get(language)
    return words is not None and bool(words.joints.match(between))
