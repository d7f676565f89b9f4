"""Values, calls and differences in words that a student can read.

Knows: how numbers, shapes and small arrays are written. Does not judge, and does not know who asked.
"""

import inspect
from typing import Any

import numpy as np

from grader.course.comparing import Difference, is_number, is_numeric
from grader.course.interviewing import Call
from grader.i18n import Text, _

SMALL = 6
"""An array of at most so many entries is shown, a larger one is described."""


def number(value: Any) -> str:
    """Four digits, and Python's words for what is no ordinary number."""
    if isinstance(value, bool | np.bool_):
        return str(bool(value))
    if isinstance(value, int | np.integer):
        return str(int(value)) if abs(int(value)) < 10**9 else f"{float(value):.4g}"
    return f"{float(value):.4g}"


def shape(value: Any) -> str:
    return str(tuple(int(k) for k in np.shape(value)))


def describe(value: Any) -> Text:
    """A value in a few words: a number as it is, a small array written out, a large one by its shape."""
    if value is None:
        return Text("None")
    if is_number(value):
        return Text("{number}").format(number=number(np.asarray(value).item()))
    if isinstance(value, np.ndarray):
        if value.ndim == 1 and value.size <= SMALL:
            return Text("[{entries}]").format(entries=", ".join(number(entry) for entry in value))
        return _("an array of shape {shape}").format(shape=shape(value))
    return _describe_structure(value)


def _describe_structure(value: Any) -> Text:
    if isinstance(value, str):
        return _("the text {text}").format(text=repr(value[:40]))
    if isinstance(value, tuple):
        return _("a tuple of {count}").format(count=len(value))
    if isinstance(value, list):
        return _("a list of {count}").format(count=len(value))
    if isinstance(value, dict):
        return _("a dict with the keys {keys}").format(keys=", ".join(sorted(map(str, value))[:12]) or "∅")
    return _("a value of the type {type}").format(type=getattr(value, "type_name", type(value).__name__))


def call_text(call: Call, signature: inspect.Signature | None) -> str:
    """`sigmoid_grad(x)`: the call with the contract's names for its arguments, numbers written out."""
    names = list(signature.parameters) if signature else []
    parts = [_argument(names[k] if k < len(names) else f"#{k + 1}", arg) for k, arg in enumerate(call.args)]
    parts += [f"{key}={_argument(key, arg)}" for key, arg in call.kwargs.items()]
    name = f"{call.function}.{call.method}" if call.method else call.function
    return f"{name}({', '.join(parts)})"


def _argument(name: str, value: Any) -> str:
    return number(np.asarray(value).item()) if is_number(value) else name


def arguments_text(call: Call, signature: inspect.Signature | None) -> Text | None:
    """`x of shape (2, 5)` or `x = [1, 2]` for the arguments that the call only names; None where it shows all."""
    names = list(signature.parameters) if signature else []
    named = [(names[k] if k < len(names) else f"#{k + 1}", arg) for k, arg in enumerate(call.args)]
    named += list(call.kwargs.items())
    parts = [part for name, value in named if (part := _named(name, value))]
    return Text("{parts}").format(parts=", ".join(parts)) if parts else None


def _named(name: str, value: Any) -> str:
    if isinstance(value, np.ndarray) and value.ndim > 0:
        if value.ndim == 1 and value.size <= SMALL:
            return f"{name} = [{', '.join(number(entry) for entry in value)}]"
        return f"{name}: {shape(value)}"
    if isinstance(value, dict):
        return f"{name}: {{{', '.join(map(str, value))}}}"
    return ""


def place(path: tuple[int | str, ...], index: tuple[int, ...]) -> str:
    """`[1, 0]`, `["W"][2]`: how one would index to that entry in Python. A tuple's places count from 0 as well."""
    steps = "".join(f"[{step!r}]" for step in path)
    return steps + (f"[{', '.join(map(str, index))}]" if index else "")


def came(found: Difference, beside: Text | None = None) -> Text:
    """What came, as one sentence about the difference that was found. beside: a remark such as "where x is 2"."""
    at = place(found.path, found.index)
    if found.kind == "type":
        return _type_came(found, at)
    if found.kind == "length":
        return _("{got}{at}, where {count} values are asked for.").format(
            got=describe(found.got), at=f" ({at})" if at else "", count=len(found.want)
        )
    if found.kind == "keys":
        return _keys_came(found)
    if found.kind == "shape":
        return _shape_came(found, at)
    return _value_came(found, at, beside)


def _type_came(found: Difference, at: str) -> Text:
    if at:
        return _("{got} at {at}, where {want} is asked for.").format(
            got=describe(found.got), at=at, want=_kind_of(found.want)
        )
    return _("{got}, where {want} is asked for.").format(got=describe(found.got), want=_kind_of(found.want))


def _kind_of(want: Any) -> Text:
    """What is asked for, without its numbers: the oracle's values are not for a message."""
    if want is None:
        return _("a number or an array")
    if is_number(want):
        return _("a number")
    if is_numeric(want):
        return _("an array of shape {shape}").format(shape=shape(want))
    if isinstance(want, tuple | list):
        return _("a tuple of {count}").format(count=len(want))
    return describe(want)


def _keys_came(found: Difference) -> Text:
    missing = sorted(set(found.want) - set(found.got))
    more = sorted(set(found.got) - set(found.want))
    if missing:
        return _("a dict without the keys {keys}.").format(keys=", ".join(map(str, missing)))
    return _("a dict with keys that are not asked for: {keys}.").format(keys=", ".join(map(str, more[:12])))


def _shape_came(found: Difference, at: str) -> Text:
    if is_number(found.want):
        return _("an array of shape {got}{at}, where a single number is asked for.").format(
            got=shape(found.got), at=f" ({at})" if at else ""
        )
    if is_number(found.got):
        return _("a single number{at}, where shape {want} is asked for.").format(
            at=f" ({at})" if at else "", want=shape(found.want)
        )
    return _("shape {got}{at}, where {want} is asked for.").format(
        got=shape(found.got), at=f" ({at})" if at else "", want=shape(found.want)
    )


def _value_came(found: Difference, at: str, beside: Text | None) -> Text:
    got = number(found.got)
    if found.total == 1:
        return _("{got} at {at}.").format(got=got, at=at) if found.path else _("{got}.").format(got=got)
    remark = beside or Text("")
    if found.count == found.total:
        return _("{got} at {at}{beside} (all {total} entries differ).").format(
            got=got, at=at, beside=remark, total=found.total
        )
    return _("{got} at {at}{beside} ({count} of {total} entries differ).").format(
        got=got, at=at, beside=remark, count=found.count, total=found.total
    )


def beside(
    call: Call | None, signature: inspect.Signature | None, index: tuple[int, ...], size: tuple[int, ...]
) -> Text | None:
    """`, where x is −0.99`: the entry of the call's one argument of that shape, where there is just one."""
    if call is None or not index:
        return None
    names = list(signature.parameters) if signature else []
    same = [(k, arg) for k, arg in enumerate(call.args) if isinstance(arg, np.ndarray) and arg.shape == size]
    if len(same) != 1 or same[0][0] >= len(names):
        return None
    position, array = same[0]
    return _(", where {name} is {value}").format(name=names[position], value=number(array[index]))
