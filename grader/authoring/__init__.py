"""What an author of a course needs: begin an exercise, make what is generated, prove that it judges rightly.

Knows: courses from the author's side. Does not know students. This is the one room that runs the oracle for its own
sake, through the references that a course loads.
"""

from grader.authoring.build import build
from grader.authoring.carrying import Carried, carried_over, into_file, into_notebook
from grader.authoring.new import Created, new
from grader.authoring.table import write_table
from grader.authoring.verify import SEEDS, Verified, faults_of_shared_texts, stray_files, verify

__all__ = [
    "SEEDS",
    "Carried",
    "Created",
    "Verified",
    "build",
    "carried_over",
    "faults_of_shared_texts",
    "into_file",
    "into_notebook",
    "new",
    "stray_files",
    "verify",
    "write_table",
]
