"""Where two values differ: structure first, then shapes, then numbers.

Knows: what may stand for what (a list for a tuple, a 0-d array for a number). Does not know whose values they are.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

Path = tuple[int | str, ...]


@dataclass(frozen=True)
class Difference:
    """kind: "type" (no number where numbers are wanted), "length", "keys", "shape" or "value".

    path: the way down to the array (place in a tuple, key of a dict); index: the entry of that array that is furthest
    off; count of total: how many of its entries are.
    """

    kind: str
    path: Path
    got: Any
    want: Any
    index: tuple[int, ...] = ()
    count: int = 0
    total: int = 0


def is_number(value: Any) -> bool:
    """A Python or numpy number or a 0-d array of one; bools count, as they calculate."""
    if isinstance(value, np.ndarray):
        return value.ndim == 0 and value.dtype.kind in "biuf"
    return isinstance(value, bool | int | float | np.number | np.bool_) and not isinstance(value, complex)


def is_numeric(value: Any) -> bool:
    return is_number(value) or (isinstance(value, np.ndarray) and value.dtype.kind in "biuf")


def difference(got: Any, want: Any, rtol: float, atol: float, path: Path = ()) -> Difference | None:
    """The first difference that matters, None where got is as good as want.

    |got − want| <= atol + rtol |want| entry by entry; the absolute part is there since a right y(1 − y) is off by
    1e-3 of itself at x = 36, where the slope is 2e-16. nan equals nan, inf equals inf of the same sign.
    """
    if isinstance(want, Mapping):
        return _of_dicts(got, want, lambda g, w, p: difference(g, w, rtol, atol, p), path)
    if isinstance(want, tuple | list):
        return _of_sequences(got, want, lambda g, w, p: difference(g, w, rtol, atol, p), path)
    if not is_numeric(want):
        same = type(got) is type(want) and got == want
        same = same and (want is not None or bool(path))  # nothing is no value to agree on, but may stand beside one
        return None if same else Difference("type", path, got, want)
    return _of_numbers(got, want, rtol, atol, path)


def misfit(got: Any, want: Any, path: Path = ()) -> Difference | None:
    """The first difference of structure or shape; numbers may be anything."""
    if isinstance(want, Mapping):
        return _of_dicts(got, want, misfit, path)
    if isinstance(want, tuple | list):
        return _of_sequences(got, want, misfit, path)
    if not is_numeric(want):
        return None if type(got) is type(want) else Difference("type", path, got, want)
    found = _as_array(got, np.ndim(want))
    if found is None:
        return Difference("type", path, got, want)
    return None if found.shape == np.shape(want) else Difference("shape", path, got, want)


Recurse = Callable[[Any, Any, Path], Difference | None]


def _of_dicts(got: Any, want: Mapping[str, Any], recurse: Recurse, path: Path) -> Difference | None:
    if not isinstance(got, Mapping):
        return Difference("type", path, got, want)
    if set(got) != set(want):
        return Difference("keys", path, got, want)
    return next((found for key in want if (found := recurse(got[key], want[key], (*path, key)))), None)


def _of_sequences(got: Any, want: tuple[Any, ...] | list[Any], recurse: Recurse, path: Path) -> Difference | None:
    if not isinstance(got, tuple | list):
        return Difference("type", path, got, want)
    if len(got) != len(want):
        return Difference("length", path, got, want)
    return next((found for k in range(len(want)) if (found := recurse(got[k], want[k], (*path, k)))), None)


def _as_array(got: Any, ndim: int) -> NDArray[Any] | None:
    """got as an array of numbers; None where it is none. A list of numbers stands for a 1-d array."""
    if ndim == 1 and isinstance(got, list | tuple) and all(is_number(item) for item in got):
        return np.array([float(item) for item in got])
    return np.asarray(got) if is_numeric(got) else None


def _of_numbers(got: Any, want: Any, rtol: float, atol: float, path: Path) -> Difference | None:
    wanted = np.asarray(want)
    found = _as_array(got, wanted.ndim)
    if found is None:
        return Difference("type", path, got, want)
    if found.shape != wanted.shape:
        return Difference("shape", path, got, want)
    off = _off(found, wanted, rtol, atol)
    count = int(np.count_nonzero(off > 0))
    if not count:
        return None
    index = tuple(int(k) for k in np.unravel_index(int(np.argmax(off)), off.shape))
    return Difference("value", path, found[index].item(), wanted[index].item(), index, count, wanted.size)


def _off(found: NDArray[Any], wanted: NDArray[Any], rtol: float, atol: float) -> NDArray[np.float64]:
    """How far each entry is outside of its tolerance; 0 inside, inf where nan or inf came uncalled for."""
    f, w = found.astype(np.float64), wanted.astype(np.float64)
    with np.errstate(all="ignore"):
        gap = np.abs(f - w)
        off = np.where((gap <= atol + rtol * np.abs(w)) & np.isfinite(w), 0.0, gap)
    same = (f == w) | (np.isnan(f) & np.isnan(w))
    off = np.where(same, 0.0, off)
    return np.where(np.isnan(off), np.inf, off)
