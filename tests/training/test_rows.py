"""Rows: dialogues written and read again, checked against schemas, kept apart from test sets."""

import json
import random
from itertools import pairwise

import pytest

from fashionm3.agent.bound_tools import bound_tools
from fashionm3.agent.form import prefix, read, say
from fashionm3.agent.round import Call
from fashionm3.errors import InputError
from fashionm3.index.lexicon import Lexicon
from fashionm3.training.dialogues.building import build
from fashionm3.training.dialogues.composer import Composer
from fashionm3.training.dialogues.phrases import part_of, shipped
from fashionm3.training.dialogues.pictures import Picture
from fashionm3.training.dialogues.toolbox import offered, read_tools, shipped_tools
from fashionm3.training.row_checks import faults
from fashionm3.training.rows import dialogues_of, lines_of, open_rows, read_rows

LEXICON = Lexicon.load()
SHIRT = Picture("drawing:1:a", "shirt", "blue", "striped")
TOOLS = """
- names: [parcel_locker, lockerBooking]
  descriptions: [Books a locker for a parcel. It is free.]
  arguments:
    order: {type: string, required: true, values: ["A-1193"]}
    size: {choices: [small, very_large]}
    days: {type: integer, values: [2]}
    cooled: {type: boolean}
  phrasings:
    - a locker for {order}, [a big one](size=very_large)
    - "[chilled](cooled=true, days=2) for 2 days"
"""


def lines(n=40, pictures=(SHIRT,)):
    phrases = [phrase for phrase in shipped() if not phrase.held_out]
    composer = Composer(phrases, LEXICON, 3, pictures, list(shipped_tools()))
    return list(composer.dialogues(n))


def write(path, dialogues):
    with open_rows(path, "wt") as file:
        for n, dialogue in enumerate(dialogues):
            for line in lines_of(dialogue, str(n)):
                file.write(json.dumps(line, ensure_ascii=False) + "\n")


@pytest.mark.parametrize("name", ["rows.jsonl", "rows.jsonl.xz", "rows.jsonl.gz"])
def test_dialogues_come_back_as_they_were_written(tmp_path, name):
    made = lines()
    write(tmp_path / name, made)
    again = list(dialogues_of(read_rows(tmp_path / name), {SHIRT.key: SHIRT}))
    assert [d.tools for d in again] == [d.tools for d in made]
    for old, new in zip(made, again, strict=True):
        assert [(t.text, t.call, t.note, t.more) for t in new.turns] == [
            (t.text, t.call, t.note, t.more) for t in old.turns
        ]


def test_earlier_rows_of_a_dialogue_are_its_history(tmp_path):
    write(tmp_path / "rows.jsonl", lines())
    rows = list(read_rows(tmp_path / "rows.jsonl"))
    for before, row in pairwise(rows):
        if row.dialogue == before.dialogue and not before.expect.get("more"):
            assert row.round.history[-1].user == before.round.text
        elif row.dialogue != before.dialogue:
            assert row.round.history == ()


def test_a_dialogue_with_an_unknown_picture_is_left_out(tmp_path):
    made = lines(60)
    write(tmp_path / "rows.jsonl", made)
    seen = [d for d in made if any(turn.picture for turn in d.turns)]
    kept = list(dialogues_of(read_rows(tmp_path / "rows.jsonl"), {}))
    assert seen
    assert len(kept) == len(made) - len(seen)


def test_a_bad_line_is_named(tmp_path):
    (tmp_path / "rows.jsonl").write_text('{"text": "boots", "expect": {"tool": "search"}}\n{}\n')
    with pytest.raises(InputError, match=r"rows.jsonl, line 2: expected a JSON object with a text"):
        list(read_rows(tmp_path / "rows.jsonl"))
    with pytest.raises(InputError, match=r"can't open .*none.jsonl"):
        list(read_rows(tmp_path / "none.jsonl"))
    (tmp_path / "cut.jsonl.gz").write_bytes(b"no gzip")
    with pytest.raises(InputError, match=r"can't read .*cut.jsonl.gz"):
        list(read_rows(tmp_path / "cut.jsonl.gz"))


@pytest.mark.parametrize(
    ("expect", "fault"),
    [
        ({"tool": "search", "args": {"category": "frock"}}, "category 'frock'"),
        ({"tool": "search", "args": {"color": "ecru"}}, "color 'ecru'"),
        ({"tool": "search", "args": {"negatives": ["leather"]}}, "negative 'leather'"),
        ({"tool": "search", "args": {"price_max": 0}}, "price_max 0"),
        ({"tool": "search", "args": {"price": 3}}, "price"),
        ({"tool": "swap", "args": {"target": "Z"}}, "target 'Z'"),
        ({"tool": "reply", "args": {"note": ["loves linen"]}}, "note 'loves linen'"),
        ({"tool": "parcel_locker", "args": {"order": "1"}}, "neither one of the seven nor bound"),
    ],
)
def test_a_label_that_can_not_be_said_is_a_fault(tmp_path, expect, fault):
    line = {"text": "x", "context": {"shown": [{"ref": "A"}]}, "expect": expect}
    (tmp_path / "rows.jsonl").write_text(json.dumps(line))
    (row,) = read_rows(tmp_path / "rows.jsonl")
    assert any(fault in found for found in faults(row, LEXICON))


