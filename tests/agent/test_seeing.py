"""Pictures beside words: they give what the words leave open."""

import base64

import pytest
from langchain_core.messages import HumanMessage

from fashionm3.agent.capabilities import Capabilities
from fashionm3.agent.heard import Heard
from fashionm3.agent.messages import messages_of, pictures_of
from fashionm3.agent.planner import Planner
from fashionm3.agent.pointing import Pointing
from fashionm3.agent.round import Call, Round
from fashionm3.agent.seeing import Seen, afresh, pictured, read_picture, with_patterns
from fashionm3.errors import InputError
from fashionm3.index.lexicon import Lexicon
from fashionm3.testing import ScriptedPlanner

LEXICON = Lexicon.load()
SEEN = Seen("shirt", "blue", "striped")


def seen(text, tool="search", **args):
    call = pictured(Call(tool=tool, args=args), SEEN, Heard(text, LEXICON))
    return call.args


@pytest.mark.parametrize(
    ("text", "args", "expected"),
    [
        ("find this", {}, {"category": "shirt", "color": "blue", "pattern": "striped"}),
        ("in green please", {"color": "green"},
         {"category": "shirt", "color": "green", "pattern": "striped"}),
        ("that colour as a skirt", {"category": "skirt"},
         {"category": "skirt", "color": "blue", "pattern": "striped"}),
        ("like this, not blue", {"negatives": ["not blue"]},
         {"category": "shirt", "pattern": "striped", "negatives": ["not blue"]}),
    ],
)  # fmt: skip
def test_the_picture_fills_what_the_words_leave_open(text, args, expected):
    assert seen(text, **args) == expected


def test_a_look_goes_around_what_the_picture_shows_unless_something_is_pointed_at():
    assert seen("what goes with this", "outfit")["anchor"] == "blue shirt"
    assert seen("what goes with B", "outfit", anchor="B")["anchor"] == "B"


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("one like this, but in green", {"gender": "women", "color": "green"}),
        ("like this under 20", {"gender": "women", "color": "green", "price_max": 20}),
        ("a tuxedo like this", {"gender": "women", "color": "green", "style": "tuxedo"}),
    ],
)
def test_a_picture_begins_a_new_subject_for_the_same_person(text, kept):
    old = {"category": "blazer", "style": "tuxedo", "price_max": 20, "gender": "women"}
    said = {"color": "green", "style": "tuxedo", "price_max": 20, "gender": "women"}
    last = Call(tool="search", args=old)
    found = afresh(Call(tool="search", args=said), last, Heard(text, LEXICON))
    assert found.args == kept


def test_other_actions_stay_as_they_are():
    assert seen("thanks", "reply", kind="thanks") == {"kind": "thanks"}


def shown(tmp_path, **patterns):
    file = tmp_path / "x.png"
    file.write_bytes(b"picture")
    things = [
        {"ref": ref, "category": "shirt", "pattern": pattern, "picture": str(file)}
        for ref, pattern in patterns.items()
    ]
    return {"shown": things}


def test_shown_things_are_looked_at_only_where_the_words_need_it(tmp_path):
    looks = []

    def see(data):
        looks.append(data)
        return SEEN

    context = shown(tmp_path, A=None, B="floral")
    plain = Round.model_validate({"text": "the cheaper one", "context": context})
    assert with_patterns(plain, see, LEXICON) is plain
    asked = Round.model_validate({"text": "the one with the stripes", "context": context})
    patterns = [thing.pattern for thing in with_patterns(asked, see, LEXICON).context.shown]
    assert patterns == ["striped", "floral"]
    assert looks == [b"picture"]


@pytest.mark.parametrize(
    ("shares", "fits"),
    [
        ((0.4, 0.3, 0.01), ["A"]),
        ((0.02, 0.3, 0.01), ["B"]),
        ((0.9, 0.8, 0.01), ["A", "B"]),
        ((0.999, 0.6, 0.01), ["A"]),
        ((0.0, 0.0, 0.0), []),
    ],
)
def test_shown_things_are_told_from_each_other_by_how_likely_each_has_the_pattern(
    tmp_path, shares, fits
):
    found = iter(shares)

    def see(data):
        share = next(found)
        patterns = {"striped": share, "plain": 1 - share}
        return Seen("shirt", "blue", max(patterns, key=patterns.get), patterns)

    round_ = Round.model_validate(
        {"text": "more like the striped one", "context": shown(tmp_path, A=None, B=None, C=None)}
    )
    looked = with_patterns(round_, see, LEXICON).context.shown
    assert [thing.ref for thing in looked if thing.pattern == "striped"] == fits
    assert all(thing.pattern in ("striped", "plain") for thing in looked)


@pytest.mark.parametrize(
    ("text", "ref"),
    [("the one with the stripes", "A"), ("the striped one in red", "A"), ("the plain one", "C"),
     ("the one with flowers", "B")],
)  # fmt: skip
def test_a_pattern_points_at_the_thing_that_has_it(tmp_path, text, ref):
    context = shown(tmp_path, A="striped", B="floral", C="plain")
    round_ = Round.model_validate({"text": text, "context": context})
    assert Pointing(text, round_, LEXICON).pointed().refs == (ref,)


def test_a_picture_travels_as_a_standard_content_block():
    message = messages_of(Round(text="one like this"), LEXICON, picture=b"\x89PNG...")[-1]
    assert pictures_of(message) == [b"\x89PNG..."]
    assert message.content[0]["mime_type"] == "image/png"


def test_pictures_come_as_data_urls_too_but_are_never_fetched():
    url = "data:image/png;base64," + base64.b64encode(b"abc").decode()
    block = {"type": "image_url", "image_url": {"url": url}}
    assert pictures_of(HumanMessage([block])) == [b"abc"]
    with pytest.raises(InputError, match="not as an address"):
        pictures_of(HumanMessage([{"type": "image_url", "image_url": "https://x/y.png"}]))


def test_a_picture_that_is_not_there_is_one_clear_line():
    with pytest.raises(InputError, match="can't be read"):
        read_picture("nowhere.jpg")


def test_a_picture_that_can_t_be_read_is_said_and_the_words_decide(caplog):
    class Sighted(ScriptedPlanner):
        capabilities: Capabilities = Capabilities(pictures=True)

    script = {"red dresses": [{"tool": "search", "args": {"category": "dress", "color": "red"}}]}
    planner = Planner(Sighted(script=script), LEXICON)
    decision = planner.decide(Round(text="red dresses", picture="nowhere/me.jpg"))
    assert decision.calls[0].args["category"] == "dress"
    assert "decided by the words alone" in caplog.text
