"""What the planner should decide for words of a section, and what the screen shows then."""

import random
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from fashionm3.actions import ACTIONS
from fashionm3.agent.round import Call, Thing
from fashionm3.training.dialogues.filling import Said
from fashionm3.training.dialogues.screen import Screen

Args = dict[str, Any]
_KEPT = ("color", "price_max")


@dataclass
class Memory:
    """The arguments that hold for each subject, and the tool that spoke last."""

    search: Args = field(default_factory=dict)
    outfit: Args = field(default_factory=dict)
    swap: Args = field(default_factory=dict)
    design: Args = field(default_factory=dict)
    last: str = ""


def decide(section: str, said: Said, screen: Screen, memory: Memory, rng: random.Random) -> Call:
    """Returns the right decision and moves the screen and the memory on."""
    tool, _, intent = section.partition(".")
    if section == "note":
        return Call(tool="reply", args={"kind": "other"})
    if tool == "look":
        return _looked(intent, said, screen, memory, rng)
    if said.ambiguous or section == "ask.vague":
        return Call(tool="ask", args={})
    makers: dict[str, Callable[..., Call]] = {
        "search": _search,
        "outfit": _outfit,
        "swap": _swap,
        "design": _design,
        "try_on": _try_on,
        "reply": _reply,
    }
    there = {thing.ref for thing, _ in (*screen.shown, *screen.outfit)}
    call = makers[tool](intent, said, screen, memory, rng)
    args = _known(call)
    if args.get("like") not in there:
        args.pop("like", None)
    call = Call(tool=call.tool, args=args)
    if call.tool not in ("ask", "reply"):
        memory.last = call.tool
    return call


def _looked(intent: str, said: Said, screen: Screen, memory: Memory, rng: random.Random) -> Call:
    """Decides for words that point at a shown thing by how it looks."""
    sections = {
        "about": "reply.about",
        "like": "search.like",
        "swap": "swap.shown",
        "try": "try_on.piece",
    }
    return decide(sections[intent], said, screen, memory, rng)


def _known(call: Call) -> Args:
    schema = ACTIONS[call.tool]
    names = {field.alias or name for name, field in schema.model_fields.items()}
    return {
        key: value
        for key, value in call.args.items()
        if key in names and value not in (None, [], False, "")
    }


def _joined(old: Args, new: Args) -> Args:
    merged = {**old, **{key: value for key, value in new.items() if key != "ref"}}
    for key in ("negatives", "missing"):
        both = [*old.get(key, []), *new.get(key, [])]
        if both:
            merged[key] = list(dict.fromkeys(both))
    return merged


def _search(intent: str, said: Said, screen: Screen, memory: Memory, rng: random.Random) -> Call:
    args = dict(said.args)
    if intent == "refine":
        args = _joined(memory.search, args)
    elif intent == "drop":
        kept = {key: value for key, value in memory.search.items() if key not in said.drop}
        args = _joined(kept, args)
    elif intent == "like":
        ref = args.pop("ref", None)
        args = {**args, "like": ref}
        things = [thing for thing, _ in (screen.shown or screen.outfit) if thing.ref == ref]
        if things and "category" not in args:
            args["category"] = things[0].category
    call = Call(tool="search", args=args)
    args = _known(call)
    memory.search = args
    screen.show(args)
    return Call(tool="search", args=args)


def _outfit(intent: str, said: Said, screen: Screen, memory: Memory, rng: random.Random) -> Call:
    args = dict(said.args)
    ref, target = args.pop("ref", None), args.pop("target", None)
    if "price_max" in args:
        args["budget_max"] = args.pop("price_max")
    if intent == "refine":
        args = _joined(memory.outfit, args)
    elif intent == "anchor":
        args["anchor"] = ref or target
    elif intent == "personal":
        args["personal"] = True
    elif ref:
        args["anchor"] = ref
    if "category" in args:
        args.pop("category")
        args.pop("material", None)
    args = _known(Call(tool="outfit", args=args))
    memory.outfit = {key: value for key, value in args.items() if key != "look"}
    screen.dress(args)
    if rng.random() < 0.7:
        screen.shown = []
    return Call(tool="outfit", args=args)


