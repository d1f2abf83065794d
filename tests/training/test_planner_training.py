"""Training runs of toy planners on the real classes: they learn, go on, and can be served."""

import json
import warnings

import pytest
import torch
from agent.big_model import big_model, big_processor, picture
from agent.small_model import write_base
from PIL import Image

from fashionm3.agent.chat import ChatVLM
from fashionm3.errors import EngineError, InputError
from fashionm3.training.chat_lesson import IGNORED, chat_lesson
from fashionm3.training.jobs import Job, loss_plot
from fashionm3.training.lesson import Wanted
from fashionm3.training.nano_lesson import nano_lesson
from fashionm3.training.planner import PlannerRecipe, PlannerTrainer
from fashionm3.training.sight import prepare_sight

LINES = [
    {"dialogue": 1, "text": "red boots", "expect": {"tool": "search", "args": {"color": "red"}}},
    {"dialogue": 1, "text": "in blue", "expect": {"tool": "search", "args": {"color": "blue"}}},
    {"text": "thanks", "expect": {"tool": "reply", "args": {"kind": "thanks"}}},
    {"text": "a hat", "expect": {"tool": "search", "args": {"category": "hat"}}},
]


@pytest.fixture(autouse=True)
def _one_thread():
    before = torch.get_num_threads()
    yield
    torch.set_num_threads(before)


def rows(folder, lines=LINES, name="rows.jsonl"):
    file = folder / name
    file.write_text("".join(json.dumps(line) + "\n" for line in lines))
    return file


def recipe(**changes):
    return PlannerRecipe(**{"rate": 3e-3, "rank": 4, "save_steps": 2, "threads": 1, **changes})


def trained(lesson, run, **changes):
    reports = []
    how = {key: changes.pop(key) for key in ("stop_after",) if key in changes}
    trainer = PlannerTrainer(lesson, run, recipe(**changes), reports.append, **how)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        trainer.train()
    return trainer, reports


@pytest.fixture(scope="module")
def base(tmp_path_factory):
    return write_base(tmp_path_factory.mktemp("base"))


def test_a_small_planner_learns_its_rows_and_is_served(base, tmp_path):
    prepare_sight(tmp_path / "run", base, n_drawings=3, steps=3)
    wanted = Wanted((rows(tmp_path),), held_out=rows(tmp_path), rank=4)
    lesson = nano_lesson(base, tmp_path / "run", wanted)
    assert lesson.counts.dialogues == 3
    assert lesson.counts.decisions >= 3
    trainer, reports = trained(lesson, tmp_path / "run", epochs=100)
    held_out = [r.held_out_loss for r in reports if r.held_out_loss is not None]
    assert held_out[-1] < held_out[0] / 2
    assert trainer.finished
    job = Job(tmp_path / "run", wanted, recipe())
    said = list(job.write(trainer, lesson, tmp_path / "adapter", merged=True))
    assert (tmp_path / "run" / "loss.png").stat().st_size > 1000
    assert "whole model" in said[1]
    card = json.loads((tmp_path / "adapter" / "card.json").read_text())
    assert (card["run"]["dialogues"], card["recipe"]["rank"]) == (3, 4)
    config = json.loads((tmp_path / "adapter" / "adapter_config.json").read_text())
    assert config["modules_to_save"] is None
    chat = ChatVLM.load(tmp_path / "adapter", threads=1, precision="fp32", base=base)
    assert chat.invoke("thanks").content == "reply kind=thanks"


def test_a_run_that_was_stopped_goes_on_from_its_last_saving(base, tmp_path):
    wanted = Wanted((rows(tmp_path),), rank=4, pictures=False)
    first, _ = trained(nano_lesson(base, tmp_path, wanted), tmp_path, epochs=6, stop_after=1e-9)
    assert not first.finished
    again, reports = trained(nano_lesson(base, tmp_path, wanted), tmp_path, epochs=6)
    assert again.finished
    assert min(report.step for report in reports) > 1


def test_an_adapter_and_its_projector_are_gone_on_from(base, tmp_path):
    wanted = Wanted((rows(tmp_path),), rank=4)
    prepare_sight(tmp_path / "run", base, n_drawings=3, steps=3)
    seen = nano_lesson(base, tmp_path / "run", wanted)
    assert seen.counts.captions > 0
    trainer, _ = trained(seen, tmp_path / "run", epochs=2)
    trainer.export(tmp_path / "one", {})
    again = nano_lesson(base, tmp_path / "run", Wanted((rows(tmp_path),), start=tmp_path / "one"))
    lora = {name: p for name, p in again.model.named_parameters() if "lora_B" in name}
    old = {name: p for name, p in seen.model.named_parameters() if "lora_B" in name}
    assert lora.keys() == old.keys()
    assert any(p.abs().sum() > 0 for p in lora.values())
    for name, value in lora.items():
        torch.testing.assert_close(value, old[name], atol=1e-2, rtol=1e-2)
    with pytest.raises(EngineError, match="can't be loaded"):
        nano_lesson(base, tmp_path / "run", Wanted((rows(tmp_path),), start=tmp_path / "none"))


