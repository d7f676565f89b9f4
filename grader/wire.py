"""The values that may cross the wall, and nothing else.

Knows bytes and types. Does not know who is on the other side, and trusts neither.

A frame is  u32 header length · u64 payload length · header · payload.  The header is msgpack of
[nonce, kind, [node, ...]]; the payload is the raw bytes of all arrays, one after another, each starting at
the next multiple of 8. No offset is sent, so none can lie. In a node None, bool, int, float and str stand for
themselves; everything else is a list whose first entry is one of the tags below. Maps and extension types of msgpack
do not occur: a few bytes of them would become many bytes of Python.
"""

import struct
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias, Union

import msgspec
import numpy as np
import numpy.typing as npt

Array: TypeAlias = npt.NDArray[Any]
Value: TypeAlias = Union[
    bool, int, float, str, bytes, Array, "tuple[Value, ...]", "list[Value]", "dict[str, Value]",
    np.random.Generator, "Handle", None,
]  # fmt: skip

DEPTH = 8  # how deep lists, tuples and dicts may be nested in one value
COPIED = 1 << 16  # bytes; above, an array is not copied before the frame is put together
PREFIX = struct.Struct("<IQ")
LIST, TUPLE, DICT, ARRAY, BYTES, HANDLE, RNG = range(7)
_NAMES = ("|b1", "|i1", "<i2", "<i4", "<i8", "|u1", "<u2", "<u4", "<u8", "<f2", "<f4", "<f8")
DTYPES = {name: np.dtype(name) for name in _NAMES}
BIT_GENERATORS = {"PCG64": np.random.PCG64, "PCG64DXSM": np.random.PCG64DXSM}
# How many containers a message of this kind puts around the values of a field.
ENVELOPE = {"call": 1, "many": 2, "outcomes": 2, "items": 1, "ask": 1}
_PADDING = (b"", *(b"\0" * n for n in range(1, 8)))


class WireError(ValueError):
    """These bytes are not a frame, or this value is not one that crosses."""


class NotOfTheSet(WireError):
    """A value that cannot be sent; `type_name` says what it is."""

    def __init__(self, type_name: str) -> None:
        super().__init__(type_name)
        self.type_name = type_name


@dataclass(frozen=True, slots=True)
class Part:
    """One numbered part of an answer's source: label "" for a .py file, "cell 3" for a cell of a notebook."""

    label: str
    source: str


DRAWN = "generator drawn from"
"""The one key of a dict that stands for a generator in a reverse call: its value is a number drawn from it."""


@dataclass(frozen=True, slots=True)
class Handle:
    """An object that the child keeps: the number that it gave out, and the name of the object's type."""

    number: int
    type_name: str


class _Header(msgspec.Struct, array_like=True, forbid_unknown_fields=True):
    nonce: int
    kind: str
    fields: list[Any]


_pack = msgspec.msgpack.Encoder().encode
_unpack = msgspec.msgpack.Decoder(_Header).decode


def encode(nonce: int, kind: str, fields: Sequence[object], keep: Callable[[object], Handle] | None = None) -> bytes:
    """The whole frame. `keep` gives a handle for an object outside the set, or raises NotOfTheSet."""
    writer = _Writer(keep)
    room = DEPTH + ENVELOPE.get(kind, 0)
    nodes = [writer.node(field, room) for field in fields]
    try:
        header = _pack((nonce, kind, nodes))
    except (OverflowError, UnicodeEncodeError) as error:
        raise NotOfTheSet("int" if isinstance(error, OverflowError) else "str") from None
    return b"".join((PREFIX.pack(len(header), writer.position), header, *writer.pieces))


