"""The point as one flat vector, and the arguments that belong to a flat vector.

Knows: numbers, arrays, tuples, dicts and lists of them; dtypes, names and shapes of the blocks; how long a step of each
entry is. Does not know: functions, gradients.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

Vector = NDArray[np.float64]


class Unusable(Exception):
    """A point or a claim that cannot be read as numbers; `code` says why."""

    def __init__(self, code: str, detail: str = "") -> None:
        super().__init__(code)
        self.code = code
        self.detail = detail


@dataclass(frozen=True)
class Block:
    """One array among the arguments: entries start:stop of the flat vector."""

    name: str
    shape: tuple[int, ...]
    dtype: np.dtype[Any]
    start: int
    stop: int
    is_number: bool  # a Python number is handed out as one

    @property
    def size(self) -> int:
        return self.stop - self.start


class Space:
    """How the arguments of one check are built from a flat vector, and read back."""

    def __init__(self, x: Any) -> None:
        self.blocks: list[Block] = []
        self._parts: list[Vector] = []
        self.is_tuple = isinstance(x, tuple)
        self.form = self._describe(x, "x" if not isinstance(x, tuple | dict | list) else "")
        self.size = sum(block.size for block in self.blocks)
        if self.size == 0:
            raise Unusable("empty")
        self.origin = np.concatenate(self._parts) if len(self._parts) > 1 else self._parts[0]
        if not np.isfinite(self.origin).all():
            raise Unusable("point_not_finite")
        self.exact = all(block.dtype == np.float64 for block in self.blocks)
        self._plain = self.form == 0 and not self.blocks[0].is_number

    def _describe(self, value: Any, name: str) -> Any:
        """The structure of value with the number of its block in every leaf; registers the blocks on the way."""
        if isinstance(value, dict):
            return {key: self._describe(part, join(name, key)) for key, part in value.items()}
        if isinstance(value, tuple) or (isinstance(value, list) and not is_numbers(value)):
            return type(value)([self._describe(part, join(name, i)) for i, part in enumerate(value)])
        array = read_numbers(value, "point")
        start = self.blocks[-1].stop if self.blocks else 0
        number = isinstance(value, int | float) and not isinstance(value, np.generic)
        self.blocks.append(Block(name or "x", array.shape, array.dtype, start, start + array.size, number))
        self._parts.append(array.astype(np.float64).ravel())
        return len(self.blocks) - 1

    def arguments(self, flat: Vector) -> tuple[Any, ...]:
        """Fresh copies for one call: forward(*arguments)."""
        if self._plain:
            block = self.blocks[0]
            return (flat.astype(block.dtype).reshape(block.shape),)
        built = self._build(self.form, flat)
        return built if self.is_tuple else (built,)

    def _build(self, form: Any, flat: Vector) -> Any:
        if isinstance(form, int):
            block = self.blocks[form]
            if block.is_number:
                return float(flat[block.start])
            return flat[block.start : block.stop].astype(block.dtype).reshape(block.shape)
        if isinstance(form, dict):
            return {key: self._build(part, flat) for key, part in form.items()}
        return type(form)([self._build(part, flat) for part in form])

    def changed(self, arguments: tuple[Any, ...], flat: Vector) -> bool:
        """Does what was handed out differ now from what `flat` says?"""
        if self._plain:
            return not np.array_equal(arguments[0].reshape(-1), flat)
        return not self._same(self.form, arguments if self.is_tuple else arguments[0], flat)

    def _same(self, form: Any, now: Any, flat: Vector) -> bool:
        if isinstance(form, int):
            block = self.blocks[form]
            return np.array_equal(np.asarray(now).reshape(-1), flat[block.start : block.stop])
        if isinstance(form, dict):
            return list(now) == list(form) and all(self._same(form[key], now[key], flat) for key in form)
        return len(now) == len(form) and all(self._same(f, part, flat) for f, part in zip(form, now, strict=True))

    def seen(self, points: Vector) -> Vector:
        """The points as the function sees them: rounded where an argument is float32. Last axis: entries."""
        if not self.exact:
            for block in self.blocks:
                if block.dtype != np.float64:
                    part = points[..., block.start : block.stop]
                    part[...] = part.astype(block.dtype)
        return points

    def read_claim(self, value: Any) -> Vector:
        """A claimed gradient as a flat vector; Unusable if it is not one."""
        parts: list[Vector] = []
        self._read(self.form, value, parts)
        flat = np.concatenate(parts) if len(parts) > 1 else parts[0].copy()
        if not np.isfinite(flat).all():
            raise Unusable("gradient_not_finite")
        return flat

    def _read(self, form: Any, value: Any, parts: list[Vector]) -> None:
        if isinstance(form, int):
            block = self.blocks[form]
            array = read_numbers(value, "gradient")
            if array.shape != block.shape and not array.size == block.size == 1:
                detail = f"{block.name} has shape {block.shape}, its gradient {array.shape}."
                raise Unusable("gradient_wrong_shape", detail)
            parts.append(array.astype(np.float64).ravel())
        elif isinstance(form, dict):
            if not isinstance(value, Mapping) or set(value) != set(form):
                raise Unusable("gradient_wrong_structure", "The keys of the gradient must be those of the point.")
            for key, part in form.items():
                self._read(part, value[key], parts)
        else:
            if not isinstance(value, tuple | list) or len(value) != len(form):
                raise Unusable("gradient_wrong_structure", f"A tuple of {len(form)} is expected.")
            for part, claimed in zip(form, value, strict=True):
                self._read(part, claimed, parts)

    def split(self, flat: NDArray[Any]) -> dict[str, NDArray[Any]]:
        """A flat vector by block name, each in its block's shape."""
        return {block.name: flat[block.start : block.stop].reshape(block.shape) for block in self.blocks}


