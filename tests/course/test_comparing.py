"""What may stand for what, and where two values differ."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import array_shapes, arrays

from grader.course import difference, misfit

ARRAYS = arrays(np.float64, array_shapes(max_dims=3, max_side=4), elements=st.floats(-1e6, 1e6))


@given(ARRAYS)
def test_a_value_does_not_differ_from_itself(value):
    assert difference(value.copy(), value, 0.0, 0.0) is None


@given(ARRAYS, st.data())
def test_one_changed_entry_is_found_at_its_index(value, data):
    place = data.draw(st.integers(0, value.size - 1))
    got = value.copy()
    got.flat[place] += 1 + abs(got.flat[place])
    found = difference(got, value, 1e-6, 1e-6)
    assert (found.kind, found.index, found.count) == ("value", np.unravel_index(place, value.shape), 1)


@pytest.mark.parametrize(
    ("got", "want"),
    [
        (np.array(2.0), 2.0),
        (2, 2.0),
        (True, 1.0),
        ([1.0, 2.0], np.array([1.0, 2.0])),
        ([np.eye(2), 3.0], (np.eye(2), 3.0)),
        ({"b": 1.0, "a": 2.0}, {"a": 2.0, "b": 1.0}),
        (np.array([np.nan, np.inf]), np.array([np.nan, np.inf])),
        (np.zeros((0, 3)), np.zeros((0, 3))),
        (np.array([1], dtype=np.int64), np.array([1.0])),
    ],
    ids=str,
)
def test_other_forms_of_the_same_value_are_equal(got, want):
    assert difference(got, want, 1e-9, 1e-9) is None


@pytest.mark.parametrize(
    ("got", "want", "kind"),
    [
        (None, 1.0, "type"),
        ("1.0", 1.0, "type"),
        (np.array([1.0]), 1.0, "shape"),
        (np.ones(3), np.ones((3, 1)), "shape"),
        ([np.ones(2)], np.ones((1, 2)), "type"),
        ((1.0,), (1.0, 2.0), "length"),
        (np.ones(2), (1.0, 1.0), "type"),
        ({"a": 1.0}, {"b": 1.0}, "keys"),
        (np.array([-np.inf]), np.array([np.inf]), "value"),
        (np.array([np.nan]), np.array([1.0]), "value"),
    ],
    ids=str,
)
def test_what_is_another_value_is_told_by_its_kind(got, want, kind):
    assert difference(got, want, 1e-6, 1e-6).kind == kind


def test_a_nan_is_shown_before_a_large_difference():
    found = difference(np.array([1e9, np.nan, 0.0]), np.zeros(3), 1e-6, 1e-6)
    assert found.index == (1,)


def test_a_difference_deep_in_a_structure_knows_the_way():
    got = ({"W": np.ones(2)}, 1.0)
    assert difference(got, ({"W": np.array([1.0, 2.0])}, 1.0), 1e-6, 1e-6).path == (0, "W")


def test_a_misfit_looks_at_shapes_and_not_at_numbers():
    assert misfit((np.zeros(3), 1.0), (np.ones(3), 5.0)) is None
    assert misfit((np.zeros((3, 1)), 1.0), (np.ones(3), 5.0)).kind == "shape"
