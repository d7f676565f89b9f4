"""`python -m grader.cli`: the program where it is not installed."""

from grader.cli import main

main()