def length(v: Vector) -> float:
    """The Euclidean norm, also of numbers whose squares overflow or vanish."""
    most = float(np.abs(v).max(initial=0.0))
    if most == 0.0 or not np.isfinite(most):
        return most
    if 1e-100 < most < 1e100:
        return float(np.sqrt(v @ v))
    scaled = v / most
    return most * float(np.sqrt(scaled @ scaled))


def join(name: str, part: object) -> str:
    """The name of a part: "W" of a dict, "1" of a tuple, "1.W" of a dict in a tuple."""
    return f"{name}.{part}" if name else str(part)


def is_numbers(value: list[Any]) -> bool:
    """A (nested) list of plain numbers is an array written by hand; a list of arrays is a list."""
    return bool(value) and all(
        isinstance(part, int | float | complex | np.number) or (isinstance(part, list) and is_numbers(part))
        for part in value
    )


def read_numbers(value: Any, whose: str) -> NDArray[Any]:
    """value as a float64 (or smaller float) array; Unusable with the code of `whose` if it holds no real numbers."""
    try:
        array = np.asarray(value)
        if array.dtype == object:
            array = array.astype(np.float64) if array.size and None not in array.ravel() else array
    except (TypeError, ValueError, AttributeError):
        raise Unusable(f"{whose}_not_numeric") from None
    if array.dtype.kind == "c":
        raise Unusable(f"{whose}_complex")
    if array.dtype.kind in "iu" or (array.dtype.kind == "b" and whose == "gradient"):
        return array.astype(np.float64)
    if array.dtype.kind != "f":
        raise Unusable(f"{whose}_not_numeric")
    return array.astype(np.float64) if array.dtype.itemsize > 8 else array


def lengths(space: Space) -> Vector:
    """How far a step of 1 moves each entry: its own size, at least the median size of its array.

    So entries near zero move as far as their neighbours. An array that spans scales moves each entry by its own size.
    """
    return np.concatenate([block_lengths(space.origin[b.start : b.stop]) for b in space.blocks])


SPAN = 1000.0  # an array whose entries differ by more than this holds different scales, and each entry is its own
SAMPLE = 2000  # quantiles of a million entries are those of a sample


def block_lengths(x: Vector) -> Vector:
    size = np.abs(x)
    sample = size if size.size <= SAMPLE else size[:: size.size // SAMPLE]
    positive = np.sort(sample[sample > 0])
    if positive.size == 0:
        return np.ones_like(size)
    if positive.size < 10:
        low, high = positive[0], positive[-1]
    else:
        low, high = positive[positive.size // 10], positive[(9 * positive.size) // 10]
    if high > SPAN * low:
        return np.where(size > 0, size, low)
    typical = positive[positive.size // 2] if 2 * positive.size >= sample.size else low
    return np.asarray(np.maximum(size, typical))
