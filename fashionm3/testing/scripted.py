"""A planner that says what a script holds, for tests and for trying tools without a model."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from langchain_core.callbacks import CallbackManagerForLLMRun
from langchain_core.language_models import BaseChatModel
from langchain_core.messages import AIMessage, BaseMessage
from langchain_core.outputs import ChatGeneration, ChatResult

from fashionm3.errors import InputError, UsageError

Script = dict[str, list[dict[str, Any]]]
"""Words to decisions; the n-th decision answers the n-th action on the same words."""


class ScriptedPlanner(BaseChatModel):
    """A chat model that looks the last message up in a script.

    The entry whose words end the message is taken, the longest one first; words that are not in the
    script get ``default``. A decision is ``{"tool", "args", "more", "note"}``; the text of a
    ``{"raw": "..."}`` is said as it is.

    Attributes:
        script: Words to decisions.
        default: For words that the script doesn't know.
    """

    script: Script = {}
    default: dict[str, Any] = {"tool": "reply", "args": {"kind": "other"}}

    @property
    def _llm_type(self) -> str:
        return "scripted"

    def bind_tools(self, tools: Sequence[Any], **kwargs: Any) -> "ScriptedPlanner":  # noqa: ANN401
        """Returns itself: the script says what is called."""
        return self

    def _generate(
        self,
        messages: list[BaseMessage],
        stop: list[str] | None = None,
        run_manager: CallbackManagerForLLMRun | None = None,
        **kwargs: Any,  # noqa: ANN401
    ) -> ChatResult:
        decision = self._decision(messages)
        if "raw" in decision:
            message = AIMessage(content=str(decision["raw"]))
        else:
            args = dict(decision.get("args") or {})
            args |= {key: decision[key] for key in ("note", "more") if decision.get(key)}
            call = {"name": decision["tool"], "args": args, "id": "scripted", "type": "tool_call"}
            message = AIMessage(content="", tool_calls=[call])
        return ChatResult(generations=[ChatGeneration(message=message)])

    def _decision(self, messages: list[BaseMessage]) -> dict[str, Any]:
        human = [message.text for message in messages if message.type == "human"]
        said = human[-1].strip() if human else ""
        done = sum(message.type == "tool" for message in _after_last_human(messages))
        known = [words for words in self.script if said.endswith(words.strip())]
        if not known:
            return self.default
        decisions = self.script[max(known, key=len)]
        return decisions[min(done, len(decisions) - 1)]


def _after_last_human(messages: list[BaseMessage]) -> list[BaseMessage]:
    last = max((n for n, m in enumerate(messages) if m.type == "human"), default=-1)
    return messages[last + 1 :]


def scripted_planner(script: str | Script) -> ScriptedPlanner:
    """Makes a scripted planner from a mapping or a JSON file.

    Raises:
        UsageError: The file is missing or is not a mapping of words to lists of decisions.
    """
    if not isinstance(script, str):
        return ScriptedPlanner(script=script)
    try:
        data = json.loads(Path(script).read_text(encoding="utf-8"))
    except (OSError, json.JSONDecodeError) as error:
        raise UsageError(f"script {script} can't be read: {error}") from None
    if not isinstance(data, dict):
        raise InputError(f"script {script}: expected an object from words to lists of decisions")
    return ScriptedPlanner(script=data)
