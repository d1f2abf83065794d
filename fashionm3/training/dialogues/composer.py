"""Composes dialogues: phrasings on a screen that changes with every decision.

What the shopper says is a written phrasing; state, references, prices, history and carried
constraints are composed around it. Labels follow the planner's contract: words that hold for the
subject are repeated until the subject changes or they are taken back.
"""

import random
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from fashionm3.agent.round import Call, Context
from fashionm3.index.lexicon import Lexicon
from fashionm3.training.dialogues.decisions import Memory, decide
from fashionm3.training.dialogues.fillers import Fillers
from fashionm3.training.dialogues.filling import Filling, Said
from fashionm3.training.dialogues.foreign import ForeignFillers
from fashionm3.training.dialogues.noise import roughen
from fashionm3.training.dialogues.phrases import LANGUAGES, Phrase
from fashionm3.training.dialogues.pictures import Picture, pictured
from fashionm3.training.dialogues.screen import Screen
from fashionm3.training.dialogues.toolbox import Offered, WrittenTool, offered
from fashionm3.training.dialogues.turns import Dialogue, Turn

INTENTS = {
    "search.new": 14, "search.refine": 12, "search.drop": 4, "search.switch": 6, "search.like": 5,
    "outfit.new": 7, "outfit.anchor": 5, "outfit.own": 5, "outfit.refine": 4,
    "outfit.personal": 2.5, "outfit.look": 2, "design.new": 3, "design.refine": 2,
    "try_on.outfit": 4, "try_on.piece": 3,
    "swap.piece": 10, "swap.shown": 5, "swap.cheaper": 4, "swap.with": 6, "swap.like": 2,
    "swap.refine": 4, "reply.thanks": 2, "reply.about": 3, "reply.care": 2.5, "reply.off_topic": 2,
    "reply.refuse": 1.5, "reply.other": 2, "ask.vague": 3, "note": 2.5,
    "photo.same": 5, "photo.color": 6, "photo.kind": 5, "photo.limit": 5, "photo.outfit": 4,
    "look.about": 1.5, "look.like": 2, "look.swap": 2, "look.try": 1,
}  # fmt: skip
"""How often each section is drawn where it is possible."""

FOREIGN = 0.22
"""Share of the dialogues in another language than English."""

WITH_TOOLS = 0.25
"""Share of the dialogues in which further tools are bound."""

ASKED = 0.55
"""Share of the rounds of such a dialogue that ask for one of them."""

ANSWERED = 0.6
"""How often a question for what a tool requires is answered in the next round."""


