"""``fashionm3 demo``: a fixed conversation over the sample shop, as a page with pictures."""

import hashlib
import json
import shutil
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Annotated, Any

import typer
from PIL import Image

from fashionm3.cli.faults import one_line_faults
from fashionm3.config import CatalogSettings, Settings
from fashionm3.errors import InputError
from fashionm3.graphs.money import money
from fashionm3.prompts import render
from fashionm3.types import Answer, Card, Look


@dataclass(frozen=True)
class Attached:
    """Words that come with a picture: a drawing of a garment that is not in the shop."""

    words: str
    category: str
    pattern: str

    def picture(self) -> bytes:
        """Draws it, as PNG."""
        from fashionm3.sample import sample_items

        for item, image in sample_items(seed=SEED, n=160):
            if (item.category, item.pattern or "plain") == (self.category, self.pattern):
                drawn = BytesIO()
                image.save(drawn, "PNG")
                return drawn.getvalue()
        raise AssertionError(f"seed {SEED} draws no {self.pattern} {self.category}")


SEED = 41
"""Of the drawings that the shopper shows; the shop is drawn with another one."""

WORDS: tuple[str | Attached, ...] = (
    "Hi! I'm after olive chinos for women, up to 90, nothing cropped",
    "same in rust",
    "build me a summer outfit around A, no more than 250 altogether",
    "other shoes please, in brown",
    "can the top be white instead, under 40",
    "By the way, I never wear leather. Any boots?",
    "and sandals?",
    "put that one in instead of the shoes",
    "the second one",
    "show me straw hats, and then build a look around the first one",
    "do you have a neon green tuxedo under 20?",
    Attached("one like this, but in blue", "t-shirt", "striped"),
    Attached("what goes with this?", "skirt", "dotted"),
    "thank you, that was lovely",
)
"""What the shopper of the demo says and shows."""


@one_line_faults
def demo(
    out: Annotated[Path, typer.Option(help="Where transcript and page go.")] = Path("demo-out"),
    shop: Annotated[
        Path, typer.Option(help="The sample shop; drawn and built there when it is missing.")
    ] = Path("shop"),
    config: Annotated[Path | None, typer.Option(help="Settings in TOML.")] = None,
    chat: Annotated[
        bool | None, typer.Option(help="Go on as a chat; by default on a terminal only.")
    ] = None,
) -> None:
    """Play the main job on the sample shop and show the result.

    Examples:
      fashionm3 demo
      fashionm3 demo --out /tmp/demo --no-chat
    """
    from fashionm3.assistant import Assistant
    from fashionm3.cli.catalog import ensure_sample
    from fashionm3.cli.chat import Conversation
    from fashionm3.cli.terminal import Terminal

    terminal = Terminal()
    ensure_sample(shop)
    settings = Settings.load(config).model_copy(update={"catalog": CatalogSettings(path=shop)})
    out.mkdir(parents=True, exist_ok=True)
    data = Path(tempfile.mkdtemp(prefix="fashionm3-demo-"))
    settings = settings.model_copy(update={"data": data})
    with terminal.waiting("opening the shop"):
        assistant = Assistant.open(settings)
    answers, shown = [], []
    for said in WORDS:
        words, pictures = (
            (said.words, [said.picture()]) if isinstance(said, Attached) else (said, [])
        )
        terminal.said(f"[picture] {words}" if pictures else words)
        with terminal.waiting("thinking"):
            answer = assistant.say(words, "demo", pictures=pictures)
        terminal.answer(answer)
        answers.append(answer)
        shown.append(pictures)
    write_transcript(out, answers, assistant.parts.shop.catalog)
    write_page(out, answers, shown, assistant.parts.shop.catalog)
    terminal.say(
        f"\nPage with pictures: {out / 'index.html'}; transcript: {out / 'transcript.json'}"
    )
    if chat or (chat is None and sys.stdin.isatty() and sys.stdout.isatty()):
        Conversation(assistant, "demo", terminal).run()
    shutil.rmtree(data, ignore_errors=True)


