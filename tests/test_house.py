"""The house: quick imports, few public names, rooms that only depend downwards."""

import json
import subprocess
import sys

import fashionm3

HEAVY = ("torch", "faiss", "transformers", "open_clip", "langgraph", "langchain_core", "pydantic")


def _fresh(code: str) -> str:
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return done.stdout


def test_import_loads_nothing_heavy():
    loaded = f"[m for m in {HEAVY!r} if m in sys.modules]"
    code = f"import sys, json, fashionm3; print(json.dumps({loaded}))"
    assert json.loads(_fresh(code)) == []


def test_help_of_the_command_line_loads_no_model_library():
    code = (
        "import sys, json\n"
        "from fashionm3.cli.main import app\n"
        "print(json.dumps([m for m in ('torch', 'faiss', 'transformers') if m in sys.modules]))"
    )
    assert json.loads(_fresh(code)) == []


def test_public_names_are_pinned():
    assert sorted(fashionm3.__all__) == [
        "Answer",
        "Assistant",
        "Card",
        "Catalog",
        "Constraints",
        "EngineError",
        "Event",
        "FashionM3Error",
        "FashionTool",
        "ImageRef",
        "InputError",
        "Item",
        "Look",
        "Observation",
        "Settings",
        "ToolError",
        "UsageError",
        "__version__",
    ]
    assert len(fashionm3.__all__) <= 20


def test_every_public_name_resolves():
    for name in fashionm3.__all__:
        assert getattr(fashionm3, name) is not None
    assert set(fashionm3.__all__) == set(dir(fashionm3))


def test_an_unknown_name_is_an_attribute_error():
    assert not hasattr(fashionm3, "Fashion")
