"""What the planner says of one picture: its category, its colour and its pattern."""

from langchain_core.messages.ai import UsageMetadata

from fashionm3.agent.answer import usage_of
from fashionm3.agent.decoder import Decoder
from fashionm3.agent.form import IMAGE, PICTURE, SAY, prefix, read
from fashionm3.agent.grammar import Words, see_pattern
from fashionm3.types import CATEGORIES, COLORS, PATTERNS


def look(decoder: Decoder, picture: bytes) -> tuple[dict[str, str], UsageMetadata]:
    """Looks at one picture.

    Args:
        decoder: The planner's model.
        picture: Bytes of a JPEG, PNG or WebP.

    Returns:
        The arguments that were said, and the tokens that it took.

    Raises:
        InputError: The bytes are no picture.
    """
    words = Words(tuple(CATEGORIES), tuple(COLORS))
    text = f"{PICTURE}{IMAGE}\n{SAY}"
    with decoder.queue:
        saying = decoder.start(prefix(), text, see_pattern(words, PATTERNS), [picture])
        while not saying.ended:
            decoder.advance(saying)
    said, _, _ = read(decoder.decode(saying.tokens))
    return {key: str(value) for key, value in said.args.items()}, usage_of(saying)


def described(seen: dict[str, str]) -> str:
    """Says what `look` found in words: "blue striped shirt"."""
    words = [seen.get("color"), seen.get("pattern"), seen.get("category")]
    return " ".join(word for word in words if word and word != "plain")