def write_transcript(out: Path, answers: Sequence[Answer], catalog: Any) -> None:  # noqa: ANN401
    """Writes ``transcript.json``: words, calls, shown items and reply of each round."""
    rounds = [
        {
            "user": answer.user,
            "calls": list(answer.calls),
            "items": [_row(card, catalog) for card in _shown(answer)],
            "reply": answer.reply,
        }
        for answer in answers
    ]
    text = json.dumps({"rounds": rounds}, indent=1, ensure_ascii=False)
    _write(out / "transcript.json", text + "\n")


def _shown(answer: Answer) -> list[Card]:
    """Returns each shown item once: the list, the current look, then pieces of other looks."""
    pieces = list(answer.outfit.slots.values()) if answer.outfit and answer.looks else []
    pieces += [card for look in answer.looks for card in look.slots.values()]
    cards = {card.item_id: card for card in reversed([*answer.cards, *pieces]) if card.item_id}
    return list(reversed(cards.values()))


def _row(card: Card, catalog: Any) -> dict[str, Any]:  # noqa: ANN401
    price = None if card.price is None else catalog.to_major(card.price)
    return {"ref": card.ref, "item_id": card.item_id, "title": card.title, "price": price}


def write_page(
    out: Path,
    answers: Sequence[Answer],
    shown: Sequence[Sequence[bytes]],
    catalog: Any,  # noqa: ANN401
) -> None:
    """Writes ``index.html`` with its pictures beside it.

    Args:
        out: Folder.
        answers: One each round.
        shown: The pictures that came with the words of each round.
        catalog: The shop.
    """
    folder = out / "pictures"
    folder.mkdir(exist_ok=True)

    def tile(card: Card, ref: str | None = None) -> dict[str, Any]:
        price = card.text if card.item_id is None else money(card.price, card.currency)
        return {
            "ref": card.ref if ref is None else ref,
            "title": card.title,
            "price": price,
            "image": _picture(card, catalog.path, folder),
        }

    def board(look: Look) -> dict[str, Any]:
        currency = next(iter(look.slots.values())).currency or catalog.currency
        pieces = [
            {"slot": slot, **tile(card, str(n))}
            for n, (slot, card) in enumerate(look.slots.items(), 1)
        ]
        total = money(look.total, currency)
        return {"ref": look.ref, "total": total, "reasons": look.reasons, "pieces": pieces}

    rounds = [
        {
            "user": answer.user,
            "pictures": [_attached(picture, folder) for picture in pictures],
            "calls": [f"{call['tool']} {_args(call['args'])}" for call in answer.calls],
            "cards": [tile(card) for card in answer.cards],
            "looks": [board(look) for look in answer.looks],
            "changed": _changed(answer),
            "reply": answer.reply,
        }
        for answer, pictures in zip(answers, shown, strict=True)
    ]
    page = render(
        "pages/demo.html.jinja",
        title="A shopper's conversation",
        subtitle=f"{len(catalog)} drawn pieces, a small planner on this machine, nothing invented.",
        rounds=rounds,
        footer="Made by fashionm3 demo. Every piece is a row of the catalogue.",
    )
    _write(out / "index.html", page + "\n")


def _changed(answer: Answer) -> str | None:
    for look in answer.looks:
        for slot, card in look.slots.items():
            if answer.cards and card.item_id == answer.cards[0].item_id:
                return slot
    return None


def _args(args: dict[str, Any]) -> str:
    return " ".join(f"{key}={json.dumps(value, ensure_ascii=False)}" for key, value in args.items())


def _picture(card: Card, catalog: Path, folder: Path) -> str | None:
    if card.picture is None:
        return None
    source = catalog / card.picture
    target = folder / f"{source.stem[:24]}.jpg"
    if not target.exists():
        with Image.open(source) as image:
            image.convert("RGB").save(target, "JPEG", quality=88)
    return f"pictures/{target.name}"


def _attached(picture: bytes, folder: Path) -> str:
    target = folder / f"shown-{hashlib.sha256(picture).hexdigest()[:12]}.png"
    target.write_bytes(picture)
    return f"pictures/{target.name}"


def _write(file: Path, text: str) -> None:
    try:
        file.write_text(text, encoding="utf-8")
    except OSError as error:
        raise InputError(f"can't write {file}: {error.strerror}") from None
