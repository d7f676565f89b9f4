"""The command line. Knows click, exit codes and which verb of which room a command stands for; decides nothing."""

from grader.cli.program import main, run

__all__ = ["main", "run"]
