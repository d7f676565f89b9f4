"""What crosses the wall arrives as it was, and nothing else crosses."""

import struct
from collections import OrderedDict, namedtuple
from enum import IntEnum

import msgspec
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from grader import wire
from grader.wire import Handle, NotOfTheSet, WireError


def there(value, **how):
    """The value as the other side has it."""
    frame = wire.encode(1, "value", [value])
    header, payload = wire.PREFIX.unpack_from(frame)
    body = frame[wire.PREFIX.size :]
    assert len(body) == header + payload
    return wire.decode(body[:header], bytearray(body[header:]), **how)[2][0]


def frame_of(fields, payload=b"", nonce=1, kind="value"):
    return wire.decode(msgspec.msgpack.encode([nonce, kind, fields]), bytearray(payload))


def same(a, b):
    if isinstance(a, np.ndarray):
        return a.dtype == b.dtype and a.shape == b.shape and a.tobytes() == b.tobytes()
    if isinstance(a, list | tuple):
        return type(a) is type(b) and len(a) == len(b) and all(map(same, a, b))
    if isinstance(a, dict):
        return type(b) is dict and list(a) == list(b) and all(same(a[key], b[key]) for key in a)
    return type(a) is type(b) and (a == b or (a != a and b != b))


arrays = hnp.arrays(
    st.sampled_from([np.dtype(name) for name in wire.DTYPES]),
    hnp.array_shapes(min_dims=0, max_dims=4, min_side=0, max_side=3),
)
scalars = st.none() | st.booleans() | st.integers(-(2**63), 2**63 - 1) | st.floats() | st.text() | st.binary()
values = st.recursive(
    scalars | arrays,
    lambda inner: (
        st.lists(inner, max_size=3) | st.lists(inner, max_size=3).map(tuple) | st.dictionaries(st.text(), inner)
    ),
    max_leaves=6,
)


@given(values)
def test_a_value_of_the_set_arrives_as_it_was(value):
    try:
        came = there(value)
    except NotOfTheSet:  # nested too deep
        return
    assert same(value, came)


@given(st.binary(max_size=200), st.binary(max_size=64))
def test_any_other_bytes_are_a_wire_error_and_nothing_else(header, payload):
    try:
        wire.decode(header, bytearray(payload))
    except WireError:
        return


@given(values, st.data())
def test_a_frame_with_a_bit_turned_is_a_value_or_a_wire_error(value, data):
    try:
        frame = bytearray(wire.encode(1, "value", [value]))
    except NotOfTheSet:
        return
    at = data.draw(st.integers(wire.PREFIX.size, len(frame) - 1))
    frame[at] ^= 1 << data.draw(st.integers(0, 7))
    header = wire.PREFIX.unpack_from(frame)[0] + wire.PREFIX.size
    try:
        wire.decode(bytes(frame[wire.PREFIX.size : header]), frame[header:])
    except WireError:
        return


HOSTILE = {
    "a map": [{"a": 1}],
    "an extension": [msgspec.msgpack.Ext(1, b"xx")],
    "a time": [msgspec.Raw(b"\xd6\xff\0\0\0\0")],
    "an unknown tag": [[99, 1]],
    "a tag that is no number": [["0", 1]],
    "an empty list": [[]],
    "true as a tag": [[True, 1]],
    "nested 9 deep": [[0, [0, [0, [0, [0, [0, [0, [0, [0]]]]]]]]]],
    "an array outside the payload": [[wire.ARRAY, "<f8", True, "C", 2]],
    "an array of objects": [[wire.ARRAY, "|O", True, "C", 1]],
    "complex numbers": [[wire.ARRAY, "<c8", True, "C", 1]],
    "a negative length": [[wire.ARRAY, "<f8", True, "C", -1, -1]],
    "a length that overflows": [[wire.ARRAY, "<f8", True, "C", 2**62, 4]],
    "a fractional length": [[wire.ARRAY, "<f8", True, "C", 1.0]],
    "nine dimensions": [[wire.ARRAY, "<f8", True, "C", *[1] * 9]],
    "an unknown layout": [[wire.ARRAY, "<f8", True, "K", 1]],
    "bytes left over": [1],
    "bytes outside the payload": [[wire.BYTES, 9]],
    "a key twice": [[wire.DICT, "a", 1, "a", 2]],
    "a key that is a number": [[wire.DICT, 1, 1]],
    "a key without a value": [[wire.DICT, "a"]],
    "a negative handle": [[wire.HANDLE, -1, "V"]],
    "a handle without a name": [[wire.HANDLE, 1]],
    "a generator to the grader": [[wire.RNG, "PCG64", "0", "1", 0, 0]],
}


