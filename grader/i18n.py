"""The language of a text: sentences are marked where they are written and translated where they are read.

Knows: gettext catalogues and how a marked sentence remembers its placeholders.
Does not know: who reads, or what any sentence is about.

A marked sentence is a `Text`: an English str that also carries its template and its values. So a judgement can be
made once and told in any language later, which keeps languages out of every room that only finds things.
"""

import gettext
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

LANGUAGES = ("en", "ja")
MACHINE = (Path(__file__).parent / "locale", "grader")


class Text(str):
    """An English sentence that can be translated later: the str is English, `template` is the key."""

    template: str
    values: Mapping[str, Any]

    def __new__(cls, template: str, values: Mapping[str, Any] | None = None) -> "Text":
        english = str.format_map(template, values) if values else template
        text = super().__new__(cls, english)
        text.template = template
        text.values = dict(values or {})
        return text

    def format(self, *args: object, **values: Any) -> "Text":
        """The same sentence with its named placeholders filled; values may be `Text` themselves."""
        if args:
            raise TypeError("placeholders of a sentence have names: languages order them differently")
        return Text(self.template, {**self.values, **values})

    def __reduce__(self) -> tuple[type["Text"], tuple[str, dict[str, Any]]]:
        return Text, (self.template, dict(self.values))


def _(template: str) -> Text:
    """Mark a whole sentence for translation. Never give it an f-string: the key would change with the values."""
    return Text(template)


class Translator:
    """Sentences in one language, looked up in several catalogues in turn."""

    def __init__(self, language: str, catalogues: Iterable[tuple[Path, str]] = (MACHINE,)) -> None:
        """catalogues: (folder, domain) pairs, as `(locale, "grader")` for `locale/ja/LC_MESSAGES/grader.mo`."""
        self.language = language
        self._catalogues = tuple(catalogues)
        self._loaded = [
            gettext.translation(domain, str(folder), [language], fallback=True)
            for folder, domain in self._catalogues
            if language != "en"
        ]

    def also(self, folder: Path, domain: str) -> "Translator":
        """The same language with one more catalogue, asked first: an exercise speaks before the machine."""
        return Translator(self.language, ((folder, domain), *self._catalogues))

    def __call__(self, text: str) -> str:
        """The text in this language. A plain str is nobody's sentence (a name, a number) and comes back as it is."""
        if not isinstance(text, Text):
            return text
        template = self._form_of(text.template)
        if not text.values:
            return template
        return template.format_map({name: self._value(value) for name, value in text.values.items()})

    def _form_of(self, template: str) -> str:
        if not template:
            return ""  # gettext answers the empty key with the catalogue's header
        for catalogue in self._loaded:
            found = catalogue.gettext(template)
            if found != template:
                return found
        return template

    def _value(self, value: Any) -> Any:
        return self(value) if isinstance(value, Text) else value


def choose_language(asked: str | None, environment: Mapping[str, str]) -> str:
    """The language asked for, else that of the locale; English where the locale's language has no catalogue."""
    if asked:
        return asked
    for variable in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if environment.get(variable):
            language = environment[variable].split("_")[0].split(".")[0].lower()
            return language if language in LANGUAGES else "en"
    return "en"
