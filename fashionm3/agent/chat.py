"""The small planner as a LangChain chat model."""

import json
import threading
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Self
from uuid import uuid4

from langchain_core.callbacks import CallbackManagerForLLMRun
from langchain_core.language_models import BaseChatModel
from langchain_core.language_models.base import LanguageModelInput
from langchain_core.messages import AIMessage, AIMessageChunk, BaseMessage
from langchain_core.messages.ai import UsageMetadata
from langchain_core.messages.tool import ToolCallChunk
from langchain_core.outputs import ChatGeneration, ChatGenerationChunk, ChatResult
from langchain_core.runnables import Runnable
from pydantic import ConfigDict

from fashionm3.actions import ACTIONS
from fashionm3.agent.bound_tools import BoundTool, bound_tools, tool_dicts
from fashionm3.agent.capabilities import Capabilities
from fashionm3.agent.decoder import Decoder, Saying
from fashionm3.agent.form import IMAGE, PICTURE, SAY, prefix, read
from fashionm3.agent.grammar import Things, Words, line_pattern, see_pattern
from fashionm3.agent.language_model import Precision, load_decoder
from fashionm3.agent.messages import pictures_of
from fashionm3.agent.transcript import finished, round_of, text_of
from fashionm3.errors import PlanError, UsageError
from fashionm3.index.lexicon import Lexicon
from fashionm3.types import CATEGORIES, COLORS, PATTERNS

_ANY = ("any", "required", True)
_FREELY = (None, "auto", "none", False)


class ChatVLM(BaseChatModel):
    """SmolLM2-135M with this project's eye and adapter: says one decision a call, as a tool call.

    Every decision is held to a grammar of the bound tools and of the things on the screen, where
    the last words carry their round (`fashionm3.agent.messages`). Without bound tools the decision
    is the message's text. ``invoke(..., cancelled=event)`` gives up when the event is set.

    Attributes:
        decoder: The loaded model.
        lexicon: Names the kinds of things, and the categories and colours that can be said.
        capabilities: One call a message, held to its grammar; pictures are read.
    """

    model_config = ConfigDict(arbitrary_types_allowed=True)

    decoder: Decoder
    lexicon: Lexicon
    capabilities: Capabilities = Capabilities(pictures=True, constrained=True, cancels=True)

    @classmethod
    def load(
        cls,
        adapter: str | Path | None = None,
        threads: int = 2,
        precision: Precision = "bf16",
        base: str | Path | None = None,
    ) -> Self:
        """Loads the model once per process.

        Args:
            adapter: Folder of another adapter in PEFT's layout with its ``card.json``.
            threads: Of torch, for the whole process.
            precision: ``bf16``, ``fp32``, or ``int8``: a third less time a decision, and some other
                decisions where two are nearly as likely.
            base: Folder of another base model.

        Raises:
            UsageError: The adapter was trained for another written form.
            EngineError: Weights are missing.
        """
        decoder = load_decoder(adapter, base, precision, threads)
        return cls(decoder=decoder, lexicon=Lexicon.load())

    @property
    def _llm_type(self) -> str:
        return "fashionm3-nano"

    def bind_tools(
        self,
        tools: Sequence[Any],
        *,
        tool_choice: str | dict[str, Any] | bool | None = None,
        **kwargs: Any,  # noqa: ANN401
    ) -> Runnable[LanguageModelInput, AIMessage]:
        """Binds LangChain tools, pydantic classes, functions or OpenAI schemas.

        Raises:
            UsageError: A tool can't be written in the planner's form, or the choice is not bound.
        """
        dicts = tool_dicts(tools)
        _chosen(bound_tools(dicts), tool_choice)
        return self.bind(tools=dicts, tool_choice=tool_choice, **kwargs)

    def _generate(
        self,
        messages: list[BaseMessage],
        stop: list[str] | None = None,
        run_manager: CallbackManagerForLLMRun | None = None,
        **kwargs: Any,  # noqa: ANN401
    ) -> ChatResult:
        answer = finished(messages)
        if answer is not None:
            return _result(AIMessage(content=answer))
        cancelled: threading.Event | None = kwargs.get("cancelled")
        tools = bound_tools(kwargs.get("tools") or [])
        with self.decoder.queue:
            saying = self._start(messages, tools, kwargs.get("tool_choice"))
            while not saying.ended:
                self.decoder.advance(saying, cancelled)
        message = _message(self.decoder.decode(saying.tokens), tools)
        return _result(message.model_copy(update={"usage_metadata": _usage(saying)}))

    def _stream(
        self,
        messages: list[BaseMessage],
        stop: list[str] | None = None,
        run_manager: CallbackManagerForLLMRun | None = None,
        **kwargs: Any,  # noqa: ANN401
    ) -> Iterator[ChatGenerationChunk]:
        answer = finished(messages)
        chunks = (
            self._chunks(messages, **kwargs)
            if answer is None
            else iter([AIMessageChunk(content=answer, chunk_position="last")])
        )
        for message in chunks:
            chunk = ChatGenerationChunk(message=message)
            if run_manager is not None:
                run_manager.on_llm_new_token(message.text, chunk=chunk)
            yield chunk

    def _chunks(
        self,
        messages: list[BaseMessage],
        **kwargs: Any,  # noqa: ANN401
    ) -> Iterator[AIMessageChunk]:
        tools = bound_tools(kwargs.get("tools") or [])
        saying = self._start(messages, tools, kwargs.get("tool_choice"))
        parts = _Parts(tools)
        while not saying.ended:
            self.decoder.advance(saying, kwargs.get("cancelled"))
            yield from parts.new(self.decoder.decode(saying.tokens), saying.ended)
        yield AIMessageChunk(content="", usage_metadata=_usage(saying), chunk_position="last")

    def _start(
        self,
        messages: list[BaseMessage],
        tools: tuple[BoundTool, ...],
        tool_choice: Any,  # noqa: ANN401
    ) -> Saying:
        round_ = round_of(messages)
        words = Words(tuple(self.lexicon.categories()), tuple(self.lexicon.values("color")))
        things = None if round_ is None else Things.of(round_)
        pattern = line_pattern(_chosen(tools, tool_choice), words, things)
        further = [tool.alias for tool in tools if not tool.known]
        text = text_of(messages, round_, self.lexicon)
        pictures = [data for message in messages for data in pictures_of(message)]
        return self.decoder.start(prefix([*ACTIONS, *further]), text, pattern, pictures)

    def see(self, picture: bytes) -> dict[str, str]:
        """Looks at one picture: its category, its colour and its pattern.

        Args:
            picture: Bytes of a JPEG, PNG or WebP.

        Raises:
            InputError: The bytes are no picture.
        """
        words = Words(tuple(CATEGORIES), tuple(COLORS))
        text = f"{PICTURE}{IMAGE}\n{SAY}"
        with self.decoder.queue:
            saying = self.decoder.start(prefix(), text, see_pattern(words, PATTERNS), [picture])
            while not saying.ended:
                self.decoder.advance(saying)
        said, _, _ = read(self.decoder.decode(saying.tokens))
        return {key: str(value) for key, value in said.args.items()}


