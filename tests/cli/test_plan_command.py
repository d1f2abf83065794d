import json

import pytest
from typer.testing import CliRunner

from fashionm3.cli.main import app

SCRIPT = {
    "hats": [{"tool": "search", "args": {"category": "hat"}}],
    "hats and also some coats": [
        {"tool": "search", "args": {"category": "hat"}, "more": True},
        {"tool": "search", "args": {"category": "outerwear"}},
    ],
}


@pytest.fixture
def settings(tmp_path):
    (tmp_path / "script.json").write_text(json.dumps(SCRIPT))
    file = tmp_path / "settings.toml"
    file.write_text(
        f'[planner]\nname = "scripted"\noptions = {{script = "{tmp_path / "script.json"}"}}\n'
    )
    return file


def run(settings, *words, stdin=""):
    command = [*words, "--config", str(settings)]
    return CliRunner().invoke(app, command, input=stdin, catch_exceptions=False)


def test_a_decision_comes_out_for_each_line_in_its_order(settings):
    lines = [{"text": "hats"}, {"text": "hats and also some coats", "context": None}]
    done = run(settings, "plan", "--jsonl", stdin="".join(json.dumps(x) + "\n" for x in lines))
    first, second = map(json.loads, done.stdout.splitlines())
    assert done.exit_code == 0
    assert first["ms"] >= 0
    assert {**first, "ms": 0} == {
        "tool": "search", "args": {"category": "hat"}, "more": False, "ms": 0,
    }  # fmt: skip
    assert second["more"] is True


def test_what_is_done_is_not_decided_again(settings):
    line = {
        "text": "hats and also some coats",
        "done": [{"tool": "search", "args": {"category": "hat"}}],
    }
    done = run(settings, "plan", "--jsonl", stdin=json.dumps(line) + "\n")
    assert json.loads(done.stdout)["args"]["category"] == "outerwear"


@pytest.mark.parametrize(
    "bad", ["{", "[]", '{"context": {}}', '{"text": 3}', "", "null", "[" * 5000, "\xff\x00"]
)
def test_a_bad_line_gives_an_error_in_its_place_and_the_rest_is_decided(settings, bad):
    done = run(
        settings, "plan", "--jsonl", stdin=f'{{"text": "hats"}}\n{bad}\n{{"text": "hats"}}\n'
    )
    first, second, third = map(json.loads, done.stdout.splitlines())
    assert done.exit_code == 1
    assert second.keys() == {"error"}
    assert second["error"].startswith("line 2: ")
    assert "\n" not in second["error"]
    assert first["tool"] == third["tool"] == "search"


def test_no_lines_are_no_error(settings):
    done = run(settings, "plan", "--jsonl")
    assert (done.exit_code, done.stdout) == (0, "")


def test_without_jsonl_the_command_says_what_it_reads(settings):
    done = run(settings, "plan")
    assert done.exit_code == 1
    assert "add --jsonl" in done.stderr


def test_eval_scores_what_the_planner_says(settings, tmp_path):
    cases = [
        {"text": "hats", "tags": ["short"],
         "expect": {"tool": "search", "args": {"category": "hat"}}},
        {"text": "hello", "tags": ["short"], "expect": {"tool": "ask", "args": {}}},
    ]  # fmt: skip
    file = tmp_path / "cases.jsonl"
    file.write_text("".join(json.dumps(case) + "\n" for case in cases))
    wrong = tmp_path / "wrong.jsonl"
    done = run(settings, "eval", "planner", str(file), "--json", "--errors", str(wrong))
    report = json.loads(done.stdout)
    assert report["total"]["tool_accuracy"] == 0.5
    assert report["confusion"] == {"ask": {"reply": 1}, "search": {"search": 1}}
    assert json.loads(wrong.read_text())["text"] == "hello"
    shown = run(settings, "eval", "planner", str(file))
    assert "tool accuracy" in shown.stdout
    assert "expected / said" in shown.stdout


def test_a_file_without_expectations_is_named_with_its_line(settings, tmp_path):
    file = tmp_path / "cases.jsonl"
    file.write_text('{"text": "hats"}\n')
    done = run(settings, "eval", "planner", str(file))
    assert done.exit_code == 1
    assert "line 1: expected an expect with a tool" in done.stderr