class Composer:
    """Composes dialogues from phrasings.

    Args:
        phrases: The phrasings to speak.
        lexicon: The shared lexicon.
        seed: The only source of chance.
        pictures: Labelled pictures that shoppers attach; without them nobody does.
        tools: Written tools that are bound in some dialogues; none by default.
    """

    def __init__(
        self,
        phrases: Iterable[Phrase],
        lexicon: Lexicon,
        seed: int,
        pictures: Sequence[Picture] = (),
        tools: Sequence[WrittenTool] = (),
    ) -> None:
        self._tools = list(tools)
        self._pictures = list(pictures)
        self._rng = random.Random(seed)
        self._lexicon = lexicon
        self._fill = Fillers(lexicon, self._rng)
        self._phrases: dict[tuple[str, str], list[Phrase]] = defaultdict(list)
        self._decks: dict[tuple[str, str], list[Phrase]] = {}
        for phrase in phrases:
            self._phrases[phrase.language, phrase.section].append(phrase)
        spoken = {language for language, _ in self._phrases}
        self._languages = [language for language in LANGUAGES if language in spoken]
        self._foreign = {
            language: ForeignFillers(language, lexicon, self._rng)
            for language in self._languages
            if language != "en"
        }

    def dialogues(self, n: int) -> Iterator[Dialogue]:
        """Yields ``n`` dialogues of 1 to 8 rounds."""
        made = 0
        while made < n:
            dialogue = self.dialogue()
            if dialogue.turns:
                made += 1
                yield dialogue

    def dialogue(self) -> Dialogue:
        """Composes one dialogue."""
        screen = Screen(self._rng, self._fill)
        self._open(screen)
        filling = Filling(screen, self._fill, self._lexicon, self._rng, self._foreign)
        memory = Memory()
        turns: list[Turn] = []
        language = self._language()
        bound = self._bound()
        for _ in range(self._rng.choice((1, 1, 2, 3, 3, 4, 5, 6, 8))):
            if bound and self._rng.random() < ASKED:
                turns += self._served(bound, screen, memory)
            else:
                turns += self._round(screen, filling, memory, language)
        return Dialogue(turns, tuple(tool.schema for tool in bound), language)

    def _bound(self) -> list[Offered]:
        with_tools = bool(self._tools) and self._rng.random() < WITH_TOOLS
        return offered(self._tools, self._rng) if with_tools else []

    def _served(self, bound: list[Offered], screen: Screen, memory: Memory) -> list[Turn]:
        """Composes a round that asks for one of the bound tools, and the answer to a question."""
        offer = self._rng.choice(bound)
        text, call = offer.asked(self._rng)
        memory.last = "tool"
        section, context = f"tool.{offer.tool.names[0]}", screen.context()
        if not offer.missing(call):
            return [Turn(context, text, call, section=section)]
        turns = [Turn(context, text, Call(tool="ask", args={}), section=section)]
        if self._rng.random() < ANSWERED:
            turns.append(Turn(context, *offer.completed(call, self._rng), section=section))
        return turns

    def _language(self) -> str:
        """Draws what the shopper speaks: English mostly."""
        if "en" not in self._languages:
            return self._rng.choice(self._languages)
        abroad = [language for language in self._languages if language != "en"]
        foreign = bool(abroad) and self._rng.random() < FOREIGN
        return self._rng.choice(abroad) if foreign else "en"

    def pictured_turn(self, section: str) -> Turn:
        """Composes one round with a picture, alone."""
        screen = Screen(self._rng, self._fill)
        filling = Filling(screen, self._fill, self._lexicon, self._rng, self._foreign)
        context, picture = screen.context(), self._rng.choice(self._pictures)
        said = filling.say(self._phrase(section))
        call = self._decided(section, said, screen, Memory(), picture)
        return Turn(context, said.text, call, section=section, picture=picture)

    def _open(self, screen: Screen) -> None:
        rng = self._rng
        screen.photo = rng.random() < 0.4
        if rng.random() < 0.2:
            screen.meet()
        if rng.random() < 0.35:
            screen.dress({})
        if rng.random() < 0.35:
            screen.show({"category": self._fill.category()} if rng.random() < 0.8 else {})

    def _phrase(self, section: str, language: str = "en") -> Phrase:
        key = language, section
        deck = self._decks.get(key)
        if not deck:
            deck = self._decks[key] = list(self._phrases[key])
            self._rng.shuffle(deck)
        return deck.pop()

    def _round(self, screen: Screen, filling: Filling, memory: Memory, language: str) -> list[Turn]:
        rng = self._rng
        section = self._intent(screen, memory, language)
        phrase = self._phrase(section, language)
        if not self._speakable(phrase, screen):
            phrase = self._phrase(section, language)
            if not self._speakable(phrase, screen):
                return []
        vague = rng.random() < (0.12 if section != "note" else 0)
        said = filling.say(phrase, vague)
        context = screen.context()
        picture = rng.choice(self._pictures) if section.startswith("photo.") else None
        call = self._decided(section, said, screen, memory, picture)
        if section == "note" and not said.note:
            return []
        note = list(said.note)
        text = said.text
        english = language == "en"
        if english and call.tool in ("search", "outfit", "swap") and rng.random() < 0.09:
            text = self._glue_note(text, filling, note)
        turn = Turn(context, text, call, tuple(note), section=section, picture=picture)
        second = self._second(turn, screen, filling, memory, context) if english else None
        turn.text = roughen(turn.text, rng, language)
        return [turn] if second is None else [turn, second]

    def _decided(
        self, section: str, said: Said, screen: Screen, memory: Memory, picture: Picture | None
    ) -> Call:
        if picture is None:
            return decide(section, said, screen, memory, self._rng)
        call = pictured(section.partition(".")[2], said, picture)
        memory.last = call.tool
        if call.tool == "search":
            memory.search = dict(call.args)
            screen.show(call.args)
        else:
            memory.outfit = dict(call.args)
            screen.dress(call.args)
        return call

    def _speakable(self, phrase: Phrase, screen: Screen) -> bool:
        holes = set(phrase.holes)
        if "visual" in holes and screen.visual() is None:
            return False
        if holes & {"ref", "ref2"} and not (screen.shown or screen.outfit):
            return False
        if "piece" in holes and not screen.outfit:
            return False
        if {"ref", "ref2"} <= holes and len(screen.shown) < 2:
            return False
        return not ("look" in holes and not screen.looks)

    def _intent(self, screen: Screen, memory: Memory, language: str) -> str:
        allowed = {
            section: weight
            for section, weight in INTENTS.items()
            if self._phrases[language, section] and self._possible(section, screen, memory)
        }
        return self._rng.choices(list(allowed), list(allowed.values()))[0]

    def _possible(self, section: str, screen: Screen, memory: Memory) -> bool:
        shown, worn = bool(screen.shown), bool(screen.outfit)
        if section.startswith("photo."):
            return bool(self._pictures)
        if section.startswith("look."):
            return screen.visual() is not None and (section != "look.try" or screen.photo)
        rules = {
            "search.refine": memory.last == "search",
            "search.drop": memory.last == "search" and len(memory.search) > 1,
            "search.switch": memory.last == "search",
            "search.like": shown,
            "outfit.anchor": shown or worn,
            "outfit.refine": memory.last == "outfit",
            "outfit.look": len(screen.looks) > 1,
            "design.refine": memory.last == "design",
            "try_on.outfit": worn,
            "try_on.piece": shown or worn,
            "swap.piece": worn,
            "swap.shown": shown,
            "swap.cheaper": shown or worn,
            "swap.with": shown and worn,
            "swap.like": shown and worn,
            "swap.refine": memory.last == "swap",
            "reply.about": shown or worn,
            "ask.vague": len(screen.shown) != 1 and memory.last in ("", "search", "reply"),
        }
        return rules.get(section, True)

    def _glue_note(self, text: str, filling: Filling, note: list[str]) -> str:
        phrase = self._phrase("note")
        declared = filling.say(phrase)
        if not declared.note or declared.args.get("ref"):
            return text
        note.extend(declared.note)
        sentence = declared.text
        if self._rng.random() < 0.5:
            return f"{sentence}{self._rng.choice(['. ', ', ', ' - ', '. So '])}{text}"
        return f"{text}{self._rng.choice(['. ', ', ', ' - ', '. Also '])}{sentence}"

    def _second(
        self, turn: Turn, screen: Screen, filling: Filling, memory: Memory, context: Context
    ) -> Turn | None:
        if turn.call.tool not in ("search", "outfit", "swap") or self._rng.random() > 0.13:
            return None
        phrase = self._phrase("more.then")
        if phrase.tool == turn.call.tool or not self._speakable(phrase, screen):
            return None
        said = filling.say(phrase)
        section = {"try_on": "try_on.outfit", "search": "search.new", "swap": "swap.piece"}.get(
            phrase.tool or "", "outfit.new"
        )
        if phrase.tool == "try_on" and not screen.outfit:
            return None
        call = decide(section, said, screen, memory, self._rng)
        if call.tool == "ask" and phrase.tool != "try_on":
            return None
        before = {thing.ref for thing in (*context.outfit, *context.shown)}
        after = {thing.ref for thing, _ in (*screen.shown, *screen.outfit)}
        if (after - before) & set(map(str, call.args.values())):
            return None
        joiner = "" if said.text.startswith((",", "and", "then")) else " and "
        turn.text = f"{turn.text.rstrip('.!? ')}{joiner or ' '}{said.text}"
        turn.more = True
        return Turn(context, "", call, section=f"more.{phrase.tool}")
