"""Two shoppers over one assistant: nothing of the one reaches the other's prompts or answers."""

import base64
import hashlib
import io
import json

import pytest
from agent.small_model import small_model, small_tokenizer
from PIL import Image
from shops import LEXICON
from talks import assistant, call

from fashionm3.agent.capabilities import Capabilities
from fashionm3.agent.chat import ChatVLM
from fashionm3.agent.decoder import Decoder
from fashionm3.testing import ScriptedPlanner

CANARIES = ("zebrafish", "qwertz")
FIRST = (
    ("I like zebrafish", {}),
    ("I own a qwertz cape", {}),
    ("shoes like this", {"pictures": True}),
    ("what goes with my qwertz cape", {}),
    ("other shoes, white", {}),
    ("thank you", {}),
)
SECOND = (
    "shoes please",
    "a look for the office",
    "other shoes, black",
    "what do you know about me",
    "what goes with my cape",
    "show me the picture again",
)
SCRIPT = {
    "I like zebrafish": [call("reply", kind="other", note=["likes zebrafish"])],
    "I own a qwertz cape": [call("reply", kind="other", note=["owns qwertz cape"])],
    "shoes like this": [call("search", category="shoes")],
    "what goes with my qwertz cape": [call("outfit", anchor="qwertz cape", gender="men")],
    "other shoes, white": [call("swap", target="shoes", color="white")],
    "thank you": [call("reply", kind="thanks")],
    "shoes please": [call("search", category="shoes")],
    "a look for the office": [call("outfit", occasion="office", gender="men")],
    "other shoes, black": [call("swap", target="shoes", color="black")],
    "what do you know about me": [call("reply", kind="other")],
    "what goes with my cape": [call("outfit", anchor="cape", gender="men")],
    "show me the picture again": [call("search", like="P1")],
}


class Recording(ScriptedPlanner):
    """Says what the script holds and keeps every prompt."""

    asked: list = []
    capabilities: Capabilities = Capabilities(pictures=True)

    def _generate(self, messages, stop=None, run_manager=None, **kwargs):
        self.asked.append(json.dumps([m.model_dump(mode="json") for m in messages]))
        return super()._generate(messages)


@pytest.fixture(scope="module")
def picture():
    file = io.BytesIO()
    Image.linear_gradient("L").resize((48, 64)).convert("RGB").save(file, "PNG")
    return file.getvalue()


def both(talk, asked, picture):
    """Lets both speak in turn; returns what each was shown and what each prompt held."""
    shown = {"anna": [], "ben": []}
    prompts = {"anna": [], "ben": []}
    for (words, options), other in zip(FIRST, SECOND, strict=True):
        pictures = [picture] if options else []
        for user, said, sent in (("anna", words, pictures), ("ben", other, [])):
            before = len(asked)
            events = talk.stream(said, user, pictures=sent, user=user)
            shown[user] += [event.model_dump_json() for event in events]
            prompts[user] += asked[before:]
    return shown, prompts


def leaks(texts, picture):
    """Returns the marks of the first shopper that stand in texts."""
    image = Image.open(io.BytesIO(picture))
    written = io.BytesIO()
    image.save(written, "PNG")
    coded = [base64.b64encode(data).decode() for data in (picture, written.getvalue())]
    marks = (*CANARIES, hashlib.sha256(picture).hexdigest(), *(code[40:100] for code in coded))
    return [mark for mark in marks if any(mark in text for text in texts)]


@pytest.fixture(scope="module")
def talked(tmp_path_factory, picture):
    model = Recording(script=SCRIPT, asked=[])
    talk = assistant(tmp_path_factory.mktemp("two"), model=model)
    return talk, *both(talk, model.asked, picture)


def test_the_marks_of_the_first_shopper_are_found_where_they_belong(talked, picture):
    talk, shown, prompts = talked
    assert set(CANARIES) <= set(leaks(prompts["anna"], picture))
    assert len(leaks(prompts["anna"], picture)) > len(CANARIES)
    assert set(CANARIES) <= set(leaks(shown["anna"], picture))
    assert "zebrafish" in talk.constraints("anna").likes


def test_no_prompt_of_the_second_shopper_holds_anything_of_the_first(talked, picture):
    _, _, prompts = talked
    assert len(prompts["ben"]) == len(SECOND)
    assert leaks(prompts["ben"], picture) == []


def test_no_event_card_or_reply_of_the_second_shopper_holds_anything_of_the_first(talked, picture):
    talk, shown, _ = talked
    answers = [answer.model_dump_json() for answer in talk.rounds("ben")]
    assert len(answers) == len(SECOND)
    assert leaks([*shown["ben"], *answers], picture) == []


def test_the_second_shoppers_thread_holds_nothing_of_the_first(talked, picture):
    talk, _, _ = talked
    state = talk._graph.get_state({"configurable": {"thread_id": "ben"}}).values
    assert leaks([json.dumps(state)], picture) == []
    assert talk.constraints("ben").likes == ()


def test_the_second_shopper_is_answered_as_if_nobody_else_were_there(talked, tmp_path):
    talk, _, _ = talked
    alone = assistant(tmp_path, script=SCRIPT)
    for words in SECOND:
        alone.say(words, "ben", user="ben")
    assert alone.rounds("ben") == talk.rounds("ben")


def small_chat():
    tokenizer = small_tokenizer()
    model = small_model(len(tokenizer))
    seen = Capabilities(constrained=True, cancels=True)
    return ChatVLM(decoder=Decoder(model, tokenizer), lexicon=LEXICON, capabilities=seen)


def test_a_decoder_gives_the_second_shopper_nothing_that_it_keeps_of_the_first(
    tmp_path, picture, monkeypatch
):
    together, alone = small_chat(), small_chat()
    read, found = [], []
    start, find = together.decoder.start, together.decoder.kept.find
    monkeypatch.setattr(
        together.decoder, "start", lambda *given: (read.append(given), start(*given))[1]
    )
    monkeypatch.setattr(
        together.decoder.kept, "find", lambda chain: (found.append(find(chain)), found[-1])[1]
    )
    talk = assistant(tmp_path / "two", model=together)
    single = assistant(tmp_path / "one", model=alone)
    for (words, _), other in list(zip(FIRST, SECOND, strict=True))[:3]:
        talk.say(words, "anna", user="anna")
        before, n_found = len(read), len(found)
        answer = talk.say(other, "ben", user="ben")
        assert leaks([str(given) for given in read[before:]], picture) == []
        assert all(len(parts) <= answer.round for parts in found[n_found:])
        assert answer == single.say(other, "ben", user="ben")
    assert leaks([str(given) for given in read], picture)
    assert not together.decoder._seen
