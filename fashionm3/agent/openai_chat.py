"""A model behind any server that speaks OpenAI's chat completions: vLLM, SGLang, llama.cpp, ...

Needs the extra ``openai``. Nothing is sent before the first round: what the model can do is said by
options.
"""

from collections.abc import Iterator
from typing import Any, Self

from langchain_core.outputs import ChatGenerationChunk, ChatResult

from fashionm3.agent.capabilities import Capabilities
from fashionm3.errors import EngineError, UsageError

try:
    from langchain_openai import ChatOpenAI
    from openai import OpenAIError
except ImportError as error:
    raise UsageError(
        f'the openai planner needs langchain-openai ({error}): pip install "fashionm3[openai]"'
    ) from None


class OpenAIChat(ChatOpenAI):
    """The official client with a capability record; a server's fault is one line.

    Attributes:
        capabilities: What the model behind the server can do.
    """

    capabilities: Capabilities = Capabilities(pictures=True)

    @classmethod
    def load(
        cls,
        model: str,
        base_url: str | None = None,
        api_key: str | None = None,
        *,
        pictures: bool = True,
        tool_pictures: bool = False,
        parallel: bool = False,
        temperature: float | None = 0.0,
        **further: Any,  # noqa: ANN401
    ) -> Self:
        """Makes the client.

        Args:
            model: The model's name on the server.
            base_url: Of the server, with ``/v1``; OpenAI's own by default.
            api_key: A server given by ``base_url`` gets this key or none: a key in the environment
                goes to OpenAI's own only.
            pictures: The model reads pictures.
            tool_pictures: It reads them in tools' results.
            parallel: It calls several tools in one message.
            temperature: 0 says the likeliest; None leaves it to the server.
            further: Further fields of ``ChatOpenAI``, e.g. ``timeout``, ``max_retries``,
                ``extra_body``.

        Raises:
            UsageError: ``ChatOpenAI`` has no such field, or a value is wrong.
        """
        aliases = {field.alias for field in ChatOpenAI.model_fields.values()}
        odd = sorted(set(further) - set(ChatOpenAI.model_fields) - aliases)
        if odd:
            raise UsageError(
                f"[planner.options] of 'openai': {odd[0]!r} is no field of ChatOpenAI; what only "
                "the server knows goes in extra_body"
            )
        if base_url is not None:
            further |= {"base_url": base_url, "api_key": api_key or "none"}
        elif api_key is not None:
            further["api_key"] = api_key
        able = Capabilities(pictures=pictures, tool_pictures=tool_pictures, parallel=parallel)
        try:
            return cls(model=model, temperature=temperature, capabilities=able, **further)
        except (OpenAIError, ValueError) as error:
            reason = str(error).strip().splitlines()[0]
            raise UsageError(f"[planner.options] of 'openai': {reason}") from None

    def _generate(self, *args: Any, **kwargs: Any) -> ChatResult:  # noqa: ANN401
        try:
            return super()._generate(*args, **kwargs)
        except OpenAIError as error:
            raise self._fault(error) from error

    def _stream(self, *args: Any, **kwargs: Any) -> Iterator[ChatGenerationChunk]:  # noqa: ANN401
        try:
            yield from super()._stream(*args, **kwargs)
        except OpenAIError as error:
            raise self._fault(error) from error

    def _fault(self, error: OpenAIError) -> EngineError:
        where = self.openai_api_base or "OpenAI"
        reason = (str(error).strip().splitlines() or [type(error).__name__])[0][:300]
        return EngineError(f"the planner's server at {where} can't be used: {reason}")
