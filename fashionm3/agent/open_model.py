"""An open model of transformers' own classes with its processor, loaded once per process.

No code from the model's folder is run, and weights are read from safetensors alone.
"""

import copy
import queue
import threading
import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from langchain_core.messages.ai import UsageMetadata

from fashionm3.agent.bars import no_bar
from fashionm3.agent.template_probe import line
from fashionm3.errors import EngineError, UsageError
from fashionm3.torchvision_ops import declare_missing_ops

_LOADING = threading.Lock()
_LOADED: dict[tuple[Any, ...], "OpenModel"] = {}
_GREEDY = {"do_sample": False, "temperature": None, "top_p": None, "top_k": None}


@dataclass
class Run:
    """One answer that is being generated.

    Attributes:
        n_prompt: Tokens of the prompt.
        prompt: Its text, as the model reads it.
        n_said: Tokens said so far.
        cut: The longest answer was reached before the model ended it.
    """

    n_prompt: int
    prompt: str
    n_said: int = 0
    cut: bool = False

    @property
    def usage(self) -> UsageMetadata:
        """What LangChain calls usage: tokens read and said."""
        n_in, n_out = self.n_prompt, self.n_said
        return UsageMetadata(input_tokens=n_in, output_tokens=n_out, total_tokens=n_in + n_out)


class OpenModel:
    """A model that generates, one answer at a time.

    Args:
        name: Folder or hub name.
        model: The model.
        processor: Its ``AutoProcessor``: a tokenizer, for a model of words alone.
        sees: It reads pictures.
    """

    def __init__(self, name: str, model: Any, processor: Any, sees: bool) -> None:  # noqa: ANN401
        self.name = name
        self.model = model
        self.processor = processor
        self.sees = sees
        self._lock = threading.Lock()  # Some models keep positions on themselves.

    @property
    def tokenizer(self) -> Any:  # noqa: ANN401
        """The tokenizer itself."""
        return getattr(self.processor, "tokenizer", self.processor)

    def start(self, inputs: Any) -> Run:  # noqa: ANN401
        """Returns a run for encoded inputs of one conversation."""
        ids = inputs["input_ids"][0]
        return Run(len(ids), str(self.tokenizer.decode(ids)))

    def said(
        self,
        inputs: Any,  # noqa: ANN401
        run: Run,
        options: dict[str, Any],
        stop: list[str] | None = None,
        cancelled: threading.Event | None = None,
    ) -> Iterator[str]:
        """Yields the answer piece by piece, special tokens included.

        Args:
            inputs: What a chat template encoded.
            run: Counts what is said.
            options: Of ``generate``; greedy where they say nothing else.
            stop: Texts that end the answer.
            cancelled: Ends the answer when set.

        Raises:
            EngineError: The model failed, e.g. for want of memory.
        """
        given_up = threading.Event()
        pieces: queue.Queue[str | BaseException | None] = queue.Queue()
        stops = [event for event in (given_up, cancelled) if event is not None]
        how = {**options, "stop_strings": stop}
        thread = threading.Thread(
            target=self._generate, args=(inputs, run, how, stops, pieces), daemon=True
        )
        thread.start()
        try:
            while (piece := pieces.get()) is not None:
                if isinstance(piece, BaseException):
                    reason = f"the planner's model {self.name!r} failed: {line(piece)}"
                    raise EngineError(reason) from piece
                yield piece
        finally:
            given_up.set()
            thread.join()

    def _generate(
        self,
        inputs: Any,  # noqa: ANN401
        run: Run,
        how: dict[str, Any],
        stops: list[threading.Event],
        pieces: "queue.Queue[str | BaseException | None]",
    ) -> None:
        import torch
        from transformers import StoppingCriteriaList

        def given_up(ids: Any, scores: Any, **_: Any) -> Any:  # noqa: ANN401
            over = any(event.is_set() for event in stops)
            return torch.full((len(ids),), over, dtype=torch.bool, device=ids.device)

        try:
            config = copy.deepcopy(self.model.generation_config)
            config.update(**{**_GREEDY, **how})
            with self._lock, torch.inference_mode():
                ids = self.model.generate(
                    **inputs.to(self.model.device),
                    generation_config=config,
                    stopping_criteria=StoppingCriteriaList([given_up]),
                    streamer=_streamer(self.tokenizer, pieces),
                    tokenizer=self.tokenizer,
                )
            run.n_said = int(ids.shape[-1]) - run.n_prompt
            run.cut = run.n_said >= int(config.max_new_tokens)
            pieces.put(None)
        except Exception as error:
            pieces.put(error)


