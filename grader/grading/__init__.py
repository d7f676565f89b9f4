"""Grading: what an answer is asked, what became of each question, and whose fault it is.

The way of one answer (judging.py): a respondent loads it behind the wall (respondent.py); every check holds its
interview (interview.py); what failed is asked again with the other functions trusted (blame.py); known mistakes are
those that give equal answers (recognise.py); all of it is put into words and points (assembling.py).
"""

from grader.grading.classes import judge_class
from grader.grading.judging import judge, refuse, seed_of
from grader.grading.own_gradient import OwnFunction, Unaskable, judge_own_gradient, read_point
from grader.grading.result import CheckResult, FunctionResult, Result, from_json, to_json
from grader.grading.results_file import NotOurFolder, ResultsFile, open_results

__all__ = [
    "CheckResult",
    "FunctionResult",
    "NotOurFolder",
    "OwnFunction",
    "Result",
    "ResultsFile",
    "Unaskable",
    "from_json",
    "judge",
    "judge_class",
    "judge_own_gradient",
    "open_results",
    "read_point",
    "refuse",
    "seed_of",
    "to_json",
]
