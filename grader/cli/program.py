"""The program: its commands, and what becomes of everything that ends one.

Knows: exit codes. Does not know what any command does.
"""

import contextlib
import errno
import sys
from collections.abc import Sequence

import click

from grader.cli.authors import build_command, new_command, verify_command
from grader.cli.check import check_command
from grader.cli.doctor import doctor_command
from grader.cli.gradcheck import gradcheck_command
from grader.cli.grade import grade_command
from grader.cli.hint import hint_command
from grader.cli.listing import list_command
from grader.cli.settings import FAULT, HOLDS, INTERRUPTED, UNUSABLE, Settings, Stop, language_of, shared_options
from grader.cli.speech import Group, let_click_speak, tell_error
from grader.cli.start import start_command
from grader.i18n import _
from grader.visible import visible

NAMES = {"help_option_names": ["-h", "--help"]}


@click.group(
    cls=Group,
    context_settings=NAMES,
    help=_(
        "Judge exercises in the mathematics of deep learning, and say what to think about.\n\n"
        "grader list                  the exercises, as a path\n"
        "grader start {exercise}          put an exercise into this folder\n"
        "grader check                 judge every answer in this folder\n\n"
        "Exit code: 0 everything holds, 1 something does not, 2 the call or a file\n"
        "cannot be used, 3 a fault of the grader."
    ),
)
@shared_options
def program() -> None:
    """All of it stands in the commands."""


for command in (list_command, start_command, check_command, hint_command, grade_command, gradcheck_command,
                doctor_command, new_command, build_command, verify_command):  # fmt: skip
    program.add_command(command)


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the program and end the process with its exit code."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    sys.exit(run(given))


def run(arguments: list[str]) -> int:
    """The exit code of a command line. Nothing but a code comes out of it, whatever happens inside."""
    language = language_of(arguments)
    let_click_speak(language)
    try:
        code = program.main(arguments, prog_name="grader", standalone_mode=False, obj=Settings(language))
        sys.stdout.flush()
    except Stop as problem:
        tell_error(problem.says, language)
        return problem.code
    except click.ClickException as problem:
        problem.show()
        return problem.exit_code
    except (KeyboardInterrupt, click.Abort):
        tell_error(_("Stopped."), language)
        return INTERRUPTED
    except BrokenPipeError:
        # Whoever read our output has seen enough (`grader grade … | head`).
        with contextlib.suppress(OSError):
            sys.stdout.close()
        return HOLDS
    except Exception as problem:
        return _unusable(problem, arguments, language) or _fault(problem, language)
    return code if isinstance(code, int) else HOLDS


def _unusable(problem: Exception, arguments: Sequence[str], language: str) -> int:
    """The exit code where a course that was named, or the place that the output goes to, cannot be used; else 0."""
    from grader.course import CourseError

    named = any(argument.split("=")[0] == "--course" for argument in arguments)
    if isinstance(problem, CourseError) and named:
        tell_error(visible(str(problem), 1000), language)
        return UNUSABLE
    if isinstance(problem, OSError) and problem.errno in (errno.ENOSPC, errno.EIO, errno.EBADF, errno.EDQUOT):
        tell_error(_("The output cannot be written ({reason}).").format(reason=problem.strerror), language)
        return UNUSABLE
    return 0


def _fault(problem: Exception, language: str) -> int:
    """What nobody foresaw: one line for the person, the whole story in Python's development mode."""
    if sys.flags.dev_mode:
        sys.excepthook(type(problem), problem, problem.__traceback__)
    says = _("A fault of the grader, not yours: {problem} Please report it with the output of: grader doctor")
    tell_error(says.format(problem=visible(f"{type(problem).__name__}: {problem}.", 400)), language)
    return FAULT
