"""What an answer may import. Knows names; is there for the message, not for safety.

Without it the same import would fail in different words at each level of the wall, and some would not fail at all.
"""

import sys
from collections.abc import Sequence
from types import ModuleType

ALLOWED = frozenset(sys.stdlib_module_names) | {"numpy", "__main__"}


class Doorkeeper:
    """A finder that stands before all others and finds nothing: it lets through, or says why not."""

    def __init__(self, own: str) -> None:
        self.own = own

    def find_spec(self, name: str, path: Sequence[str] | None = None, target: ModuleType | None = None) -> None:
        top = name.partition(".")[0]
        private = top.startswith("_")  # of the standard library, which gives some of them names of the platform
        if not private and top not in ALLOWED and top != self.own:
            says = f"{top} cannot be used in an answer: the standard library and numpy are what there is."
            raise ImportError(says, name=name)


def guard(own: str) -> None:
    """From now on only the standard library and numpy can be imported, and the module of the answer itself."""
    sys.meta_path.insert(0, Doorkeeper(own))


def forget() -> None:
    """In the template: what an answer may not import is not there already. Its code goes on without a name.

    Done before the fork, since it touches so many pages that every child would need half a millisecond for it.
    """
    for name in [name for name in sys.modules if name.partition(".")[0] not in ALLOWED]:
        del sys.modules[name]
