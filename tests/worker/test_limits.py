"""What may be set, and what is counted."""

import pytest

from grader.worker import Account, Limits


def test_a_course_may_raise_a_limit():
    assert Limits.of({"call": 20, "memory": 2**31}) == Limits(call=20.0, memory=2**31)


@pytest.mark.parametrize("mapping", [
    {"speed": 1}, {"call": 0}, {"call": -1.0}, {"call": "5"}, {"call": True}, {"memory": 1.5}, {"memory": float("inf")},
    {"call": float("nan")},
])  # fmt: skip
def test_what_is_no_limit_is_refused_with_a_sentence(mapping):
    with pytest.raises(ValueError, match=r"limit.*\.$"):
        Limits.of(mapping)


def test_an_account_without_time_left_says_so():
    account = Account(Limits(wall=10, cpu=2))
    assert (account.seconds_left(), account.cpu_seconds_left()) == (10, 2)
    account.wall, account.cpu = 4.0, 1.2
    assert (account.seconds_left(), account.cpu_seconds_left()) == (6, 1)
    account.cpu = 2.5
    assert (account.seconds_left(), account.cpu_seconds_left()) == (0, 1)