def _chosen(tools: tuple[BoundTool, ...], choice: Any) -> tuple[BoundTool, ...]:  # noqa: ANN401
    """Returns the tools that may be said: a reply is always possible where no call is demanded."""
    if isinstance(choice, dict):
        choice = choice.get("function", choice).get("name")
    if choice in _ANY:
        return tools or _seven()
    if choice not in _FREELY:
        named = tuple(tool for tool in tools if tool.name == choice)
        if not named:
            raise UsageError(f"tool_choice {choice!r} is not bound: bind it or name another")
        return named
    if not tools or choice == "none":
        return _seven()
    if any(tool.name == "reply" for tool in tools):
        return tools
    return (*tools, *(tool for tool in _seven() if tool.name == "reply"))


def _seven() -> tuple[BoundTool, ...]:
    return bound_tools(tool_dicts(list(ACTIONS.values())))


def _message(line: str, tools: tuple[BoundTool, ...]) -> AIMessage:
    """Reads a decision; a line of no bound tool is given as text."""
    try:
        said, note, more = read(line)
    except PlanError:
        return AIMessage(content=line.strip())
    tool = next((tool for tool in tools if tool.alias == said.tool), None)
    if tool is None:
        return AIMessage(content=line.strip())
    call = {"name": tool.name, "args": tool.typed(said, note, more), "id": _call_id()}
    return AIMessage(content="", tool_calls=[{**call, "type": "tool_call"}])


def _call_id() -> str:
    return f"call_{uuid4().hex[:12]}"


def _usage(saying: Saying) -> UsageMetadata:
    n_in, n_out = saying.n_prompt, len(saying.tokens)
    return UsageMetadata(input_tokens=n_in, output_tokens=n_out, total_tokens=n_in + n_out)


def _result(message: AIMessage) -> ChatResult:
    return ChatResult(generations=[ChatGeneration(message=message)])


class _Parts:
    """Cuts a growing line into message chunks: the tool's name, then whole arguments."""

    def __init__(self, tools: tuple[BoundTool, ...]) -> None:
        self._tools = {tool.alias: tool for tool in tools}
        self._text = ""
        self._sent: list[str] = []
        self._id = _call_id()
        self._named = False

    def new(self, line: str, ended: bool) -> Iterator[AIMessageChunk]:
        """Yields what the line says beyond what was yielded before."""
        whole = line.strip() if ended else _whole(line)
        name = whole.split(" ", 1)[0]
        if not name:
            return
        tool = self._tools.get(name)
        if tool is None:
            if len(whole) > len(self._text):
                yield AIMessageChunk(content=whole[len(self._text) :])
            self._text = whole
            return
        args = tool.typed(*read(whole))
        fragments = [
            f"{', ' if n else '{'}{json.dumps(key)}: {json.dumps(args[key], ensure_ascii=False)}"
            for n, key in enumerate(args)
        ]
        text = "".join(fragments)
        if ended:
            text += "}" if fragments else "{}"
        if not self._named or len(text) > len(self._text):
            yield self._chunk(None if self._named else tool.name, text[len(self._text) :])
        self._text, self._named = text, True

    def _chunk(self, name: str | None, args: str) -> AIMessageChunk:
        call = ToolCallChunk(
            name=name, args=args, id=self._id if name else None, index=0, type="tool_call_chunk"
        )
        return AIMessageChunk(content="", tool_call_chunks=[call])


def _whole(line: str) -> str:
    """Returns the line up to its last space outside quotes: what can't change any more."""
    quoted, end = False, 0
    for n, sign in enumerate(line):
        quoted ^= sign == '"'
        end = n if sign == " " and not quoted else end
    return line[:end].strip()
