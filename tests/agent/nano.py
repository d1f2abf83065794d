"""The trained planner, where its weights are installed, and a decoder that shows its logits."""

import numpy as np
import pytest

from fashionm3.agent.chat import ChatVLM
from fashionm3.agent.decoder import Decoder
from fashionm3.agent.form import history_lines, prefix, question_lines
from fashionm3.agent.grammar import Things, Words, line_pattern
from fashionm3.agent.round import Call, Past, Round
from fashionm3.agent.saying import Saying
from fashionm3.errors import EngineError
from fashionm3.index.lexicon import Lexicon

LEXICON = Lexicon.load()
WORDS = Words(tuple(LEXICON.categories()), tuple(LEXICON.values("color")))
SHOWN = [
    {"ref": "A", "category": "shoes", "color": "black", "price": 120},
    {"ref": "B", "category": "shoes", "color": "brown", "price": 95},
]
TALK = (
    ("navy chinos for a tall bloke, up to 70", "search", {"category": "pants", "color": "navy"}),
    ("same in olive", "search", {"category": "pants", "color": "green", "price_max": 70}),
    ("brown boots to go with them", "search", {"category": "shoes", "color": "brown"}),
    ("does B shrink in the wash", "reply", {"kind": "care", "about": "B"}),
    ("a look for my sister's wedding", "outfit", {"occasion": "wedding"}),
    ("no leather please", "outfit", {"occasion": "wedding", "negatives": ["no leather"]}),
    ("cheaper shoes", "swap", {"target": "shoes", "cheaper": True}),
    ("thanks", "reply", {"kind": "thanks"}),
    ("can you draw me a mint raincoat", "design", {"category": "outerwear", "color": "green"}),
    ("real ones like that?", "search", {"category": "outerwear"}),
    ("how would it look on me", "ask", {"question": "which photo?"}),
    ("a red dress under 50", "search", {"category": "dress", "color": "red", "price_max": 50}),
)


def nano(precision: str = "auto") -> ChatVLM:
    """Returns the trained planner on one thread; skips where weights are missing."""
    try:
        return ChatVLM.load(threads=1, precision=precision)
    except EngineError as error:
        pytest.skip(str(error))


def talk(n_history: int, words: str = "and in white?", first: int = 0) -> Round:
    """Returns a round late in a talk."""
    past = [TALK[n % len(TALK)] for n in range(first, first + n_history)]
    history = tuple(Past(user=u, decision=Call(tool=t, args=args)) for u, t, args in past)
    return Round.model_validate(
        {"text": words, "history": history, "context": {"shown": SHOWN, "photo": True}}
    )


class Shown(Decoder):
    """A decoder that remembers the logits of every decision."""

    def say(self, round_: Round, pictures: tuple[bytes, ...] = ()) -> tuple[Saying, list]:
        """Returns a whole decision and its logits."""
        tools = SEVEN
        text = history_lines(round_) + question_lines(round_, LEXICON, n_pictures=len(pictures))
        pattern = line_pattern(tools, WORDS, Things.of(round_))
        saying = self.start(prefix(), text, pattern, pictures)
        seen = saying.__dict__["seen"] = []
        while not saying.ended:
            self.advance(saying)
        return saying, seen

    def _logits(self, saying: Saying) -> np.ndarray:
        logits = super()._logits(saying)
        saying.__dict__["seen"].append(logits)
        return logits


def _seven():
    from fashionm3.agent.choice import seven

    return seven()


SEVEN = _seven()


def same_bits(one: list, other: list) -> bool:
    """Whether two decisions saw the same logits, to the bit."""
    return len(one) == len(other) and all(map(np.array_equal, one, other))
