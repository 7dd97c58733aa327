"""From bytes to letters: Unicode in its forms, Windows' Vietnamese code page, and a refusal of what went before."""

from __future__ import annotations

import codecs
import re
import unicodedata

from workflow.intake.readers.refusals import LettersUnknown, OldEncoding

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
"""Byte order marks; the longer before those that they begin with."""

_WORD = re.compile(r"[^\W\d_][\w\u00a1-\u00ff]*|[\u00a1-\u00ff]+[^\W\d_]\w*")
_FOREIGN = re.compile(r"[µÄÅÆÇËÎÏÑÖ×ØÛÜÞßäåæçëîïñö÷øûüþÿ]|(?<=[^\W\d_])[\u00a1-\u00bf](?=[^\W\d_])")
"""Signs of Latin-1 that Vietnamese does not write in its words; quotation marks and the like stand around them."""
_STRAY_TONE = re.compile("(?<![aăâeêioôơuưyAĂÂEÊIOÔƠUƯY])[\u0300\u0301\u0303\u0309\u0323]")
_OURS = re.compile("[ăđơưĂĐƠƯ\u1ea0-\u1ef9]")
_FEWEST_WORDS = 5
_FOREIGN_SHARE = 0.1
_SAMPLE = 100_000
"""Letters from the beginning of a text that tell how all of it is written."""
_OURS_SHARE = 0.3


def decoded(raw: bytes, file: str) -> str:
    """The letters of a text file, as they stand in it, without the byte order mark.

    Raises `OldEncoding` for TCVN3 and VNI, which write Vietnamese with the codes of other letters, `LettersUnknown` for
    what is no text.
    """
    for mark, name in _MARKS:
        if raw.startswith(mark):
            return _strictly(raw[len(mark) :], name, file)
    if b"\0" in raw:
        raise LettersUnknown(file=file)
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError:
        return _of_one_byte(raw, file)
    check_letters(text, file)
    return text


def check_letters(text: str, file: str) -> None:
    """Raise `OldEncoding` for a text in TCVN3 or VNI, `LettersUnknown` for one whose letters lost their meaning."""
    if is_old_encoding(text):
        raise OldEncoding(file=file)
    if not means_something(text):
        raise LettersUnknown(file=file)


def is_old_encoding(text: str) -> bool:
    """Whether Vietnamese was written with the codes of other letters ("céng hoµ x· héi", "coäng hoøa xaõ hoäi")."""
    words = _WORD.findall(text[:_SAMPLE]) if not text.isascii() else []
    foreign = sum(_FOREIGN.search(word) is not None for word in words)
    return foreign >= _FEWEST_WORDS and foreign >= _FOREIGN_SHARE * len(words)


def means_something(text: str) -> bool:
    """Whether at most a tenth of a text is signs without a meaning, as a .pdf without its table of letters gives."""
    sample = text[:_SAMPLE]
    return sum(map(_is_meaningless, sample)) <= _FOREIGN_SHARE * len(sample)


def _is_meaningless(letter: str) -> bool:
    return letter > "~" and (letter == "\ufffd" or unicodedata.category(letter) in ("Cc", "Cn", "Co", "Cs"))


def _strictly(raw: bytes, name: str, file: str) -> str:
    try:
        text = raw.decode(name)
    except UnicodeDecodeError as error:
        raise LettersUnknown(file=file) from error
    if "\0" in text:
        raise LettersUnknown(file=file)
    check_letters(text, file)
    return text


def _of_one_byte(raw: bytes, file: str) -> str:
    """Text with a byte a letter: Windows-1258 when it is unmistakably Vietnamese so."""
    text = raw.decode("cp1258", errors="replace")
    if "\ufffd" not in text and _is_vietnamese(text):
        return text
    check_letters(raw.decode("latin-1"), file)
    raise LettersUnknown(file=file)


def _is_vietnamese(text: str) -> bool:
    """Whether every tone stands on a vowel, and letters stand there that only Vietnamese has."""
    if _STRAY_TONE.search(text):
        return False
    words = _WORD.findall(unicodedata.normalize("NFC", text))
    ours = sum(_OURS.search(word) is not None for word in words)
    return not is_old_encoding(unicodedata.normalize("NFC", text)) and ours >= max(
        _FEWEST_WORDS, _OURS_SHARE * len(words)
    )
