"""Loads and renders the templates of this package with Jinja."""

from functools import cache
from importlib.resources import files
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined, meta
from jinja2.exceptions import TemplateNotFound, UndefinedError

from fashionm3.errors import UsageError


@cache
def _environment() -> Environment:
    return Environment(
        loader=PackageLoader("fashionm3", "prompts"),
        undefined=StrictUndefined,
        autoescape=False,
        trim_blocks=True,
        lstrip_blocks=True,
    )


@cache
def _wanted(name: str) -> frozenset[str]:
    environment = _environment()
    assert environment.loader is not None
    source = environment.loader.get_source(environment, name)[0]
    return frozenset(meta.find_undeclared_variables(environment.parse(source)))


def render(name: str, **values: Any) -> str:  # noqa: ANN401
    """Renders a template of this package, e.g. ``replies/en/thanks.jinja``.

    Raises:
        UsageError: The template is unknown, or a value is missing or spare.
    """
    try:
        wanted = _wanted(name)
    except TemplateNotFound:
        raise UsageError(f"there is no template {name!r}") from None
    missing, spare = wanted - set(values), set(values) - wanted
    if missing or spare:
        raise UsageError(
            f"template {name}: missing values {sorted(missing)}, spare values {sorted(spare)}"
        )
    try:
        return _environment().get_template(name).render(**values).strip()
    except UndefinedError as error:
        raise UsageError(f"template {name}: {error}") from None


def languages() -> list[str]:
    """Lists the languages that replies exist in."""
    folder = files("fashionm3.prompts") / "replies"
    return sorted(entry.name for entry in folder.iterdir() if entry.is_dir())
