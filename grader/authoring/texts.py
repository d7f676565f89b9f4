"""Whether every sentence of a course has its form in every language.

Knows: the compiled catalogues and placeholders. Does not know what any sentence says.
"""

import gettext
import itertools
import string
from collections.abc import Iterator
from pathlib import Path

from grader.course import Course, Exercise
from grader.i18n import Text

NOWHERE = "\0"


def sentences(exercise: Exercise) -> Iterator[tuple[str, str]]:
    """(where, template) of every sentence that an exercise declares: title, hints, checks, mistakes."""
    yield "the title", _template(exercise.title)
    for number, hint in enumerate(exercise.hints, 1):
        yield f"hint {number}", _template(hint)
    for check in exercise.checks.values():
        yield f"the title of {check.id}", _template(check.title)
    for mistake in exercise.mistakes:
        yield f"says of {mistake.id}", _template(mistake.says)
        yield f"ask of {mistake.id}", _template(mistake.ask)


def missing_forms(course: Course, id: str, marked: dict[str, str]) -> Iterator[str]:
    """Sentences of the exercise that lack a form or whose form has other placeholders.

    marked: template to where it stands, for what is marked inside the checks as well.
    """
    for language in course.languages:
        if language == "en":
            continue
        catalogue = _catalogue(course.folder / "locale", id, language)
        if catalogue is None:
            yield f"locale/{language}/LC_MESSAGES/{id}.mo is missing; grader build compiles it."
            continue
        for template, where in marked.items():
            form = catalogue.gettext(template)
            if form is NOWHERE and not _is_formula(template):
                yield f"{where} has no form in {language}: {template!r}"
            elif form is not NOWHERE and placeholders(form) != placeholders(template):
                yield f"{where} has other placeholders in {language}: {form!r}"


def placeholders(template: str) -> set[str]:
    """The names in braces."""
    try:
        return {name for _text, name, _spec, _conversion in string.Formatter().parse(template) if name}
    except ValueError:
        return {"(a brace that does not close)"}


class _Nowhere(gettext.NullTranslations):
    """Answers what a catalogue lacks: a name such as Adam may well be its own form, so that equality says nothing."""

    def gettext(self, message: str) -> str:
        return NOWHERE


def _catalogue(folder: Path, domain: str, language: str) -> gettext.NullTranslations | None:
    try:
        catalogue = gettext.translation(domain, str(folder), [language])
    except OSError:
        return None
    catalogue.add_fallback(_Nowhere())
    return catalogue


def _template(text: str) -> str:
    return text.template if isinstance(text, Text) else text


def _is_formula(template: str) -> bool:
    """A sentence without two letters in a row says the same in every language."""
    return not any(a.isalpha() and b.isalpha() for a, b in itertools.pairwise(template))