def decode(
    header: bytes | memoryview, payload: bytearray, handle: Callable[[int, str], Any] = Handle, own: bool = False
) -> tuple[int, str, list[Any]]:
    """(nonce, kind, fields) of a frame whose lengths were already found to be within the limits.

    Arrays are views of the payload; with `own` each is a copy of its own, of the layout and the writability that it
    had where it was sent. Whatever is not exactly what `encode` writes raises WireError, and nothing else does.
    """
    try:
        frame = _unpack(header)
        reader = _Reader(payload, handle, own)
        room = DEPTH + ENVELOPE.get(frame.kind, 0)
        fields = [reader.value(node, room) for node in frame.fields]
        if -(-reader.position // 8) * 8 != len(payload):
            raise WireError("bytes left over")
    except WireError:
        raise
    except Exception as error:  # hostile bytes: RecursionError, UnicodeDecodeError and the like are all the same to us
        raise WireError(f"not a frame: {type(error).__name__}") from None
    return frame.nonce, frame.kind, fields


def plain(value: object) -> object:
    """The value as the nearest type of the set: scalars of numpy and subclasses become their base, exactly.

    Methods of the base are called, not of the object: a subclass's own __int__ or __iter__ may say anything.
    """
    if isinstance(value, np.ndarray):
        return np.asarray(value)
    if isinstance(value, np.generic):
        return _plain_scalar(value)
    for base, exactly in _BASES:
        if isinstance(value, base):
            return exactly(value)
    return value


_BASES: tuple[tuple[type, Callable[[Any], object]], ...] = (
    (int, int.__int__),
    (float, float.__float__),
    (str, str.__str__),
    (bytes, lambda value: bytes.__getitem__(value, slice(None))),
    (tuple, lambda value: tuple.__getitem__(value, slice(None))),
    (list, lambda value: list.__getitem__(value, slice(None))),
    (dict, lambda value: dict(dict.items(value))),
)


def _plain_scalar(value: "np.generic[Any]") -> object:
    if isinstance(value, np.bool_ | np.integer | np.floating) and value.dtype.itemsize <= 8:
        return value.item() if value.dtype.kind in "biuf" else value
    if isinstance(value, str | bytes):  # np.str_ and np.bytes_
        return plain(value.item())
    return value


class _Writer:
    """Turns values into nodes, and collects the payload on the way."""

    __slots__ = ("keep", "pieces", "position")

    def __init__(self, keep: Callable[[object], Handle] | None) -> None:
        self.keep = keep
        self.pieces: list[bytes | memoryview] = []
        self.position = 0

    def node(self, value: object, room: int) -> object:
        write = _WRITERS.get(type(value))
        if write is None:
            value = self.nearest(value)
            write = _WRITERS[type(value)]
        return write(self, value, room)

    def nearest(self, value: object) -> object:
        """A value of the set in the place of one that is not."""
        simple = plain(value)
        if type(simple) in _WRITERS:
            return simple
        if self.keep is None:
            raise NotOfTheSet(type(value).__name__)
        return self.keep(value)

    def scalar(self, value: object, room: int) -> object:
        return value

    def sequence(self, value: "list[object] | tuple[object, ...]", room: int) -> object:
        tag = LIST if type(value) is list else TUPLE
        self.descend(value, room)
        return [tag, *[self.node(entry, room - 1) for entry in value]]

    def dictionary(self, value: dict[object, object], room: int) -> object:
        self.descend(value, room)
        node: list[object] = [DICT]
        for key, entry in value.items():
            if type(key) is not str:
                raise NotOfTheSet(f"dict with a key of type {type(key).__name__}")
            node += (key, self.node(entry, room - 1))
        return node

    def descend(self, value: object, room: int) -> None:
        if room <= 0:
            raise NotOfTheSet(f"{type(value).__name__} nested more than {DEPTH} deep")

    def array(self, value: Array, room: int) -> object:
        dtype = value.dtype.str
        if dtype not in DTYPES:
            value = value.astype(value.dtype.newbyteorder("<"))
            dtype = value.dtype.str
            if dtype not in DTYPES:
                raise NotOfTheSet(f"array of {value.dtype.name}")
        flags = value.flags
        layout = "C" if flags.c_contiguous else "F" if flags.f_contiguous else "S"
        large = flags.c_contiguous and value.nbytes > COPIED
        self.append(value.reshape(-1).view(np.uint8).data if large else value.tobytes())
        return [ARRAY, dtype, flags.writeable, layout, *value.shape]

    def binary(self, value: bytes, room: int) -> object:
        self.append(value)
        return [BYTES, len(value)]

    def append(self, piece: bytes | memoryview) -> None:
        padding = _PADDING[-len(piece) % 8]
        self.pieces += (piece, padding)
        self.position += len(piece) + len(padding)

    def handle(self, value: Handle, room: int) -> object:
        return [HANDLE, value.number, value.type_name]

    def generator(self, value: np.random.Generator, room: int) -> object:
        state: Mapping[str, Any] = value.bit_generator.state
        if state["bit_generator"] not in BIT_GENERATORS:
            raise NotOfTheSet(f"Generator of {state['bit_generator']}")
        words = [format(state["state"][name], "x") for name in ("state", "inc")]
        return [RNG, state["bit_generator"], *words, state["has_uint32"], state["uinteger"]]


_WRITERS: dict[type, Callable[[_Writer, Any, int], object]] = {
    **dict.fromkeys((type(None), bool, int, float, str), _Writer.scalar),
    list: _Writer.sequence,
    tuple: _Writer.sequence,
    dict: _Writer.dictionary,
    np.ndarray: _Writer.array,
    bytes: _Writer.binary,
    Handle: _Writer.handle,
    np.random.Generator: _Writer.generator,
}


class _Reader:
    """Turns nodes into values, and takes the payload in the order in which they name it."""

    __slots__ = ("handle", "own", "payload", "position")

    def __init__(self, payload: bytearray, handle: Callable[[int, str], Any], own: bool) -> None:
        self.payload = payload
        self.position = 0
        self.handle = handle
        self.own = own

    def value(self, node: Any, room: int) -> Any:
        kind = type(node)
        if kind is float or kind is int or node is None or kind is bool or kind is str:
            return node
        if kind is not list or not node or type(node[0]) is not int or not LIST <= node[0] <= RNG:
            raise WireError("no such node")
        if node[0] <= DICT and room <= 0:
            raise WireError("nested too deep")
        return _READERS[node[0]](self, node, room)

    def sequence(self, node: list[Any], room: int) -> Any:
        entries = [self.value(entry, room - 1) for entry in node[1:]]
        return entries if node[0] == LIST else tuple(entries)

    def dictionary(self, node: list[Any], room: int) -> Any:
        keys = node[1::2]
        if len(node) % 2 == 0 or any(type(key) is not str for key in keys) or len(set(keys)) != len(keys):
            raise WireError("keys are different strings")
        return {key: self.value(entry, room - 1) for key, entry in zip(keys, node[2::2], strict=True)}

    def array(self, node: list[Any], room: int) -> Any:
        _, name, writable, layout, *shape = node
        dtype = DTYPES[name]
        if type(writable) is not bool or layout not in ("C", "F", "S") or len(shape) > 8:
            raise WireError("no such array")
        size = dtype.itemsize
        for length in shape:
            if type(length) is not int or length < 0:
                raise WireError("no such shape")
            size *= length
        view: Array = np.ndarray(shape, dtype, self.payload, self.take(size))
        return _own(view, writable, layout) if self.own else view

    def binary(self, node: list[Any], room: int) -> Any:
        _, size = node
        start = self.take(size)
        return bytes(self.payload[start : start + size])

    def take(self, size: Any) -> int:
        """Where the next `size` bytes of the payload begin."""
        start = -(-self.position // 8) * 8
        if type(size) is not int or size < 0 or start + size > len(self.payload):
            raise WireError("outside the payload")
        self.position = start + size
        return start

    def kept(self, node: list[Any], room: int) -> Any:
        _, number, type_name = node
        if type(number) is not int or number < 0 or type(type_name) is not str:
            raise WireError("no such handle")
        return self.handle(number, type_name)

    def generator(self, node: list[Any], room: int) -> Any:
        if not self.own:
            raise WireError("a generator goes one way only")
        _, name, state, inc, has_uint32, uinteger = node
        bits = BIT_GENERATORS[name](0)
        words = {"state": int(state, 16), "inc": int(inc, 16)}
        bits.state = {"bit_generator": name, "state": words, "has_uint32": has_uint32, "uinteger": uinteger}
        return np.random.Generator(bits)


_READERS: tuple[Callable[[_Reader, list[Any], int], Any], ...] = (
    _Reader.sequence,
    _Reader.sequence,
    _Reader.dictionary,
    _Reader.array,
    _Reader.binary,
    _Reader.kept,
    _Reader.generator,
)


def _own(view: Array, writable: bool, layout: str) -> Array:
    """A copy of the view that has the layout and the writability of what was sent."""
    if layout == "S":
        wide = np.zeros((*view.shape[:-1], 2 * view.shape[-1]), view.dtype)
        copy = wide[..., ::2]
        copy[...] = view
    else:
        copy = np.array(view, order="F" if layout == "F" else "C")
    if not writable:
        copy.flags.writeable = False
    return copy
