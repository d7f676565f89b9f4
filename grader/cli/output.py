"""Machine-readable output. Knows the encoding of standard output; does not know what is written."""

import json
import sys
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from grader.grading import Result


def put_json(result: "Result") -> None:
    """One Result as one line; where the stream is not UTF-8, in ASCII with JSON's own escapes."""
    from grader.grading import to_json

    line = to_json(result)
    encoding = (getattr(sys.stdout, "encoding", None) or "ascii").lower().replace("-", "")
    click.echo(line if encoding == "utf8" else json.dumps(json.loads(line)))