@pytest.mark.parametrize("fields", HOSTILE.values(), ids=HOSTILE)
def test_what_encode_never_writes_is_refused(fields):
    with pytest.raises(WireError):
        frame_of(fields, b"\0" * 8)


@pytest.mark.parametrize("header", [
    b"\x91" * 200_000, b"\x93\x01\xa1v\xdd\xff\xff\xff\xff", b"\x93\x01\xa1v\xc6\xff\xff\xff\xff",
    b"\x93\x01\xa2\xff\xff\x90", b"\x94\x01\xa1v\x90\xc0", b"\x92\x01\xa1v", b"", b"\x93\x01\xa1v\x90\xc0",
], ids=range(8))  # fmt: skip
def test_headers_made_to_hurt_are_refused(header):
    with pytest.raises(WireError):
        wire.decode(header, bytearray())


def test_an_empty_array_of_any_size_costs_nothing():
    assert there(np.zeros((0, 10**12))).shape == (0, 10**12)
    assert frame_of([[wire.ARRAY, "<f8", True, "C", 0, 2**40]])[2][0].size == 0


def test_arrays_of_a_reply_can_be_written():
    came = there(np.broadcast_to(1.0, (2, 2)))
    came += 1
    assert came.tolist() == [[2, 2], [2, 2]]


@pytest.mark.parametrize("sent", [
    np.arange(6.0).reshape(2, 3).T, np.arange(12.0)[::2], np.arange(12.0).reshape(3, 4)[:, ::2], np.ones((3, 2))[:, :1],
    np.broadcast_to(1.0, (2, 2)), np.ones((2, 0)), np.array(1.0),
])  # fmt: skip
def test_an_own_copy_keeps_layout_and_writability(sent):
    came = there(sent, own=True)
    assert same(came, sent)
    for flag in ("C_CONTIGUOUS", "F_CONTIGUOUS", "WRITEABLE"):
        assert came.flags[flag] == sent.flags[flag]


def test_a_generator_arrives_in_its_state():
    rng = np.random.default_rng(5)
    rng.integers(0, 10, dtype=np.int32)
    assert there(rng, own=True).normal(size=3).tolist() == rng.normal(size=3).tolist()


class Colour(IntEnum):
    RED = 3


class Liar(float):
    def __float__(self):
        return 42.0


@pytest.mark.parametrize(("odd", "plain"), [
    (np.float64(0.5), 0.5), (np.float32(0.5), 0.5), (np.int8(-3), -3), (np.uint64(2**64 - 1), 2**64 - 1),
    (np.bool_(True), True), (np.str_("a"), "a"), (Colour.RED, 3), (Liar(1.5), 1.5), (OrderedDict(a=1), {"a": 1}),
    (namedtuple("Pair", "x y")(1, 2), (1, 2)), (np.ma.masked_array([1.0], [True]), np.array([1.0])),
    (np.array([1], ">i4"), np.array([1], "<i4")),
])  # fmt: skip
def test_relatives_of_the_set_are_sent_as_their_base(odd, plain):
    assert same(there(odd), plain)


@pytest.mark.parametrize("value", [
    1j, object(), {1, 2}, np.array([1j]), np.array([None]), {1: 2}, 2**64, "\ud800", range(3), np.array(["a"]),
    np.random.Generator(np.random.MT19937(1)), np.longdouble(1), [[[[[[[[[1]]]]]]]]], np.datetime64("2020"),
])  # fmt: skip
def test_what_is_outside_the_set_is_named_and_not_sent(value):
    with pytest.raises(NotOfTheSet) as caught:
        there(value)
    assert caught.value.type_name


def test_a_list_that_holds_itself_is_not_sent():
    knot = []
    knot.append(knot)
    with pytest.raises(NotOfTheSet, match="deep"):
        there(knot)


def test_handles_and_objects_that_are_kept_go_as_numbers():
    assert there([Handle(3, "Variable")]) == [Handle(3, "Variable")]
    frame = wire.encode(1, "value", [object()], keep=lambda value: Handle(7, "object"))
    assert b"object" in frame
    assert struct.unpack_from("<IQ", frame)[1] == 0