def _swap(intent: str, said: Said, screen: Screen, memory: Memory, rng: random.Random) -> Call:
    ref = said.args.get("ref")
    args = {k: v for k, v in said.args.items() if k not in ("ref", "ref2", "category")}
    if intent == "with":
        args = {"target": args.get("target") or _slot_of(ref, screen), "with": ref}
    elif intent == "like":
        args["like"] = ref
    elif intent == "refine":
        args = _joined({k: v for k, v in memory.swap.items() if k not in ("with", "like")}, args)
    else:
        target = args.get("target") or ref
        args = _joined(_held(target or "", screen, memory), {**args, "target": target})
        if intent == "cheaper":
            args = {**args, "cheaper": True, "price_max": said.args.get("price_max")}
    if not args.get("target"):
        return Call(tool="ask", args={})
    args = _known(Call(tool="swap", args=args))
    if "price_max" in args:
        args.pop("cheaper", None)
    memory.swap = args
    _exchange(args, screen)
    return Call(tool="swap", args=args)


def _held(target: str, screen: Screen, memory: Memory) -> Args:
    """Returns what earlier words still demand of the piece that should change."""
    if memory.last == "search" and any(thing.ref == target for thing, _ in screen.shown):
        kept = ("color", "material", "price_max", "negatives")
        return {key: memory.search[key] for key in kept if key in memory.search}
    if memory.last == "outfit" and "negatives" in memory.outfit:
        return {"negatives": memory.outfit["negatives"]}
    return {}


def _slot_of(ref: str | None, screen: Screen) -> str | None:
    category = next((t.category for t, _ in screen.shown if t.ref == ref), None)
    fits = [thing.ref for thing, _ in screen.outfit if thing.category == category]
    return fits[0] if len(fits) == 1 else None


def _exchange(args: Args, screen: Screen) -> None:
    target = args["target"]
    for index, (thing, _) in enumerate(screen.outfit):
        if target in (thing.ref, thing.category):
            wanted: Args = {key: args[key] for key in _KEPT if key in args}
            screen.outfit[index] = screen.thing(thing.ref, wanted, thing.category)
            return
    pointed = [thing for thing, _ in screen.shown if thing.ref == target]
    if pointed:
        wanted = {key: args[key] for key in _KEPT if key in args}
        screen.show({**wanted, "category": pointed[0].category})


def _design(intent: str, said: Said, screen: Screen, memory: Memory, rng: random.Random) -> Call:
    args = dict(said.args)
    ref = args.pop("ref", None)
    if intent == "refine":
        args = _joined(memory.design, args)
        args["like"] = ref or (screen.shown[0][0].ref if screen.shown else None)
    elif ref:
        args["like"] = ref
    args = _known(Call(tool="design", args=args))
    if "category" not in args:
        like = next((t.category for t, _ in screen.shown if t.ref == args.get("like")), None)
        if like is None:
            return Call(tool="ask", args={})
        args["category"] = like
    memory.design = {key: value for key, value in args.items() if key != "like"}
    screen.show(args, n=1)
    screen.drawings = {screen.shown[0][0].ref}
    return Call(tool="design", args=args)


def _try_on(intent: str, said: Said, screen: Screen, memory: Memory, rng: random.Random) -> Call:
    if not screen.photo:
        return Call(tool="ask", args={})
    target = said.args.get("target") or said.args.get("ref")
    if intent == "outfit" or not target:
        target = "outfit"
    return Call(tool="try_on", args={"target": target})


def _reply(intent: str, said: Said, screen: Screen, memory: Memory, rng: random.Random) -> Call:
    kind = {"about": "about_item"}.get(intent, intent)
    args: Args = {"kind": kind}
    about = said.args.get("ref") or _piece_ref(said, screen)
    if about and kind in ("about_item", "care"):
        args["about"] = about
    return Call(tool="reply", args=args)


def _piece_ref(said: Said, screen: Screen) -> str | None:
    if said.piece is None:
        return None
    thing: Thing = screen.outfit[said.piece][0]
    return thing.ref
