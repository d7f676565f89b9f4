"""What people read in a terminal: one Result, or a class of them.

Knows: Results (grader.grading.result). Does not judge, does not read files, does not choose a language.
"""

from grader.report.gradient import print_gradient
from grader.report.page import Page
from grader.report.stream import make_console
from grader.report.summary import print_summary
from grader.report.terminal import print_result
from grader.report.wrapping import crop, pad, wrap

__all__ = ["Page", "crop", "make_console", "pad", "print_gradient", "print_result", "print_summary", "wrap"]
