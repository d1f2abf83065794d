"""The small planner as a LangChain chat model."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Self

from langchain_core.callbacks import CallbackManagerForLLMRun
from langchain_core.language_models import BaseChatModel, ModelProfile
from langchain_core.language_models.base import LangSmithParams, LanguageModelInput
from langchain_core.messages import AIMessage, AIMessageChunk, BaseMessage
from langchain_core.messages.ai import UsageMetadata, add_usage
from langchain_core.outputs import ChatGeneration, ChatGenerationChunk, ChatResult
from langchain_core.runnables import Runnable
from pydantic import ConfigDict, Field, field_validator

from fashionm3.agent.answer import Parts, Stops, message_of, usage_of
from fashionm3.agent.bound_tools import BoundTool, bound_tools, tool_dicts
from fashionm3.agent.capabilities import Capabilities
from fashionm3.agent.choice import callable_tools, chosen
from fashionm3.agent.copying import Said
from fashionm3.agent.decoder import Decoder
from fashionm3.agent.form import prefix
from fashionm3.agent.grammar import Things, Words, line_pattern
from fashionm3.agent.language_model import Precision, load_decoder
from fashionm3.agent.messages import pictures_of
from fashionm3.agent.opinion import Opinion, asked_words, opinion, said_words
from fashionm3.agent.saying import MAX_TOKENS, Saying
from fashionm3.agent.seeing import Seen
from fashionm3.agent.sight import look
from fashionm3.agent.transcript import finished, pictures_in, round_of, text_of
from fashionm3.errors import UsageError
from fashionm3.index.lexicon import Lexicon


class ChatVLM(BaseChatModel):
    """SmolLM2-135M with this project's eye and adapter: says one decision a call, as a tool call.

    Every decision is held to a grammar of the bound tools and of the things on the screen, where
    the last words carry their round (`fashionm3.agent.messages`). Without bound tools the decision
    is the message's text. A tool's result that leaves nothing to do is handed on as the answer.
    ``invoke(..., cancelled=event)`` gives up when the event is set. Decisions are greedy and have
    at most 96 tokens: LangChain's ``max_tokens``, ``timeout``, ``max_retries`` and ``api_key`` are
    taken and have no effect.

    Attributes:
        model: The name that traces and answers carry.
        adapter: Folder of another adapter in PEFT's layout with its ``card.json``.
        base: Folder of another base model.
        precision: Of the weights, see `load`.
        threads: Of torch, for the whole process.
        second_opinion: Let a small encoder choose among tools beside the seven actions where it is
            sure (`fashionm3.agent.opinion`).
        stop: Sequences before which a text ends; a tool call is never cut.
        temperature: Always 0.
        decoder: The loaded model; loaded once per process where it is not given.
        lexicon: Names the kinds of things, and the categories and colours that can be said.
        capabilities: One call a message, held to its grammar; pictures are read.
    """

    model_config = ConfigDict(arbitrary_types_allowed=True)

    model: str = "fashionm3-nano"
    adapter: str | Path | None = None
    base: str | Path | None = None
    precision: Precision = "auto"
    threads: int = Field(2, ge=1)
    second_opinion: bool = True
    stop: list[str] | None = None
    temperature: float = 0.0
    decoder: Decoder = Field(
        default_factory=lambda given: _decoder(given), exclude=True, repr=False
    )
    lexicon: Lexicon = Field(default_factory=Lexicon.load, exclude=True, repr=False)
    capabilities: Capabilities = Field(
        Capabilities(pictures=True, tool_pictures=True, constrained=True, cancels=True),
        exclude=True,
    )

    @classmethod
    def load(
        cls,
        adapter: str | Path | None = None,
        threads: int = 2,
        precision: Precision = "auto",
        base: str | Path | None = None,
        second_opinion: bool = True,
    ) -> Self:
        """Loads the model once per process.

        Args:
            adapter: Folder of another adapter in PEFT's layout with its ``card.json``.
            threads: Of torch, for the whole process.
            precision: ``bf16``, ``fp32``, ``auto`` (the one that this processor computes quickly),
                or ``int8``: a third less time a decision, and some other decisions where two are
                nearly as likely.
            base: Folder of another base model.
            second_opinion: Let a small encoder choose among further tools where it is sure.

        Raises:
            UsageError: The adapter was trained for another written form.
            EngineError: Weights are missing.
        """
        decoder = load_decoder(adapter, base, precision, threads)
        return cls(
            adapter=adapter,
            base=base,
            precision=precision,
            threads=threads,
            second_opinion=second_opinion,
            decoder=decoder,
        )

    @field_validator("adapter", "base")
    @classmethod
    def _written(cls, folder: str | Path | None) -> str | None:
        return None if folder is None else str(folder)

    @field_validator("temperature")
    @classmethod
    def _greedy(cls, temperature: float) -> float:
        if temperature != 0:
            raise ValueError("decisions are greedy: leave the temperature at 0")
        return temperature

    @property
    def _llm_type(self) -> str:
        return "fashionm3-nano"

    @property
    def _identifying_params(self) -> dict[str, Any]:
        names = ("model", "adapter", "base", "precision", "second_opinion")
        return {name: getattr(self, name) for name in names} | {"stop_sequences": self.stop}

    def _get_ls_params(self, stop: list[str] | None = None, **kwargs: Any) -> LangSmithParams:  # noqa: ANN401
        params = super()._get_ls_params(stop=stop or self.stop, **kwargs)
        params["ls_provider"] = "fashionm3"
        return params

    def _resolve_model_profile(self) -> ModelProfile:
        return ModelProfile(
            max_output_tokens=MAX_TOKENS,
            text_inputs=True,
            image_inputs=True,
            image_url_inputs=False,
            image_tool_message=True,
            text_outputs=True,
            tool_calling=True,
            tool_choice=True,
        )

    def get_token_ids(self, text: str) -> list[int]:
        """Returns the tokens of a text, as the planner reads it."""
        return self.decoder.encode(text)

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
        chosen(bound_tools(dicts), tool_choice)
        return self.bind(tools=dicts, tool_choice=tool_choice, **kwargs)

    def _generate(
        self,
        messages: list[BaseMessage],
        stop: list[str] | None = None,
        run_manager: CallbackManagerForLLMRun | None = None,
        **kwargs: Any,  # noqa: ANN401
    ) -> ChatResult:
        stops = self._checked(stop, kwargs)
        message = self._handed_on(messages, stops)
        if message is None:
            tools = bound_tools(kwargs.get("tools") or [])
            with self.decoder.queue:
                saying = self._start(messages, tools, kwargs.get("tool_choice"))
                while not saying.ended:
                    self.decoder.advance(saying, kwargs.get("cancelled"))
            message = message_of(
                self.decoder.decode(saying.tokens),
                callable_tools(tools, kwargs.get("tool_choice")),
                stops,
            )
            message.usage_metadata = usage_of(saying)
            message.response_metadata = saying.sureness
        message.response_metadata |= self._metadata()
        return ChatResult(generations=[ChatGeneration(message=message)])

    def _stream(
        self,
        messages: list[BaseMessage],
        stop: list[str] | None = None,
        run_manager: CallbackManagerForLLMRun | None = None,
        **kwargs: Any,  # noqa: ANN401
    ) -> Iterator[ChatGenerationChunk]:
        for message in self._chunks(messages, self._checked(stop, kwargs), **kwargs):
            chunk = ChatGenerationChunk(message=message)
            if run_manager is not None:
                run_manager.on_llm_new_token(message.text, chunk=chunk)
            yield chunk

    def _chunks(
        self,
        messages: list[BaseMessage],
        stops: Stops,
        **kwargs: Any,  # noqa: ANN401
    ) -> Iterator[AIMessageChunk]:
        whole = self._handed_on(messages, stops)
        if whole is None:
            tools = bound_tools(kwargs.get("tools") or [])
            saying = self._start(messages, tools, kwargs.get("tool_choice"))
            parts = Parts(callable_tools(tools, kwargs.get("tool_choice")), stops)
            while not (saying.ended or parts.stopped):
                self.decoder.advance(saying, kwargs.get("cancelled"))
                yield from parts.new(self.decoder.decode(saying.tokens), saying.ended)
            usage: UsageMetadata | None = usage_of(saying)
            sureness = saying.sureness
        else:
            yield AIMessageChunk(content=whole.content)
            usage, sureness = whole.usage_metadata, {}
        yield AIMessageChunk(
            content="",
            usage_metadata=usage,
            response_metadata=self._metadata() | sureness,
            chunk_position="last",
        )

    def _checked(self, stop: list[str] | None, kwargs: dict[str, Any]) -> Stops:
        """Returns what ends a text, after a look at what was asked of this call.

        Raises:
            UsageError: Another model or a temperature is asked for.
        """
        if kwargs.get("model", self.model) != self.model:
            raise UsageError(f"model {kwargs['model']!r}: this is {self.model!r}, load another one")
        if kwargs.get("temperature"):
            raise UsageError(f"temperature {kwargs['temperature']}: decisions are greedy, leave 0")
        return Stops(self.stop if stop is None else stop)

    def _metadata(self) -> dict[str, Any]:
        return {"model_name": self.model, "model_provider": "fashionm3"}

    def _handed_on(self, messages: list[BaseMessage], stops: Stops) -> AIMessage | None:
        """Returns what tools answered and their pictures show, where nothing is left to do."""
        results = finished(messages)
        if not results:
            return None
        lines, usage = [], UsageMetadata(input_tokens=0, output_tokens=0, total_tokens=0)
        for result in results:
            lines += [str(result.text)] if result.text else []
            for picture in pictures_of(result):
                seen, spent = look(self.decoder, picture)
                lines.append(seen.words)
                usage = add_usage(usage, spent)
        return AIMessage(content=stops.cut("\n".join(lines)), usage_metadata=usage)

    def _start(
        self,
        messages: list[BaseMessage],
        tools: tuple[BoundTool, ...],
        tool_choice: Any,  # noqa: ANN401
    ) -> Saying:
        round_ = round_of(messages)
        words = Words(tuple(self.lexicon.categories()), tuple(self.lexicon.values("color")))
        things = None if round_ is None else Things.of(round_)
        allowed = Opinion(chosen(tools, tool_choice))
        if self.second_opinion:
            allowed = opinion(allowed.tools, asked_words(messages, round_))
        said = Said(said_words(messages, round_))
        pattern = line_pattern(allowed.tools, words, things, said)
        further = [tool.described for tool in tools if not tool.known]
        text = text_of(messages, round_, self.lexicon)
        pictures = pictures_in(messages, round_)
        saying = self.decoder.start(prefix(further), text, pattern, pictures)
        saying.probability = allowed.share
        return saying

    def see(self, picture: bytes) -> Seen:
        """Looks at one picture: its category, its colour, and how likely each pattern is.

        Args:
            picture: Bytes of a JPEG, PNG or WebP.

        Raises:
            InputError: The bytes are no picture.
        """
        return look(self.decoder, picture)[0]


def _decoder(given: dict[str, Any]) -> Decoder:
    return load_decoder(given["adapter"], given["base"], given["precision"], given["threads"])
