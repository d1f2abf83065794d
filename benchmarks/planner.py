"""Measures decisions of the planner against plain `generate` of the same model.

Both read the same rounds in the same written form on the same threads: one held to the grammar and
with the head kept, the other with transformers' own greedy loop and no grammar. Loading and two
decisions to warm up are not counted.

Usage: python benchmarks/planner.py [--rounds suites/planner/dev.jsonl] [-n 100] [--threads 1]
       [--adapter FOLDER] [--plain bf16] [--json out.json]
"""

import argparse
import json
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import torch
from langchain_core.messages import AIMessage

from fashionm3.agent.chat import ChatVLM
from fashionm3.agent.form import history_lines, prefix, question_lines, read
from fashionm3.agent.language_model import merged
from fashionm3.agent.messages import messages_of
from fashionm3.agent.numbers import digits
from fashionm3.agent.planner import Planner
from fashionm3.agent.round import Round
from fashionm3.errors import PlanError
from fashionm3.index.lexicon import Lexicon
from fashionm3.weights.base import base_path
from fashionm3.weights.trained import trained_path

Said = tuple[str, int]
"""A decision as JSON (or what could not be read), and how many tokens it took."""


def constrained(chat: ChatVLM, lexicon: Lexicon) -> Callable[[Round], Said]:
    """Returns how the product decides, without the code parts around the model."""
    model = Planner(chat, lexicon)._model

    def decide(round_: Round) -> Said:
        message = model.invoke(messages_of(round_, lexicon, digits(round_.text)))
        assert isinstance(message, AIMessage)
        assert message.usage_metadata is not None
        call = message.tool_calls[0]
        return _key(call["name"], call["args"]), message.usage_metadata["output_tokens"]

    return decide


def plain(adapter: Path, dtype: str, lexicon: Lexicon) -> Callable[[Round], Said]:
    """Returns transformers' `generate`, stopped at the line's end."""
    from transformers import AutoTokenizer

    folder = base_path("smollm2")
    tokenizer = AutoTokenizer.from_pretrained(folder)
    model = merged(folder, adapter).to(
        getattr(torch, {"bf16": "bfloat16", "fp32": "float32"}[dtype])
    )
    (line_end,) = tokenizer.encode("\n", add_special_tokens=False)

    def decide(round_: Round) -> Said:
        text = history_lines(round_) + question_lines(round_, lexicon, digits(round_.text))
        ids = [tokenizer.bos_token_id, *tokenizer.encode(prefix() + text, add_special_tokens=False)]
        out = model.generate(
            torch.tensor([ids]),
            attention_mask=torch.ones(1, len(ids), dtype=torch.long),
            max_new_tokens=96,
            do_sample=False,
            eos_token_id=line_end,
            pad_token_id=tokenizer.pad_token_id,
        )[0, len(ids) :]
        line = tokenizer.decode(out, skip_special_tokens=True)
        try:
            call, note, more = read(line)
        except PlanError:
            return f"unreadable: {line.strip()}", len(out)
        args = {**call.args, **({"note": list(note)} if note else {})}
        return _key(call.tool, {**args, **({"more": True} if more else {})}), len(out)

    return decide


def _key(tool: str, args: dict[str, Any]) -> str:
    return f"{tool} {json.dumps(args, sort_keys=True, ensure_ascii=False)}"


def measure(
    decide: Callable[[Round], Said], rounds: list[Round]
) -> tuple[dict[str, Any], list[str]]:
    """Returns times in milliseconds, rates, and the decisions."""
    for round_ in rounds[:2]:
        decide(round_)
    times, tokens, decisions = [], 0, []
    for round_ in rounds:
        started = time.perf_counter()
        decision, n_tokens = decide(round_)
        times.append((time.perf_counter() - started) * 1000)
        tokens += n_tokens
        decisions.append(decision)
    ordered = sorted(times)
    figures = {
        "p50_ms": round(ordered[len(ordered) // 2]),
        "p95_ms": round(ordered[int(len(ordered) * 0.95)]),
        "tokens_per_second": round(tokens / sum(times) * 1000, 1),
        "tokens_per_decision": round(tokens / len(rounds), 1),
        "unreadable": sum(decision.startswith("unreadable") for decision in decisions),
    }
    return figures, decisions


def main() -> None:
    """Measures and prints a Markdown table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=Path, default=Path("suites/planner/dev.jsonl"))
    parser.add_argument("-n", type=int, default=100, help="rounds, the first ones")
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--adapter", type=Path, help="folder of the adapter; the trained one")
    parser.add_argument("--precision", nargs="+", default=["int8", "bf16"])
    parser.add_argument("--plain", default="bf16", choices=["bf16", "fp32", "none"])
    parser.add_argument("--json", type=Path)
    options = parser.parse_args()
    adapter = options.adapter or trained_path("planner")
    lines = options.rounds.read_text(encoding="utf-8").splitlines()[: options.n]
    rounds, lexicon = [Round.parse_line(line) for line in lines], Lexicon.load()
    torch.set_num_threads(options.threads)
    makers: dict[str, Callable[[], Callable[[Round], Said]]] = {}
    if options.plain != "none":
        makers[f"generate, {options.plain}"] = lambda: plain(adapter, options.plain, lexicon)
    for precision in options.precision:
        makers[f"ChatVLM, {precision}"] = lambda p=precision: constrained(
            ChatVLM.load(adapter, threads=options.threads, precision=p), lexicon
        )
    report, said = {}, {}
    for name, make in makers.items():
        report[name], said[name] = measure(make(), rounds)
    first = next(iter(said))
    print(f"{len(rounds)} rounds, {options.threads} thread(s)\n")
    print(f"| | p50 ms | p95 ms | tokens/s | tokens a decision | unreadable | same as {first} |")
    print("|---|---|---|---|---|---|---|")
    for name, row in report.items():
        same = sum(a == b for a, b in zip(said[name], said[first], strict=True)) / len(rounds)
        row["same_as_first"] = round(same, 3)
        print(f"| {name} | " + " | ".join(str(value) for value in row.values()) + " |")
    if options.json is not None:
        data = {"n": len(rounds), "threads": options.threads, "report": report}
        options.json.write_text(json.dumps(data, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
