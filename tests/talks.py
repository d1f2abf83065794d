"""A scripted conversation over the shop in memory, for the tests of the graph."""

from pathlib import Path

from shops import LEXICON, runner, shop

from fashionm3.agent.planner import Planner
from fashionm3.assistant import Assistant
from fashionm3.config import Settings, ThreadSettings, ToolSettings
from fashionm3.graphs.parts import Parts
from fashionm3.graphs.saver import open_saver
from fashionm3.testing import ScriptedPlanner


def call(tool, *, more=False, note=(), **args):
    """One decision of a script."""
    return {"tool": tool, "args": args, "more": more, "note": list(note)}


SCRIPT = {
    "shoes please": [call("search", category="shoes")],
    "brown shoes please": [call("search", category="shoes", color="brown")],
    "a look for the office": [call("outfit", occasion="office", gender="men")],
    "other shoes, white": [call("swap", target="shoes", color="white")],
    "put item B in instead of the shoes": [call("swap", target="shoes", **{"with": "B"})],
    "other shoes, then some hats": [
        call("swap", target="shoes", more=True),
        call("search", category="hat"),
    ],
    "swap Z": [call("swap", target="Z")],
    "go with L2": [call("outfit", look="L2")],
    "tell me about A": [call("reply", kind="about_item", about="A")],
    "how do I wash A": [call("reply", kind="care", about="A")],
    "draw me a hat": [call("design", category="hat")],
    "I never wear leather": [call("reply", kind="other", note=["dislikes leather"])],
    "leather is fine again": [call("reply", kind="other", note=["forget leather"])],
    "never more than 100": [call("reply", kind="other", note=["budget 100"])],
    "purple dresses": [call("search", category="dress", color="purple")],
    "a coat under 5": [call("search", category="outerwear", price_max=5)],
    "thank you": [call("reply", kind="thanks")],
    "that one": [call("ask")],
    "break it": [call("broken", day="Monday"), call("search", category="hat")],
    "two at once": [call("search", category="hat")],
}


def assistant(folder: Path, script=None, model=None, extra=(), when_busy="reject", timeout=30.0):
    """An assistant over the shop in memory whose planner speaks a script."""
    of = shop()
    tools = ToolSettings(timeout=timeout)
    settings = Settings(threads=ThreadSettings(when_busy=when_busy), tools=tools)
    planner = Planner(model or ScriptedPlanner(script=script or SCRIPT), LEXICON)
    parts = Parts(planner=planner, runner=runner(of, tools, extra), shop=of, settings=settings)
    return Assistant(parts, open_saver(folder / "threads.sqlite"), folder / "locks")
