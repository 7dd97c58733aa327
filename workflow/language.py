"""Languages of what people read: Vietnamese is the source of every text, other languages come from catalogues.

A catalogue is `locale/<language>/LC_MESSAGES/doithoai.po`, read once when its language is first asked for.
"""

from __future__ import annotations

from functools import lru_cache
from gettext import NullTranslations
from pathlib import Path
from typing import Literal

from workflow.domain.errors import DoithoaiError

Language = Literal["vi", "en"]
LANGUAGES: tuple[Language, ...] = ("vi", "en")
LOCALE = Path(__file__).parent / "locale"


@lru_cache
def catalogue(language: Language) -> NullTranslations:
    """The translations of a language; Vietnamese, the source, translates to itself."""
    if language == "vi":
        return NullTranslations()
    from io import BytesIO

    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po
    from babel.support import Translations

    with (LOCALE / language / "LC_MESSAGES" / "doithoai.po").open("rb") as source:
        compiled = BytesIO()
        write_mo(compiled, read_po(source))
    compiled.seek(0)
    return Translations(compiled, domain="doithoai")


def translate(text: str, language: Language) -> str:
    """A text in a language; the Vietnamese itself where the catalogue has no translation."""
    return catalogue(language).gettext(text)


def sentence(error: DoithoaiError, language: Language) -> str:
    """An error as the one sentence that its reader needs; an error among its fields is told in the same language."""
    fields = {
        name: sentence(value, language) if isinstance(value, DoithoaiError) else value
        for name, value in error.fields.items()
    }
    return translate(error.template, language).format(**fields)
