"""Every sentence of the machine has its Japanese form, with the same placeholders."""

import re
from pathlib import Path

import pytest

from grader.authoring.marked import marked_sentences, unmarkable
from grader.authoring.texts import placeholders
from grader.gradcheck import REASONS
from grader.i18n import MACHINE, Translator

FILES = sorted(Path("grader").rglob("*.py"))
MARKED = {template: where for path in FILES for template, where in marked_sentences(path).items()}
JAPANESE = Translator("ja", [MACHINE])


@pytest.mark.parametrize("template", MARKED, ids=[MARKED[template] for template in MARKED])
def test_a_sentence_has_a_japanese_form_with_the_same_placeholders(template):
    form = JAPANESE._form_of(template)
    assert placeholders(form) == placeholders(template)
    if re.search("[a-z]{3}", re.sub(r"{\w+}", "", template)):
        assert form != template, f"{MARKED[template]} has no Japanese form"


@pytest.mark.parametrize("path", FILES, ids=str)
def test_a_marked_sentence_is_a_plain_string(path):
    assert unmarkable(path) == []


@pytest.mark.parametrize("template", MARKED, ids=[MARKED[template] for template in MARKED])
def test_no_sentence_shouts_in_either_language(template):
    assert not re.search(r"[a-z]!(?!r)", template)  # a lone ! is a name of what it is: a shell line's mark
    assert "\uff01" not in JAPANESE._form_of(template)  # the full-width exclamation mark


@pytest.mark.parametrize("code", REASONS)
def test_a_reason_of_the_gradient_checker_has_a_japanese_form(code):
    assert JAPANESE._form_of(REASONS[code]) != REASONS[code]