def load_model(
    model: str,
    adapter: str | Path | None = None,
    dtype: str = "auto",
    device_map: str | dict[str, Any] = "auto",
    attn: str | None = None,
    revision: str | None = None,
) -> "OpenModel":
    """Loads a model with its processor, or returns the one that this process has loaded.

    Args:
        model: Folder, or name on the hub.
        adapter: Folder of a PEFT adapter with ``adapter_model.safetensors``.
        dtype: ``auto`` (as saved), ``bfloat16``, ``float16`` or ``float32``.
        device_map: As accelerate knows it: ``auto``, ``cpu``, ``cuda:0``, or a table.
        attn: ``sdpa``, ``eager``, ``flash_attention_2``, ...; the model's own choice by default.
        revision: Branch, tag or commit on the hub.

    Raises:
        UsageError: The model is neither one of pictures and words nor one of words.
        EngineError: Files are missing or don't fit each other.
    """
    key = (model, str(adapter), dtype, str(device_map), attn, revision)
    with _LOADING:
        if key not in _LOADED:
            how = {"dtype": dtype, "device_map": device_map, "attn_implementation": attn}
            _LOADED[key] = read_model(model, adapter, how, revision)
        return _LOADED[key]


def read_model(
    name: str,
    adapter: str | Path | None = None,
    how: dict[str, Any] | None = None,
    revision: str | None = None,
) -> "OpenModel":
    """Loads a model anew, for somebody who changes its weights; see `load_model`.

    Args:
        name: Folder, or name on the hub.
        adapter: Folder of a PEFT adapter.
        how: Further options of ``from_pretrained``.
        revision: Branch, tag or commit on the hub.
    """
    declare_missing_ops()
    from transformers import AutoConfig, AutoProcessor, AutoTokenizer

    auto: Any = AutoTokenizer
    where: dict[str, Any] = {"revision": revision, "trust_remote_code": False}
    try:
        with no_bar():
            kind, sees = _kind(AutoConfig.from_pretrained(name, **where), name)
            processor = (AutoProcessor if sees else auto).from_pretrained(name, **where)
            model = kind.from_pretrained(name, use_safetensors=True, **(how or {}), **where)
            if adapter is not None:
                model = _adapted(model, Path(adapter))
    except (OSError, ValueError, RuntimeError, ImportError, KeyError) as error:
        raise EngineError(
            f"the planner's model {name!r} can't be loaded: {line(error)}; give a folder or a name "
            "on the hub whose weights are safetensors and whose class transformers knows"
        ) from error
    return OpenModel(name, model.eval(), processor, sees)


def _kind(config: Any, name: str) -> tuple[Any, bool]:  # noqa: ANN401
    """Returns the class that loads a model, and whether it sees."""
    from transformers import (
        MODEL_FOR_CAUSAL_LM_MAPPING,
        MODEL_FOR_IMAGE_TEXT_TO_TEXT_MAPPING,
        AutoModelForCausalLM,
        AutoModelForImageTextToText,
    )

    if type(config) in MODEL_FOR_IMAGE_TEXT_TO_TEXT_MAPPING:
        return AutoModelForImageTextToText, True
    if type(config) in MODEL_FOR_CAUSAL_LM_MAPPING:
        return AutoModelForCausalLM, False
    raise UsageError(
        f"{name!r} is a {config.model_type} model: expected one that turns pictures and words, or "
        "words alone, into words"
    )


def _adapted(model: Any, adapter: Path) -> Any:  # noqa: ANN401
    """Adds an adapter to a model's weights, or beside them where these are quantised."""
    from peft import PeftModel

    if not (adapter / "adapter_model.safetensors").is_file():
        raise EngineError(
            f"no adapter_model.safetensors in {adapter}: give the folder of an adapter that PEFT "
            "saved as safetensors"
        )
    with warnings.catch_warnings():
        # peft asks transformers for an attribute by its old name.
        warnings.simplefilter("ignore", FutureWarning)
        adapted: Any = PeftModel.from_pretrained(model, str(adapter))
        return adapted if getattr(model, "is_quantized", False) else adapted.merge_and_unload()


def _streamer(tokenizer: Any, pieces: "queue.Queue[Any]") -> Any:  # noqa: ANN401
    """Returns a streamer of ``generate`` that puts whole words on a queue."""
    from transformers import TextStreamer

    class Pieces(TextStreamer):
        """Puts what is final on the queue."""

        def on_finalized_text(self, text: str, stream_end: bool = False) -> None:
            pieces.put(text)

    return Pieces(tokenizer, skip_prompt=True, skip_special_tokens=False)
