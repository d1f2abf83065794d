"""Any open model that transformers runs, as a LangChain chat model that calls tools and sees."""

import json
import threading
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Self

from langchain_core.callbacks import CallbackManagerForLLMRun
from langchain_core.language_models import BaseChatModel
from langchain_core.language_models.base import LanguageModelInput
from langchain_core.messages import AIMessage, AIMessageChunk, BaseMessage
from langchain_core.messages.tool import ToolCallChunk
from langchain_core.outputs import ChatGeneration, ChatGenerationChunk, ChatResult
from langchain_core.runnables import Runnable
from pydantic import ConfigDict

from fashionm3.agent.bound_tools import tool_dicts
from fashionm3.agent.capabilities import Capabilities
from fashionm3.agent.chat_template import ChatTemplate, read_template
from fashionm3.agent.listener import Listener
from fashionm3.agent.open_model import OpenModel, Run, load_model
from fashionm3.agent.template_probe import FAULTS, line, probed
from fashionm3.agent.tool_calls import Speech, schemas_of
from fashionm3.errors import Cancelled, EngineError, UsageError


class TransformersChat(BaseChatModel):
    """Runs a model in this process: its own chat template, greedy generation, its calls read.

    ``invoke(..., cancelled=event)`` gives up at the next token when the event is set. A call that
    can't be read becomes one of the message's ``invalid_tool_calls``.

    Attributes:
        open_model: The loaded model.
        template: Its chat template, probed.
        max_new_tokens: Longest answer.
        generation: Further options of ``generate``, e.g. ``{"do_sample": True, "top_p": 0.9}``.
        capabilities: What the model's class and its template can do.
    """

    model_config = ConfigDict(arbitrary_types_allowed=True)

    open_model: OpenModel
    template: ChatTemplate
    max_new_tokens: int = 512
    generation: dict[str, Any] = {}
    capabilities: Capabilities = Capabilities(parallel=True, cancels=True)

    @classmethod
    def load(
        cls,
        model: str | Path,
        adapter: str | Path | None = None,
        *,
        dtype: str = "auto",
        device_map: str | dict[str, Any] = "auto",
        attn: str | None = None,
        revision: str | None = None,
        pictures: bool | None = None,
        template: str | Path | None = None,
        template_options: dict[str, Any] | None = None,
        max_new_tokens: int = 512,
        generation: dict[str, Any] | None = None,
    ) -> Self:
        """Loads a model once per process and asks its chat template what it drops.

        Args:
            model: Folder, or name on the hub.
            adapter: Folder of a PEFT adapter.
            dtype: ``auto``, ``bfloat16``, ``float16`` or ``float32``.
            device_map: As accelerate knows it: ``auto``, ``cpu``, ``cuda:0``, or a table.
            attn: ``sdpa``, ``eager``, ``flash_attention_2``, ...
            revision: Branch, tag or commit on the hub.
            pictures: False to plan by words alone; what the model can by default.
            template: File of a Jinja template in place of the model's own.
            template_options: Variables of the template, e.g. ``{"enable_thinking": False}``.
            max_new_tokens: Longest answer.
            generation: Further options of ``generate``.

        Raises:
            UsageError: The template drops tools, their results or pictures.
            EngineError: Weights are missing or can't be read.
        """
        loaded = load_model(str(model), adapter, dtype, device_map, attn, revision)
        sees = loaded.sees if pictures is None else pictures and loaded.sees
        form = ChatTemplate(
            loaded.processor, read_template(template), dict(template_options or {}), pictures=sees
        )
        form = probed(form, loaded.name)
        return cls(
            open_model=loaded,
            template=form,
            max_new_tokens=max_new_tokens,
            generation=dict(generation or {}),
            capabilities=Capabilities(
                pictures=sees, tool_pictures=sees, parallel=True, cancels=True
            ),
        )

    @property
    def _llm_type(self) -> str:
        return "fashionm3-transformers"

    @property
    def _identifying_params(self) -> dict[str, Any]:
        return {"model": self.open_model.name, "max_new_tokens": self.max_new_tokens}

    def bind_tools(
        self,
        tools: Sequence[Any],
        *,
        tool_choice: str | dict[str, Any] | bool | None = None,
        **kwargs: Any,  # noqa: ANN401
    ) -> Runnable[LanguageModelInput, AIMessage]:
        """Binds LangChain tools, pydantic classes, functions or OpenAI schemas.

        ``tool_choice`` narrows the tools that the model is given to the named one, or to none;
        nothing forces it to call one.

        Raises:
            UsageError: The choice is not bound.
        """
        return self.bind(tools=_chosen(tool_dicts(tools), tool_choice), **kwargs)

    def _generate(
        self,
        messages: list[BaseMessage],
        stop: list[str] | None = None,
        run_manager: CallbackManagerForLLMRun | None = None,
        **kwargs: Any,  # noqa: ANN401
    ) -> ChatResult:
        *_, last = self._speak(messages, stop, **kwargs)
        assert not isinstance(last, str)
        speech, run = last
        message = AIMessage(
            content=speech.text,
            tool_calls=list(speech.calls),
            invalid_tool_calls=list(speech.invalid),
            usage_metadata=run.usage,
            response_metadata=self._metadata(speech, run),
            additional_kwargs=_thoughts(speech),
        )
        return ChatResult(generations=[ChatGeneration(message=message)])

    def _stream(
        self,
        messages: list[BaseMessage],
        stop: list[str] | None = None,
        run_manager: CallbackManagerForLLMRun | None = None,
        **kwargs: Any,  # noqa: ANN401
    ) -> Iterator[ChatGenerationChunk]:
        for said in self._speak(messages, stop, **kwargs):
            message = AIMessageChunk(content=said) if isinstance(said, str) else self._last(*said)
            chunk = ChatGenerationChunk(message=message)
            if run_manager is not None:
                run_manager.on_llm_new_token(message.text, chunk=chunk)
            yield chunk

    def _speak(
        self,
        messages: list[BaseMessage],
        stop: list[str] | None = None,
        *,
        tools: list[dict[str, Any]] | None = None,
        tool_choice: Any = None,  # noqa: ANN401
        cancelled: threading.Event | None = None,
        **options: Any,  # noqa: ANN401
    ) -> Iterator[str | tuple[Speech, Run]]:
        """Yields words as they are said, and at last all that was said."""
        bound = _chosen(list(tools or ()), tool_choice)
        try:
            inputs = self.template.encode(messages, bound)
        except FAULTS as error:
            raise EngineError(
                f"the chat template of {self.open_model.name!r} can't render this conversation: "
                f'{line(error)}; give another one by template = "file.jinja"'
            ) from error
        run = self.open_model.start(inputs)
        listener = self._listener(bound, run, stop)
        how = {"max_new_tokens": self.max_new_tokens, **self.generation, **options}
        for piece in self.open_model.said(inputs, run, how, stop, cancelled):
            if words := listener.feed(piece):
                yield words
        if cancelled is not None and cancelled.is_set():
            raise Cancelled("the round was given up: a newer message came")
        rest, speech = listener.finish()
        if rest:
            yield rest
        yield speech, run

    def _listener(self, tools: list[dict[str, Any]], run: Run, stop: list[str] | None) -> Listener:
        tokenizer = self.template.tokenizer
        parser = None
        if getattr(tokenizer, "response_template", None) is not None:
            parser = tokenizer.get_response_parser(prefix=run.prompt, tools=tools or None)
        thinking = run.prompt.rstrip().endswith("<think>")
        ends = tokenizer.all_special_tokens
        return Listener(schemas_of(tools), ends, thinking, parser, stop or ())

    def _last(self, speech: Speech, run: Run) -> AIMessageChunk:
        """Returns the chunk that ends a stream: calls, counts and why it ended."""
        said: list[tuple[str | None, str, str | None]] = [
            (call["name"], json.dumps(call["args"]), call["id"]) for call in speech.calls
        ]
        # LangChain completes arguments that break off: the reason before them keeps these invalid.
        said += [
            (call["name"], f"{call['error']}: {call['args']}", call["id"])
            for call in speech.invalid
        ]
        chunks = [
            ToolCallChunk(name=name, args=args, id=id_, index=n, type="tool_call_chunk")
            for n, (name, args, id_) in enumerate(said)
        ]
        return AIMessageChunk(
            content="",
            tool_call_chunks=chunks,
            usage_metadata=run.usage,
            response_metadata=self._metadata(speech, run),
            additional_kwargs=_thoughts(speech),
            chunk_position="last",
        )

    def _metadata(self, speech: Speech, run: Run) -> dict[str, Any]:
        reason = "tool_calls" if speech.calls else "length" if run.cut else "stop"
        return {"model_name": self.open_model.name, "finish_reason": reason}


def _chosen(tools: list[dict[str, Any]], choice: Any) -> list[dict[str, Any]]:  # noqa: ANN401
    """Returns the tools that the model is told of."""
    if isinstance(choice, dict):
        choice = choice.get("function", choice).get("name")
    if choice == "none":
        return []
    if choice in (None, "auto", "any", "required", True, False):
        return tools
    named = [tool for tool in tools if tool["function"]["name"] == choice]
    if not named:
        raise UsageError(f"tool_choice {choice!r} is not bound: bind it or name another")
    return named


def _thoughts(speech: Speech) -> dict[str, Any]:
    return {"reasoning_content": speech.reasoning} if speech.reasoning else {}
