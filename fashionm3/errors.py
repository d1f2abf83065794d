"""The whole error tree, split by who must act.

::

    FashionM3Error
    ├── UsageError     the developer: wrong arguments or settings, raised at construction
    ├── InputError     whoever gave the file or the words: one line, nothing is stored
    ├── ToolError      the planner: it reads the message and adapts
    │   └── ToolTimeout    the tool did not answer within its time limit
    ├── PlanError      the graph: the planner's output could not be read, it is asked again
    ├── BusyError      the caller: another request is being served on this thread
    ├── Cancelled      the caller: the round was given up, nothing of it is kept
    └── EngineError    the operator: a model, file or disk is not usable; the last checkpoint stands

Every message is one line: what was wrong, which value, what was expected, what to do next.
"""


class FashionM3Error(Exception):
    """Base of every error that fashionm3 raises on purpose."""


class UsageError(FashionM3Error):
    """A developer passed something that can't work."""


class InputError(FashionM3Error):
    """A file, a picture or a message can't be accepted; nothing of it is stored."""


class ToolError(FashionM3Error):
    """A tool could not do what was asked; the planner reads why."""


class ToolTimeout(ToolError):
    """A tool did not answer within its time limit and was abandoned."""


class PlanError(FashionM3Error):
    """The planner's output is not one of the bound actions; the graph repairs it."""


class BusyError(FashionM3Error):
    """Another request is being served on this thread."""


class Cancelled(FashionM3Error):
    """The round was given up before it was answered; nothing of it is kept."""


class EngineError(FashionM3Error):
    """A model, a file or a disk can't be used; the last checkpoint stands."""
