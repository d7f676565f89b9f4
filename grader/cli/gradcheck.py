"""`grader gradcheck`: the gradient of anybody's own function. Knows how it is typed and told; measures nothing."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from grader.cli.settings import DOES_NOT, HOLDS, Settings, Stop, shared_options
from grader.cli.speech import Command, Option
from grader.i18n import _

if TYPE_CHECKING:
    from grader.gradcheck import Result


@click.command(
    "gradcheck",
    cls=Command,
    help=_(
        "Check the gradient of a function of your own.\n\n"
        "grader gradcheck net.py:loss net.py:loss_grad --shape 3,4\n"
        "grader gradcheck net.py:loss net.py:loss_grad --at weights.npy\n\n"
        "The gradient takes what the function takes; where the function gives an\n"
        "array, the upstream gradient comes as its last argument.\n\n"
        "Exit code: 0 it is right, 1 it is not, or nothing can be told, 2 the call or\n"
        "a file cannot be used, 3 a fault of the grader."
    ),
)
@click.argument("forward", metavar="FILE:FORWARD")
@click.argument("backward", metavar="FILE:BACKWARD")
@click.option("--at", cls=Option, type=click.Path(path_type=Path), metavar="FILE.npy",
              help=_("Check it at the array in this file."))  # fmt: skip
@click.option("--shape", cls=Option, metavar="3,4", help=_("Check it at random numbers of this shape."))
@click.option("--seed", cls=Option, type=click.IntRange(0), default=0, metavar="N",
              help=_("Draw point and directions from this seed."))  # fmt: skip
@click.option("--json", "as_json", cls=Option, is_flag=True, help=_("Write the verdict as JSON."))
@shared_options
@click.pass_obj
def gradcheck_command(
    settings: Settings, forward: str, backward: str, at: Path | None, shape: str | None, seed: int, as_json: bool
) -> int:
    from grader.grading import OwnFunction, Unaskable, judge_own_gradient, read_point

    if at is not None and shape is not None:
        raise Stop(_("--at and --shape both say where; give one of them."))
    try:
        functions = OwnFunction.parse(forward), OwnFunction.parse(backward)
        point = read_point(at, shape, seed)
        with settings.wall() as wall:
            result = judge_own_gradient(*functions, point, wall, seed=seed)
    except Unaskable as problem:
        raise Stop(problem.says) from problem
    if as_json:
        click.echo(_as_json(result))
    else:
        from grader.report import print_gradient

        print_gradient(result, settings.page())
    return HOLDS if result.ok else DOES_NOT


def _as_json(result: "Result") -> str:
    import dataclasses

    import msgspec

    fields: dict[str, Any] = dataclasses.asdict(result)
    fields["ok"] = result.ok
    fields["wrong"] = None if result.wrong is None else {name: mask.tolist() for name, mask in result.wrong.items()}
    for name in ("error", "bound", "resolution"):
        if fields[name] != fields[name] or abs(fields[name]) == float("inf"):
            fields[name] = None
    return msgspec.json.encode(fields).decode()
