"""Help and errors in the reader's language: click's, and ours in click's form.

Knows: how click lays out a help page. Does not know any command.
Click itself speaks through gettext; its sentences that a student meets are listed here, so that the catalogue has
them. A help text's {exercise} is the first exercise of the course at hand.
"""

import gettext
import os
import re
import sys
from collections.abc import Iterator
from typing import Any

import click

from grader.i18n import MACHINE, Text, Translator, _

CLICKS = (
    _("Usage:"),
    _("Options"),
    _("Commands"),
    _("Error: {message}"),
    _("Show this message and exit."),
    _("Try '{command} {option}' for help."),
    _("No such command {name!r}."),
    _("No such option {name!r}."),
    _("Missing command."),
    _("Missing argument"),
    _("Missing option"),
    _("Invalid value: {message}"),
    _("Invalid value for {param_hint}: {message}"),
    _("{value!r} is not a valid {number_type}."),
    _("{value} is not in the range {range}."),
    _("Option {name!r} does not take a value."),
)
"""Those without plural forms; the rest stay English."""


def let_click_speak(language: str) -> None:
    """Click's sentences come from our catalogue from now on."""
    folder, domain = MACHINE
    gettext.bindtextdomain(domain, str(folder))
    gettext.textdomain(domain)
    os.environ["LANGUAGE"] = language


class Command(click.Command):
    """A command whose help is translated when it is shown."""

    def format_help_text(self, context: click.Context, formatter: click.HelpFormatter) -> None:
        formatter.write_paragraph()
        with formatter.indentation():
            formatter.write_text(_help(self.help, context, formatter.width - 4))

    def get_short_help_str(self, limit: int = 45) -> str:
        del limit
        context = click.get_current_context()
        return _help(self.help, context, 80).strip("\b\n").split("\n")[0]


class Group(Command, click.Group):
    """The program: a group of such commands, in the order in which they were added."""

    command_class = Command

    def list_commands(self, context: click.Context) -> list[str]:
        del context
        return list(self.commands)


class Option(click.Option):
    """An option whose help is translated when it is shown."""

    def get_help_record(self, context: click.Context) -> tuple[str, str] | None:
        record = super().get_help_record(context)
        # Click keeps a plain str of the text; the sentence was marked where the option is declared.
        return record and (record[0], say(context, Text(self.help or "")))


def say(context: click.Context | None, text: str) -> str:
    """A sentence in the reader's language, without the course's own words."""
    return Translator(getattr(context and context.obj, "lang", "en"))(text)


def tell_error(text: str, language: str) -> None:
    """One sentence on standard error; an encoding that lacks a letter gets its escape."""
    from grader.visible import visible

    click.echo(visible(Translator(language)(text), 2000, lines=True), file=sys.stderr)


def _help(text: str | None, context: click.Context, width: int) -> str:
    translated = say(context, text or "").replace("{exercise}", _example(context))
    return "\n\n".join(_laid_out(paragraph, width) for paragraph in translated.split("\n\n"))


def _laid_out(paragraph: str, width: int) -> str:
    """Examples stay line by line. Click wraps by letters and at spaces, so what is Japanese is wrapped here."""
    lines = paragraph.split("\n")
    if all(line.startswith("grader ") for line in lines):
        return "\b\n" + "\n".join(_aligned(lines))
    if paragraph.isascii():
        return paragraph
    from grader.report import wrap

    return "\b\n" + "\n".join(_lines(paragraph, width, wrap))


def _aligned(lines: list[str]) -> Iterator[str]:
    """Examples with what they do beside them: in one column again, now that the exercise has its name."""
    parts = [re.split(r"(?<=\S) {2,}", line, maxsplit=1) for line in lines]
    column = max((len(part[0]) for part in parts if len(part) == 2), default=0)
    for part in parts:
        yield f"{part[0]:{column}}   {part[1]}" if len(part) == 2 else part[0]


def _lines(paragraph: str, width: int, wrap: Any) -> Iterator[str]:
    for line in paragraph.split("\n"):
        yield from wrap(line, width)


def _example(context: click.Context) -> str:
    try:
        return str(context.obj.course.ids[0])
    except (click.ClickException, AttributeError):
        return "ID"
