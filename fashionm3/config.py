"""Settings from a TOML file; the only reader of the environment.

Environment: ``FASHIONM3_CONFIG`` (path of the TOML file), ``FASHIONM3_CACHE`` (base weights),
``FASHIONM3_DATA`` (threads and pictures).
"""

import os
import tomllib
from pathlib import Path
from typing import Any, Literal, Self

from platformdirs import user_cache_path, user_data_path
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from fashionm3.errors import UsageError


class Section(BaseModel):
    """A table of the TOML file; unknown keys are an error."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class CatalogSettings(Section):
    """Where the shop lies."""

    path: Path = Path("shop")


class PlannerSettings(Section):
    """Which planner decides: the in-tree one, a plugin, or any LangChain chat model.

    Attributes:
        name: ``nano``; ``transformers`` for an open model in this process; ``openai`` for a model
            behind any server of OpenAI's chat completions; ``langchain`` for any ``BaseChatModel``
            by ``model``; or the name of an entry point in ``fashionm3.planners`` (``scripted``
            ships).
        model: For ``langchain``: ``package.module:Class``.
        options: Keyword arguments of the constructor, or of the ``load`` of
            `fashionm3.agent.transformers_chat.TransformersChat` (``model``, ``adapter``, ...) and
            `fashionm3.agent.openai_chat.OpenAIChat` (``model``, ``base_url``, ``api_key``, ...).
        ask_below: The shopper is asked in place of acting where the model's probability of the
            action is lower than this, 0..1; 0 never asks. Models that tell none are not held to it.
    """

    name: str = "nano"
    model: str | None = None
    options: dict[str, Any] = {}
    ask_below: float = Field(0.4, ge=0, le=1)


class EncoderSettings(Section):
    """Which open_clip model encodes pictures and words.

    Attributes:
        name: ``nano``, or any open_clip name (``ViT-B-32``, ``hf-hub:...``, ``local-dir:...``).
        pretrained: open_clip's tag of pretrained weights, where the name needs one.
    """

    name: str = "nano"
    pretrained: str | None = None


class ToolSettings(Section):
    """Limits that the runner puts on every tool.

    Attributes:
        timeout: Seconds until a call is abandoned.
        retries: How often a call that raised an unexpected error is tried again.
        cache_entries: Results kept per process; 0 turns the cache off.
        extra: Names of tools from entry points in ``fashionm3.tools``.
    """

    timeout: float = Field(30.0, gt=0)
    retries: int = Field(0, ge=0)
    cache_entries: int = Field(512, ge=0)
    extra: tuple[str, ...] = ()


class ThreadSettings(Section):
    """How conversations are kept.

    Attributes:
        when_busy: What a second request on a busy thread meets.
        max_chars: Longest message that is accepted, characters.
        language: Which folder of reply templates speaks.
    """

    when_busy: Literal["reject", "queue", "interrupt"] = "reject"
    max_chars: int = Field(4000, ge=1)
    language: str = "en"


class Settings(Section):
    """All settings; each part has a default that runs on a laptop."""

    catalog: CatalogSettings = CatalogSettings()
    planner: PlannerSettings = PlannerSettings()
    encoder: EncoderSettings = EncoderSettings()
    tools: ToolSettings = ToolSettings()
    threads: ThreadSettings = ThreadSettings()
    data: Path = Field(default_factory=lambda: data_dir())

    @classmethod
    def load(cls, path: str | Path | None = None) -> Self:
        """Reads a TOML file, or ``FASHIONM3_CONFIG``, or the defaults where neither is given.

        Relative paths in the file are relative to the file.

        Raises:
            UsageError: The file is missing, is not TOML, or has an unknown or wrong value.
        """
        chosen = path or os.environ.get("FASHIONM3_CONFIG")
        if not chosen:
            return cls()
        file = Path(chosen)
        try:
            data = tomllib.loads(file.read_text(encoding="utf-8"))
        except FileNotFoundError:
            raise UsageError(f"settings file {file} does not exist") from None
        except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
            raise UsageError(f"settings file {file} is not TOML: {error}") from None
        return cls.parse(data, base=file.parent)

    @classmethod
    def parse(cls, data: dict[str, Any], base: Path | None = None) -> Self:
        """Validates settings that are already a dictionary.

        Raises:
            UsageError: A key is unknown or a value is wrong.
        """
        try:
            settings = cls.model_validate(data)
        except ValidationError as error:
            raise UsageError(f"settings: {brief(error)}") from None
        if base is None:
            return settings
        catalog = CatalogSettings(path=base / settings.catalog.path)
        return settings.model_copy(update={"catalog": catalog, "data": base / settings.data})


def brief(error: ValidationError) -> str:
    """Formats a validation error in one line, without URLs or stack.

    Values are shortened: these lines may end in front of a person or a planner.
    """
    parts = []
    for item in error.errors(include_url=False)[:4]:
        where = ".".join(str(step) for step in item["loc"]) or "value"
        value = repr(item.get("input"))
        value = value if len(value) <= 60 else value[:57] + "..."
        parts.append(f"{where}: {item['msg'].lower()} (got {value})")
    return "; ".join(parts)


def cache_dir() -> Path:
    """Returns the folder of base weights: ``FASHIONM3_CACHE`` or the user's cache folder."""
    chosen = os.environ.get("FASHIONM3_CACHE")
    return Path(chosen) if chosen else user_cache_path("fashionm3")


def data_dir() -> Path:
    """Returns the folder of threads and pictures: ``FASHIONM3_DATA`` or the user's data folder."""
    chosen = os.environ.get("FASHIONM3_DATA")
    return Path(chosen) if chosen else user_data_path("fashionm3")
