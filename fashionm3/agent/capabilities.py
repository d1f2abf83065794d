"""What a chat model can do as a planner, beyond binding tools."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Capabilities:
    """A planner's capability record; a model without one is taken to have none of them.

    Attributes:
        pictures: Reads pictures beside the words.
        tool_pictures: Reads pictures in the results of tools.
        parallel: Calls several tools in one message.
        constrained: What it says is held to the bound tools' schemas and the references there are.
        cancels: ``invoke(..., cancelled=event)`` gives up at the next token when the event is set.
    """

    pictures: bool = False
    tool_pictures: bool = False
    parallel: bool = False
    constrained: bool = False
    cancels: bool = False


def capabilities_of(model: object) -> Capabilities:
    """Returns the record that a chat model carries as ``capabilities``, or an empty one."""
    found = getattr(model, "capabilities", None)
    return found if isinstance(found, Capabilities) else Capabilities()
