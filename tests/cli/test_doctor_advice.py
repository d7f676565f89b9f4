"""Where the wall is lower than it could be, doctor says how to raise it."""


def test_a_low_level_comes_with_how_to_raise_it(grader):
    out = grader("doctor", GRADER_LEVEL="process").out
    assert "To raise the level:" in out
    assert all(system in out for system in ("Debian, Ubuntu:", "Docker:", "macOS:", "Windows:"))
