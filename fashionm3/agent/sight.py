"""What the planner says of one picture: its category, its colour and its pattern."""

from langchain_core.messages.ai import UsageMetadata

from fashionm3.agent.answer import usage_of
from fashionm3.agent.decoder import Decoder
from fashionm3.agent.form import IMAGE, PICTURE, SAY, prefix, read
from fashionm3.agent.grammar import Words, see_pattern
from fashionm3.agent.saying import Saying
from fashionm3.agent.seeing import Seen
from fashionm3.types import CATEGORIES, COLORS, PATTERNS

_BEFORE = 'pattern="'


def look(decoder: Decoder, picture: bytes) -> tuple[Seen, UsageMetadata]:
    """Looks at one picture.

    Args:
        decoder: The planner's model.
        picture: Bytes of a JPEG, PNG or WebP.

    Returns:
        What was said, and the tokens that it took.

    Raises:
        InputError: The bytes are no picture.
    """
    words = Words(tuple(CATEGORIES), tuple(COLORS))
    text = f"{PICTURE}{IMAGE}\n{SAY}"
    patterns: dict[str, float] = {}
    with decoder.queue:
        saying = decoder.start(prefix(), text, see_pattern(words, PATTERNS), [picture])
        while not saying.ended:
            before = decoder.decode(saying.tokens)
            decoder.advance(saying)
            if before.endswith(_BEFORE):
                patterns = _shares(decoder, saying)
    said, _, _ = read(decoder.decode(saying.tokens))
    named = {slot: str(said.args[slot]) for slot in ("category", "color", "pattern")}
    return Seen(**named, patterns=patterns), usage_of(saying)


def _shares(decoder: Decoder, saying: Saying) -> dict[str, float]:
    """Returns how likely each pattern is by the token that was just chosen, which begins it."""
    shares = dict.fromkeys(PATTERNS, 0.0)
    for token, share in zip(*saying.shares(), strict=True):
        begun = [name for name in PATTERNS if name.startswith(decoder.decode([int(token)]))]
        for name in begun:
            shares[name] += float(share) / len(begun)
    return shares
