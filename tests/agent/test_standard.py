"""LangChain's own standard tests of a chat model, on the planner's real weights."""

import base64
import io

import httpx
import pytest
from langchain_core.messages import AIMessage, HumanMessage, ToolMessage
from langchain_core.tools import tool
from langchain_tests.integration_tests import ChatModelIntegrationTests
from langchain_tests.unit_tests import ChatModelUnitTests
from PIL import Image, ImageDraw
from pydantic import BaseModel, ValidationError

from fashionm3.actions import ACTIONS
from fashionm3.agent.chat import ChatVLM
from fashionm3.errors import EngineError, UsageError
from fashionm3.weights.base import base_path


def _weights_are_there() -> bool:
    try:
        base_path("smollm2")
    except EngineError:
        return False
    return True


pytestmark = [
    pytest.mark.skipif(not _weights_are_there(), reason="smollm2 is not fetched"),
    pytest.mark.filterwarnings("ignore:.*is_gradient_checkpointing:FutureWarning"),
]
ACTION_TOOLS = list(ACTIONS.values())


def drawn() -> bytes:
    """A red dress on white, as a PNG."""
    image = Image.new("RGB", (260, 260), "white")
    shape = [(105, 20), (155, 20), (160, 110), (205, 240), (55, 240), (100, 110)]
    ImageDraw.Draw(image).polygon(shape, fill=(200, 20, 30))
    file = io.BytesIO()
    image.save(file, "PNG")
    return file.getvalue()


def picture() -> dict[str, str]:
    coded = base64.b64encode(drawn()).decode("ascii")
    return {"type": "image", "base64": coded, "mime_type": "image/png"}


class TestUnits(ChatModelUnitTests):
    @property
    def chat_model_class(self):
        return ChatVLM

    @property
    def chat_model_params(self):
        return {"threads": 1}


class TestIntegration(ChatModelIntegrationTests):
    @pytest.fixture(autouse=True)
    def _drawn_pictures(self, monkeypatch):
        """Gives the tests a picture drawn here instead of one from the network."""
        answer = httpx.Response(200, content=drawn())
        monkeypatch.setattr(httpx, "get", lambda url, **_: answer)

    @property
    def chat_model_class(self):
        return ChatVLM

    @property
    def chat_model_params(self):
        return {"threads": 1}

    @property
    def supports_image_inputs(self):
        return True

    @property
    def supports_image_tool_message(self):
        return True

    @property
    def supports_anthropic_inputs(self):
        return True

    @property
    def supports_json_mode(self):
        return True

    @property
    def supports_model_override(self):
        return False


@pytest.fixture(scope="module")
def chat() -> ChatVLM:
    return ChatVLM(threads=1)


@tool
def camera(subject: str = "") -> str:
    """Take a picture."""
    return subject


def test_constructing_and_loading_share_the_weights(chat):
    assert ChatVLM.load(threads=1).decoder is chat.decoder
    assert ChatVLM(threads=1, model="mine").decoder is chat.decoder


def test_models_that_decide_differently_are_cached_apart(chat):
    keys = {chat._get_llm_string(), ChatVLM(threads=1, stop=["x"])._get_llm_string()}
    assert len(keys) == 2
    assert chat._get_llm_string() == ChatVLM(threads=1)._get_llm_string()


def test_what_would_have_no_effect_is_refused(chat):
    with pytest.raises(ValidationError, match="decisions are greedy"):
        ChatVLM(threads=1, temperature=0.7)
    with pytest.raises(UsageError, match=r"temperature 0\.7"):
        chat.invoke("hello", temperature=0.7)
    with pytest.raises(UsageError, match="this is 'fashionm3-nano'"):
        chat.invoke("hello", model="other")


def test_a_stop_sequence_ends_the_text_said_at_once_and_streamed(chat):
    whole = chat.invoke("black shoes").text
    assert "color" in whole
    cut = whole[: whole.index("color")]
    assert chat.invoke("black shoes", stop=["color"]).text == cut
    assert "".join(chunk.text for chunk in chat.stream("black shoes", stop=["color"])) == cut


def test_a_stop_sequence_leaves_calls_whole(chat):
    bound = chat.bind_tools(ACTION_TOOLS)
    free, stopped = bound.invoke("black shoes"), bound.invoke("black shoes", stop=["color"])
    assert stopped.tool_calls[0]["args"] == free.tool_calls[0]["args"]


def test_with_the_choice_of_no_tool_the_decision_is_text(chat):
    message = chat.bind_tools(ACTION_TOOLS, tool_choice="none").invoke("black shoes")
    assert message.text.startswith("search")
    assert not message.tool_calls


def test_structured_output_is_given_with_its_message(chat):
    class Wish(BaseModel):
        """What the shopper wants."""

        color: str
        count: int

    answer = chat.with_structured_output(Wish, include_raw=True).invoke("two black shoes")
    assert answer["parsing_error"] is None
    assert answer["parsed"] == Wish(**answer["raw"].tool_calls[0]["args"])


def taken(*blocks: object) -> list:
    call = {"name": "camera", "args": {"subject": "a dress"}, "id": "1"}
    result = ToolMessage(list(blocks), tool_call_id="1")
    return [HumanMessage("take a picture"), AIMessage("", tool_calls=[call]), result]


def test_a_tools_picture_is_looked_at_and_described(chat):
    message = chat.bind_tools([camera]).invoke(taken({"type": "text", "text": "done"}, picture()))
    assert message.text == "done\nred dress"
    assert message.usage_metadata["output_tokens"] > 0


def test_words_refer_to_the_picture_that_a_tool_returned(chat):
    bound = chat.bind_tools([*ACTION_TOOLS, camera])
    seen = [*taken(picture()), AIMessage("red dress"), HumanMessage("a skirt in that colour")]
    unseen = [*taken(), AIMessage("done"), HumanMessage("a skirt in that colour")]
    assert bound.invoke(seen).tool_calls[0]["args"] == {"category": "skirt", "color": "red"}
    assert bound.invoke(unseen).tool_calls[0]["args"].get("color") != "red"


def test_a_decision_that_wants_more_goes_on_after_a_tools_picture(chat):
    messages = taken(picture())
    messages[1].tool_calls[0]["args"]["more"] = True
    assert chat.bind_tools(ACTION_TOOLS).invoke(messages).tool_calls