def test_pictures_of_own_files_are_looked_at(base, tmp_path):
    prepare_sight(tmp_path / "run", base, n_drawings=3, steps=3)
    Image.new("RGB", (40, 60), "red").save(tmp_path / "shirt.png")
    seen = {"text": "like this", "picture": "shirt.png", "expect": {"tool": "ask"}}
    lesson = nano_lesson(base, tmp_path / "run", Wanted((rows(tmp_path, [seen]),), rank=4))
    assert (lesson.counts.dialogues, lesson.counts.left_out) == (1, 0)
    batch = lesson.collator([lesson.data[0]])
    assert batch["seen"].shape[0] == 1


def test_an_estimate_is_told_before_a_run(base, tmp_path):
    lesson = nano_lesson(base, tmp_path, Wanted((rows(tmp_path),), rank=4, pictures=False))
    found = PlannerTrainer(lesson, tmp_path, recipe(epochs=3)).estimate()
    assert (found.steps, found.tokens) == (3, lesson.counts.tokens * 3)
    assert found.seconds > 0
    assert "min for 3 steps" in str(found)
    assert all(p.grad is None for p in lesson.model.parameters())


def test_a_run_without_a_dialogue_is_refused(base, tmp_path):
    line = {"text": "this", "picture": "photo:1", "expect": {"tool": "search"}}
    wanted = Wanted((rows(tmp_path, [line]),), pictures=False)
    with pytest.raises(InputError, match=r"no dialogue to train on in .*rows.jsonl"):
        nano_lesson(base, tmp_path, wanted)
    assert loss_plot(tmp_path) is None


@pytest.fixture(scope="module")
def big(tmp_path_factory):
    folder = tmp_path_factory.mktemp("big")
    processor = big_processor([json.dumps(line) for line in LINES])
    big_model(processor).save_pretrained(folder)
    processor.save_pretrained(folder)
    return str(folder)


def test_of_a_big_planner_only_the_answer_is_learned(big, tmp_path):
    (tmp_path / "shirt.png").write_bytes(picture("red"))
    seen = {"text": "like this", "picture": "shirt.png", "expect": {"tool": "ask"}}
    lesson = chat_lesson(big, Wanted((rows(tmp_path, [*LINES, seen]),), rank=2))
    assert (lesson.counts.dialogues, lesson.counts.decisions, lesson.counts.left_out) == (4, 5, 0)
    tokenizer = lesson.processing.tokenizer
    batch = lesson.collator([lesson.data[n] for n in range(5)])
    assert batch["pixel_values"].shape[0] > 0
    learned = [tokenizer.decode(row[row != IGNORED]) for row in batch["labels"]]
    assert any('"kind": "thanks"' in text for text in learned)
    assert all("red boots" not in text for text in learned)
    assert all("<tool_call>" in text and text.rstrip().endswith("<|im_end|>") for text in learned)


def test_a_big_planner_is_trained_with_pictures_and_merged(big, tmp_path):
    Image.new("RGB", (40, 60), "red").save(tmp_path / "shirt.png")
    seen = {"text": "like this", "picture": "shirt.png", "expect": {"tool": "ask"}}
    data = rows(tmp_path, [LINES[2], seen])
    wanted = Wanted((data,), rank=2)
    lesson = chat_lesson(big, wanted)
    trainer, reports = trained(lesson, tmp_path / "run", save_steps=1, epochs=1)
    losses = [report.loss for report in reports if report.loss is not None]
    assert losses
    job = Job(tmp_path / "run", wanted, recipe(), base=big)
    job_said = list(job.write(trainer, lesson, tmp_path / "out", merged=True))
    assert (tmp_path / "out" / "merged" / "model.safetensors").is_file()
    assert "merged" in job_said[1]
    assert "prompt_hash" not in json.loads((tmp_path / "out" / "card.json").read_text())


def test_pictures_that_are_not_there_leave_their_dialogue_out(big, tmp_path):
    seen = {"text": "like this", "picture": "none.png", "expect": {"tool": "ask"}}
    lesson = chat_lesson(big, Wanted((rows(tmp_path, [*LINES, seen]),), rank=2))
    assert (lesson.counts.decisions, lesson.counts.left_out) == (4, 1)
