import json

import pytest
import torch

from fashionm3.agent.bound_tools import bound_tools
from fashionm3.agent.tool_matcher import Bounds, ToolMatcher, tool_text
from fashionm3.errors import EngineError
from fashionm3.training.tool_matcher import MatcherRecipe, MatcherTrainer
from fashionm3.weights.base import base_path


def _there() -> bool:
    try:
        base_path("minilm")
    except EngineError:
        return False
    return True


pytestmark = pytest.mark.skipif(not _there(), reason="minilm is not fetched")


def tool(name: str, description: str, **choices: list[str]) -> dict:
    properties = {key: {"type": "string", "enum": values} for key, values in choices.items()}
    parameters = {"type": "object", "properties": properties}
    function = {"name": name, "description": description, "parameters": parameters}
    return {"type": "function", "function": function}


TOOLS = bound_tools(
    [
        tool("order_status", "Tells where an order is.", carrier=["post", "bike"]),
        tool("loyaltyPoints", "Tells how many points the shopper has."),
    ]
)


def test_a_tool_is_read_with_its_arguments_and_choices():
    assert tool_text(TOOLS[0]) == "order status: Tells where an order is. carrier (post, bike)"


@pytest.mark.filterwarnings("ignore:.*is_gradient_checkpointing:FutureWarning")
def test_what_was_trained_is_what_is_loaded(tmp_path):
    trainer = MatcherTrainer(MatcherRecipe(steps=2, tools=3, foreign=1, ours=2, n_ours=9, rank=2))
    losses = []
    trainer.train(lambda step, loss: losses.append((step, loss)))
    assert [step for step, _ in losses] == [1, 2]
    measured = trainer.measure(Bounds(), n=4)
    assert 0 <= measured.taken <= measured.picked <= 1
    trainer.export(tmp_path, Bounds(take=0.4, leave=0.1), n=4)
    matcher = ToolMatcher.load(tmp_path)
    assert matcher.bounds == Bounds(take=0.4, leave=0.1)
    said = "where is my order"
    match = matcher.match(said, TOOLS)
    with torch.inference_mode():
        told = trainer._encoder.read([tool_text(tool) for tool in TOOLS])
        shares = trainer._encoder.scores(trainer._encoder.read([said]), told)[0].softmax(0)
    assert match.best.name == "order_status"
    assert match.share == pytest.approx(float(shares[1]), abs=0.02)
    assert match.any == pytest.approx(1 - float(shares[0]), abs=0.02)
    assert json.loads((tmp_path / "card.json").read_text())["recipe"]["steps"] == 2
    assert "base_model_name_or_path" in (tmp_path / "adapter_config.json").read_text()


def test_a_folder_without_weights_is_an_error(tmp_path):
    with pytest.raises(EngineError, match="tool matcher's weights can't be loaded"):
        ToolMatcher.load(tmp_path)
