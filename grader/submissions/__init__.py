"""From files to answers: a .py, a notebook, a student's folder or a class becomes source in numbered parts.

Knows: files, encodings, notebooks, and how people's downloads get renamed. Does not know: what an exercise asks.
Nothing of an answer is run here. What cannot be read becomes a `Refusal` that says why, never an exception.
"""

from grader.submissions.answer import Answer, Refusal
from grader.submissions.folders import ClassFolder, find_answers, read_class
from grader.submissions.reading import read_answer

__all__ = ["Answer", "ClassFolder", "Refusal", "find_answers", "read_answer", "read_class"]