def test_a_bound_tool_is_held_to_its_schema(tmp_path):
    (tool,) = read_tools(TOOLS, "tools.yaml")
    (offer,) = offered([tool], random.Random(1))
    line = {"text": "x", "tools": [offer.schema], "expect": {"tool": offer.name}}
    for args, n in (
        ({"order": "1", "days": 2}, 0),
        ({"days": "two"}, 2),
        ({"order": "1", "x": 1}, 1),
    ):
        line["expect"]["args"] = args
        (tmp_path / "rows.jsonl").write_text(json.dumps(line))
        (row,) = read_rows(tmp_path / "rows.jsonl")
        assert len(faults(row, LEXICON)) == n


def test_words_for_a_tool_carry_labels_of_its_types():
    (tool,) = read_tools(TOOLS, "tools.yaml")
    offer = offered([tool], random.Random(1))[0]
    asked = dict(offer.asked(random.Random(n)) for n in range(20))
    assert {words: call.args for words, call in asked.items()} == {
        "a locker for A-1193, a big one": {"order": "A-1193", "size": "very_large"},
        "chilled for 2 days": {"days": 2, "cooled": True},
    }
    lacking = asked["chilled for 2 days"]
    assert offer.missing(lacking) == ["order"]
    words, whole = offer.completed(lacking, random.Random(1))
    assert "A-1193" in words
    assert whole.args == {"order": "A-1193", "days": 2, "cooled": True}


def test_a_tool_is_told_in_one_line_of_the_head():
    (tool,) = read_tools(TOOLS, "tools.yaml")
    (offer,) = offered([tool], random.Random(1))
    (bound,) = bound_tools([offer.schema])
    told = "(order*, size=small|very_large, days, cooled): Books a locker for a parcel\n"
    assert prefix([bound.described]).endswith(f"{bound.alias}{told}")
    call = Call(tool=offer.name, args={"order": "A-1193", "cooled": True})
    said, _, _ = read(say(call))
    assert said == Call(tool=bound.alias, args={"order": "A-1193", "cooled": "true"})


def test_every_written_tool_can_be_bound_and_asked_for():
    rng = random.Random(1)
    tools = list(shipped_tools())
    assert len(tools) > 100
    for tool in tools:
        for name in tool.names:
            (offer,) = [o for o in offered([tool], rng)]
            assert bound_tools(
                [{**offer.schema, "function": {**offer.schema["function"], "name": name}}]
            )
        for _ in range(8):
            words, call = offer.asked(rng)
            assert words.strip()
            assert not {"{", "["} & set(words)
            assert set(call.args) <= set(tool.arguments)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("- [", "not YAML"),
        ("a: b", "expected a list of tools"),
        (TOOLS.replace("{order}", "{parcel}"), r"tool 1: .*has no argument \['parcel'\]"),
        (TOOLS.replace("(size=very_large)", "(size=huge)"), "size=huge is none of its choices"),
    ],
)
def test_a_bad_tool_file_is_named(text, message):
    with pytest.raises(InputError, match=message):
        list(read_tools(text, "tools.yaml"))


def test_a_build_leaves_out_what_is_nearly_in_a_set_kept_apart(tmp_path):
    built = build(tmp_path / "all.jsonl", 60, seed=2)
    rows = list(read_rows(tmp_path / "all.jsonl"))
    assert built.rounds == len(rows)
    assert not any(faults(row, LEXICON) for row in rows)
    taken = next(row for row in rows if len(row.round.text.split()) > 6)
    near = {"text": taken.round.text.upper() + "!", "expect": taken.expect}
    (tmp_path / "apart.jsonl").write_text(json.dumps(near))
    again = build(tmp_path / "some.jsonl", 60, seed=2, apart=[tmp_path / "apart.jsonl"])
    assert again.near >= 1
    texts = [row.round.text for row in read_rows(tmp_path / "some.jsonl")]
    assert taken.round.text not in texts


def test_a_share_of_the_phrasings_is_part_of_a_larger_one_and_has_every_section():
    whole = list(shipped())
    half, quarter = (part_of(whole, share) for share in (0.5, 0.25))
    assert set(map(id, quarter)) < set(map(id, half)) < set(map(id, whole))
    assert len(half) == pytest.approx(len(whole) / 2, rel=0.02)
    assert {(p.language, p.section) for p in quarter} == {(p.language, p.section) for p in whole}
