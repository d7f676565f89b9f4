"""Sentences are made once and told in any language."""

import pytest

from grader.i18n import Text, Translator, _, choose_language


def test_a_sentence_reads_as_english_and_remembers_its_template():
    text = _("{got} came.").format(got=3)
    assert (text, text.template, text.values) == ("3 came.", "{got} came.", {"got": 3})


def test_a_sentence_within_a_sentence_is_translated_as_well():
    class Reversed(Translator):
        def _form_of(self, template):
            return {"a {x}": "{x} A", "b": "B"}.get(template, template)

    assert Reversed("ja", ())(_("a {x}").format(x=_("b"))) == "B A"


def test_braces_in_a_value_are_no_placeholders():
    assert Translator("en", ())(_("{text}.").format(text="{0.__class__} {x}")) == "{0.__class__} {x}."


def test_a_plain_str_is_nobodys_sentence():
    assert Translator("ja")("sigmoid") == "sigmoid"


def test_placeholders_have_names():
    with pytest.raises(TypeError, match="placeholders"):
        _("{} and {}").format(1, 2)


@pytest.mark.parametrize(
    ("asked", "environment", "language"),
    [
        ("ja", {"LANG": "en_US.UTF-8"}, "ja"),
        (None, {"LANG": "ja_JP.UTF-8"}, "ja"),
        (None, {"LC_ALL": "C.UTF-8", "LANG": "ja_JP.UTF-8"}, "en"),
        (None, {"LANG": "de_DE"}, "en"),
        (None, {}, "en"),
    ],
)
def test_the_language_is_the_one_asked_for_else_that_of_the_locale(asked, environment, language):
    assert choose_language(asked, environment) == language


def test_a_text_survives_being_pickled():
    import pickle

    text = _("{n} of {m}").format(n=1, m=2)
    assert pickle.loads(pickle.dumps(text)).values == text.values
    assert isinstance(pickle.loads(pickle.dumps(text)), Text)


def test_nothing_said_is_nothing_said_in_every_language():
    assert Translator("ja")(Text("")) == ""
