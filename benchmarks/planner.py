"""Measures decisions of the planner against plain `generate` of the same model.

Both read the same rounds in the same written form on the same threads: one held to the grammar and
with the head kept, the other with transformers' own greedy loop and no grammar. Loading and two
decisions to warm up are not counted.

Two costs are measured apart, in CPU time of the deciding thread, so that a busy machine changes
them little: a late round of a talk with and without its earlier rounds kept, and the grammar's
share of a token.

Usage: python benchmarks/planner.py [--rounds suites/planner/dev.jsonl] [-n 100] [--threads 1]
       [--adapter FOLDER] [--plain bf16] [--talks 4] [--json out.json]
"""

import argparse
import json
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import torch
from langchain_core.messages import AIMessage
from numpy.typing import NDArray

from fashionm3.agent.chat import ChatVLM
from fashionm3.agent.choice import seven
from fashionm3.agent.decoder import Decoder
from fashionm3.agent.form import history_lines, prefix, question_lines, read
from fashionm3.agent.grammar import Things, Words, line_pattern
from fashionm3.agent.language_model import merged
from fashionm3.agent.messages import messages_of
from fashionm3.agent.numbers import digits
from fashionm3.agent.planner import Planner
from fashionm3.agent.round import Call, Past, Round
from fashionm3.agent.saying import Saying
from fashionm3.cpu import quick_format
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


class Timed(Decoder):
    """A decoder that adds up the CPU seconds of its parts, after each decision's first token."""

    compiling = reading = whole = 0.0
    steps = decisions = 0

    def say(self, round_: Round, lexicon: Lexicon) -> tuple[float, float]:
        """Decides; returns CPU seconds up to the first token, and of the whole decision."""
        words = Words(tuple(lexicon.categories()), tuple(lexicon.values("color")))
        text = history_lines(round_) + question_lines(round_, lexicon, digits(round_.text))
        started = time.thread_time()
        pattern = line_pattern(seven(), words, Things.of(round_))
        saying = self.start(prefix(), text, pattern)
        self.compiling += time.thread_time() - started
        self.advance(saying)
        first = time.thread_time()
        while not saying.ended:
            self.advance(saying)
            self.steps += 1
        self.whole += time.thread_time() - first
        self.decisions += 1
        return first - started, time.thread_time() - started

    def _logits(self, saying: Saying) -> NDArray[np.float32]:
        started = time.thread_time()
        logits = super()._logits(saying)
        if saying.tokens:
            self.reading += time.thread_time() - started
        return logits


def talks(rounds: list[Round], lines: list[str], n: int, length: int) -> list[list[Round]]:
    """Makes talks: each round has those before it as history, as they should be decided."""
    expected = [json.loads(line)["expect"] for line in lines]
    made = []
    for first in range(0, n * length, length):
        chosen = range(first, first + length)
        past = [
            Past(user=rounds[k].text, decision=Call(tool=e["tool"], args=e["args"]))
            for k, e in ((k, expected[k]) for k in chosen)
        ]
        made.append(
            [rounds[k].model_copy(update={"history": tuple(past[: k - first])}) for k in chosen]
        )
    return made


def costs(chat: ChatVLM, lexicon: Lexicon, made: list[list[Round]]) -> dict[str, Any]:
    """Returns what the 10th round and the grammar cost."""
    decoder = chat.decoder
    loaded = (decoder._model, decoder._tokenizer, decoder._heads)
    kept, plain = Timed(*loaded), Timed(*loaded, kept_bytes=0)
    plain.say(made[0][0], lexicon)
    spent: dict[str, list[tuple[float, float]]] = {}
    for talk in made:
        # The 10th to the 12th round are one period of the window over earlier rounds.
        for n, round_ in enumerate(talk[8:12], 9):
            for name, timed in (("kept", kept), ("read again", plain)):
                if n > 9 or timed is kept:
                    spent.setdefault(f"{name} {n}", []).append(timed.say(round_, lexicon))
    row: dict[str, Any] = {}
    for name, numbers in (("round 10", (10,)), ("rounds 10 to 12", (10, 11, 12))):
        for part, label in ((0, "to the first token"), (1, "whole decision")):
            one, other = (
                sum(pair[part] for n in numbers for pair in spent[f"{way} {n}"])
                for way in ("kept", "read again")
            )
            n_said = len(numbers) * len(made)
            row[f"{name}, {label}"] = {
                "kept_ms": round(one / n_said * 1000, 1),
                "read_again_ms": round(other / n_said * 1000, 1),
                "share": round(one / other, 3),
            }
    both = (kept, plain)
    whole, model = sum(t.whole for t in both), sum(t.reading for t in both)
    steps, n_said = sum(t.steps for t in both), sum(t.decisions for t in both)
    row["grammar"] = {
        "ms_a_token": round((whole - model) / steps * 1000, 3),
        "token_ms": round(whole / steps * 1000, 2),
        "share": round((whole - model) / whole, 4),
        "start_ms_a_decision": round(sum(t.compiling for t in both) / n_said * 1000, 2),
    }
    return row


def show(name: str, row: dict[str, Any]) -> None:
    """Prints the costs as Markdown."""
    print(f"\n{name}, CPU ms of the deciding thread\n")
    print("| | earlier rounds kept | read again | share |\n|---|---|---|---|")
    for label, figures in row.items():
        if label != "grammar":
            print(f"| {label} | " + " | ".join(str(value) for value in figures.values()) + " |")
    grammar = row["grammar"]
    print(
        f"\nGrammar: {grammar['ms_a_token']} ms of {grammar['token_ms']} ms a token "
        f"({grammar['share']:.1%}); {grammar['start_ms_a_decision']} ms to begin a decision"
    )


def main() -> None:
    """Measures and prints Markdown tables."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=Path, default=Path("suites/planner/dev.jsonl"))
    parser.add_argument("-n", type=int, default=100, help="rounds, the first ones")
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--adapter", type=Path, help="folder of the adapter; the trained one")
    parser.add_argument("--precision", nargs="+", default=["int8", "auto"])
    parser.add_argument("--plain", default=quick_format(), choices=["bf16", "fp32", "none"])
    parser.add_argument("--talks", type=int, default=4, help="talks of 12 rounds; 0 for none")
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
    made = talks(rounds, lines, min(options.talks, len(rounds) // 12), 12)
    late = {}
    for precision in options.precision if made else []:
        chat = ChatVLM.load(adapter, threads=options.threads, precision=precision)
        late[precision] = costs(chat, lexicon, made)
        show(f"ChatVLM, {precision}", late[precision])
    if options.json is not None:
        data = {"n": len(rounds), "threads": options.threads, "report": report, "costs": late}
        options.json.write_text(json.dumps(data, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
