"""What runs beside an answer's code: the template process, and the child that is forked from it for each answer.

Knows: the standard library, numpy and `grader.wire`. Does not know: exercises, oracles, checks, limits of a course; the
grader sends what is needed. Nothing secret may ever be in the memory of this process: a fork inherits all of it.
"""
