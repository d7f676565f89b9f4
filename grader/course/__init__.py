"""A course: the vocabulary that its authors write exercises with, and finding one on disk.

This door is what a reference file imports; the machinery takes `load_course` and the types from here as well.
"""

from grader.course.comparing import Difference, difference, misfit
from grader.course.discovery import Chapter, Course, bundled_course, load_course
from grader.course.exercise import KINDS, Check, CourseError, Exercise, Function, Mistake
from grader.course.gradient_words import pattern_text
from grader.course.gradients import expect_gradient
from grader.course.interviewing import Call, Finding, Unmet, holding, show
from grader.course.judgements import expect, expect_distribution, expect_raises, expect_shape, expect_true
from grader.i18n import _

__all__ = [
    "KINDS",
    "Call",
    "Chapter",
    "Check",
    "Course",
    "CourseError",
    "Difference",
    "Exercise",
    "Finding",
    "Function",
    "Mistake",
    "Unmet",
    "_",
    "bundled_course",
    "difference",
    "expect",
    "expect_distribution",
    "expect_gradient",
    "expect_raises",
    "expect_shape",
    "expect_true",
    "holding",
    "load_course",
    "misfit",
    "pattern_text",
    "show",
]
