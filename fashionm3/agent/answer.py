"""A decision line as LangChain messages: whole, or in chunks while it is being said."""

import json
from collections.abc import Iterator, Sequence
from uuid import uuid4

from langchain_core.messages import AIMessage, AIMessageChunk
from langchain_core.messages.ai import UsageMetadata
from langchain_core.messages.tool import ToolCallChunk

from fashionm3.agent.bound_tools import BoundTool
from fashionm3.agent.form import read
from fashionm3.agent.saying import Saying
from fashionm3.errors import PlanError


class Stops:
    """Ends a text before the first stop sequence in it.

    Args:
        sequences: Empty ones are ignored.
    """

    def __init__(self, sequences: Sequence[str] | None = None) -> None:
        self._sequences = [text for text in sequences or () if text]

    def cut(self, text: str) -> str:
        """Returns the text up to the first stop sequence."""
        ends = [text.find(stop) for stop in self._sequences if stop in text]
        return text[: min(ends)] if ends else text

    def sure(self, text: str) -> str:
        """Returns what of a growing text stays, however it goes on."""
        cut = self.cut(text)
        if cut != text:
            return cut
        begun = [
            n for stop in self._sequences for n in range(1, len(stop)) if text.endswith(stop[:n])
        ]
        return text[: len(text) - max(begun, default=0)]


def message_of(line: str, tools: Sequence[BoundTool], stops: Stops) -> AIMessage:
    """Reads a decision: a tool call, or text where the line is of no bound tool.

    Args:
        line: What the planner said.
        tools: The bound tools.
        stops: End a text; a call is never cut.
    """
    text = AIMessage(content=stops.cut(line.strip()))
    try:
        said, note, more = read(line)
    except PlanError:
        return text
    tool = next((tool for tool in tools if tool.alias == said.tool), None)
    if tool is None:
        return text
    call = {"name": tool.name, "args": tool.typed(said, note, more), "id": _call_id()}
    return AIMessage(content="", tool_calls=[{**call, "type": "tool_call"}])


class Parts:
    """Cuts a growing line into message chunks: the tool's name, then whole arguments.

    Args:
        tools: The bound tools; a line of none of them is given as text.
        stops: End a text; a call is never cut.

    Attributes:
        stopped: The text has met a stop sequence, nothing more of it is given.
    """

    def __init__(self, tools: Sequence[BoundTool], stops: Stops) -> None:
        self.stopped = False
        self._tools = {tool.alias: tool for tool in tools}
        self._stops = stops
        self._text = ""
        self._id = _call_id()
        self._named = False

    def new(self, line: str, ended: bool) -> Iterator[AIMessageChunk]:
        """Yields what the line says beyond what was yielded before."""
        whole = line.strip() if ended else _whole(line)
        name = whole.split(" ", 1)[0]
        if not name:
            return
        tool = self._tools.get(name)
        yield from self._words(whole, ended) if tool is None else self._call(tool, whole, ended)

    def _words(self, whole: str, ended: bool) -> Iterator[AIMessageChunk]:
        self.stopped = self._stops.cut(whole) != whole
        text = self._stops.cut(whole) if ended else self._stops.sure(whole)
        if len(text) > len(self._text):
            yield AIMessageChunk(content=text[len(self._text) :])
            self._text = text

    def _call(self, tool: BoundTool, whole: str, ended: bool) -> Iterator[AIMessageChunk]:
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


def usage_of(saying: Saying) -> UsageMetadata:
    """Returns the tokens of the prompt and of what was said."""
    n_in, n_out = saying.n_prompt, len(saying.tokens)
    return UsageMetadata(input_tokens=n_in, output_tokens=n_out, total_tokens=n_in + n_out)


def _call_id() -> str:
    return f"call_{uuid4().hex[:12]}"


def _whole(line: str) -> str:
    """Returns the line up to its last space outside quotes: what can't change any more."""
    quoted, end = False, 0
    for n, sign in enumerate(line):
        quoted ^= sign == '"'
        end = n if sign == " " and not quoted else end
    return line[:end].strip()
