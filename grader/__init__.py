"""Judges exercises in the mathematics of deep learning.

Imports nothing: a command loads what it needs, and the process beside an answer's code loads no room of the house
but the one it runs.
"""

__version__ = "0.1.0"
