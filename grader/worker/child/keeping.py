"""Objects that stay here while the grader holds a number for each. Knows identities; copies nothing."""

import types
from typing import Any

from grader.wire import Handle, NotOfTheSet

_OWN_KINDS = (types.FunctionType, types.MethodType, type)


def outsiders_refused(value: object) -> Handle:
    raise NotOfTheSet(type(value).__name__)


class Kept:
    """The handles of one answer."""

    def __init__(self, module: str) -> None:
        self.module = module
        self._objects: list[Any] = []
        self._handles: dict[int, Handle] = {}  # by id(): the object is held above, so an id stays its own

    def find(self, number: int, type_name: str) -> Any:
        return self._objects[number]

    def known(self, value: object) -> Handle:
        """The handle of an object that the grader already knows."""
        handle = self._handles.get(id(value))
        return handle if handle is not None else outsiders_refused(value)

    def keep(self, value: object) -> Handle:
        """A handle for what only the answer's code can work with: its own objects and functions, and iterators."""
        if id(value) in self._handles or self._is_its_own(value):
            return self.keep_always(value)
        return outsiders_refused(value)

    def keep_always(self, value: object) -> Handle:
        known = self._handles.get(id(value))
        if known is not None:
            return known
        handle = Handle(len(self._objects), str(type(value).__name__)[:200])
        self._objects.append(value)
        self._handles[id(value)] = handle
        return handle

    def _is_its_own(self, value: object) -> bool:
        if hasattr(type(value), "__next__"):
            return True
        owner = value if isinstance(value, _OWN_KINDS) else type(value)
        return getattr(owner, "__module__", None) == self.module
