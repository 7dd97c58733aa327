"""Every text that people read: gathered from the source and compared with the catalogues.

A string with Vietnamese letters is such a text wherever it stands, unless its place is excused below; so is, letters
or not, what a speaking function says. An f-string cannot be looked up in a catalogue: the phrase that it makes must
stand in `workflow.phrases`. Templates of pages are read by Jinja's own extractor.

Run as a module (`make catalogue`) it brings every catalogue up to date: new texts without a translation, old ones gone.
"""

from __future__ import annotations

import ast
import re
import sys
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from string import Formatter
from types import MappingProxyType

from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po, write_po
from jinja2 import Environment, nodes
from jinja2.ext import babel_extract

from tests.architecture.source import ROOT, Source, product

LOCALE = ROOT / "workflow/locale"
TEMPLATES = (ROOT / "workflow/web/templates", ROOT / "workflow/documents/templates")
PHRASES = "workflow/phrases.py"

UNTRANSLATED: Mapping[str, str] = MappingProxyType(
    {
        "calendars/arrays.py": "tells programmers what is wrong with an array",
        "calendars/grammar/spell.py": "writes wordings, in either language",
        "workflow/planfile/model.py": "describes the schema to whoever writes a plan file in an editor",
        "workflow/board/": "what Prefect shows is Vietnamese, like the data beside it",
        "flows/": "what Prefect shows is Vietnamese, like the data beside it",
        "workflow/notify/samples.py": "letters that nobody reads",
    }
)
"""Files and folders whose Vietnamese is not translated; the templates of their errors are all the same."""

VOCABULARY = frozenset(
    {
        ("calendars/grammar/", ""),
        ("calendars/day_table.py", "FIVE_DAY_WEEK"),
        ("calendars/day_table.py", "SIX_DAY_WEEK"),
        ("calendars/decisions.py", "Notice"),
        ("workflow/planfile/values.py", "_BOOLEANS"),
        ("workflow/planfile/values.py", "Clock"),
        ("workflow/web/pictures/dag.py", "_NARROW"),
        ("workflow/web/pictures/dag.py", "_WIDE"),
        ("workflow/web/forms.py", "clock"),
        ("workflow/web/pages/whatif.py", "SAMPLES"),
        ("workflow/domain/lint_case.py", "weekday_of"),
        ("workflow/notify/render.py", "_WEEKDAYS"),
        ("workflow/intake/completing/acts_cited.py", ""),
        ("workflow/intake/completing/backward.py", ""),
        ("workflow/intake/completing/dates_said.py", ""),
        ("workflow/intake/completing/gaps.py", ""),
        ("workflow/intake/completing/limits_said.py", ""),
        ("workflow/intake/completing/meetings.py", ""),
        ("workflow/intake/completing/ordering.py", "_is_paper"),
        ("workflow/intake/completing/ordering.py", "_REPORTING"),
        ("workflow/intake/completing/orders.py", ""),
        ("workflow/intake/completing/owners_said.py", ""),
        ("workflow/intake/completing/readable.py", ""),
        ("workflow/intake/completing/sections.py", ""),
        ("workflow/intake/completing/stated.py", ""),
        ("workflow/intake/extracting.py", "_RECEIVED"),
        (PHRASES, "_WEEKDAY"),
        (PHRASES, "_SHAPES"),
    }
)
"""Definitions whose Vietnamese is read, measured, cited or chosen by language, not said; "": all of the folder."""

SPEAKING = frozenset({"N_", "_", "gettext", "ngettext", "say", "table", "tell", "translate"})
"""Functions whose words people read, Vietnamese letters or not."""

COMPLAINING = frozenset({"error", "want"})
"""Functions of the grammar whose first words people read."""

DATA: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "workflow/domain/law.toml": ("limit", "says", "scope"),
        "workflow/domain/duties.toml": ("duty", "says", "scope"),
        "workflow/intake/completing/orders.toml": ("why", "says"),
        "calendars/notices/*.toml": ("fixed", "name"),
    }
)
"""Data with words that people read: the table of each file, and the keys in it."""

OTHER_LANGUAGES_NAMES = frozenset({"Tiếng Việt"})
"""What stands on a page in its own language, whatever the page's."""

_VIETNAMESE = re.compile("[\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u024f\u0300-\u036f\u1e00-\u1eff]")
_LETTERS = re.compile(r"[^\W\d_]{2}")
_PERCENT = re.compile(r"%\((\w+)\)[sd]")
_TAG = re.compile(r"</?\w+[^>]*>")
_NOT_SAID = frozenset({"TypeError", "AssertionError", "compile"})


@dataclass(frozen=True, slots=True, order=True)
class Text:
    """A text that people read and its place. `made`: it reaches them filled in, so its phrase must be known."""

    msgid: str
    place: str
    plural: str = ""
    made: bool = False


def is_vietnamese(text: str) -> bool:
    """Whether a letter that English does not have stands in a text."""
    return _VIETNAMESE.search(text) is not None


def skeleton(text: str) -> str:
    """A text with its fields nameless: "mùng {n}" gives "mùng {}"."""
    return "".join(literal + ("" if name is None else "{}") for literal, name, _spec, _ in Formatter().parse(text))


# ── gathering ─────────────────────────────────────────────────────────────────────────────────────────────────


def gathered() -> list[Text]:
    """Every text of the product, in order of its place."""
    found = [text for source in product() for text in texts_of(source)]
    for path in pages():
        found += texts_of_template(_inner(path), path.read_text(encoding="utf-8"))
    for pattern, (table, *keys) in DATA.items():
        for path in sorted(ROOT.glob(pattern)):
            rows = tomllib.loads(path.read_text(encoding="utf-8")).get(table, [])
            found += [Text(row[key], _inner(path)) for row in rows for key in keys]
    return sorted(found, key=lambda text: (text.place.partition(":")[0], text.msgid))


def pages() -> list[Path]:
    """The templates of everything that is shown as a page."""
    return sorted(path for folder in TEMPLATES for path in folder.glob("*.html"))


def texts_of(source: Source) -> Iterator[Text]:
    """The texts of a Python file."""
    inside = source.path.startswith("calendars/")
    for node, owner in _strings(source.tree):
        msgid, place = _msgid(node), f"{source.path}:{node.lineno}"
        if owner == "template" and is_vietnamese(msgid):
            yield Text(msgid, place, made=inside and "{" in msgid)
        elif len(msgid) > 1 and is_vietnamese(msgid) and not _excused(source.path, owner, node):
            yield Text(msgid, place, made=isinstance(node, ast.JoinedStr))
        elif (source.path, owner) == (PHRASES, "PHRASES") and _has_letters(msgid):
            yield Text(msgid, place)
    yield from _tables(source)
    for call in (node for node in ast.walk(source.tree) if isinstance(node, ast.Call)):
        place = f"{source.path}:{call.lineno}"
        words = [each.value for each in call.args if isinstance(each, ast.Constant) and isinstance(each.value, str)]
        if isinstance(call.func, ast.Name) and call.func.id in SPEAKING:
            yield from (Text(each, place) for each in words if _has_letters(each))
        elif _name(call.func) in COMPLAINING and words and is_vietnamese(words[0]):
            yield Text(words[0], place, made="{" in words[0])


def _tables(source: Source) -> Iterator[Text]:
    """The words of each table that holds a Vietnamese one: "xong" has no letter that tells what it is."""
    for table in (node for node in ast.walk(source.tree) if isinstance(node, ast.Dict)):
        words = [node for node in table.values if isinstance(node, ast.Constant) and isinstance(node.value, str)]
        told = any(is_vietnamese(str(node.value)) for node in words)
        if told and source.path != PHRASES and not any(source.path.startswith(place) for place in UNTRANSLATED):
            yield from (Text(str(node.value), f"{source.path}:{node.lineno}") for node in words)


def texts_of_template(path: str, text: str) -> Iterator[Text]:
    """The texts of a page's template."""
    options = {"trimmed": "true", "newstyle_gettext": "true", "silent": "false"}
    for line, _function, said, _ in babel_extract(BytesIO(text.encode()), ("_", "gettext", "ngettext"), (), options):
        words = [each for each in ([said] if isinstance(said, str) else said or ()) if each]
        yield Text(words[0], f"{path}:{line}", "".join(words[1:]))


def unmarked(path: str, text: str) -> Iterator[str]:
    """Vietnamese of a page's template that no translation reaches."""
    known = {each for found in texts_of_template(path, text) for each in (found.msgid, found.plural)}
    tree = Environment(extensions=["jinja2.ext.i18n"], autoescape=True).parse(text)
    for node in tree.find_all((nodes.TemplateData, nodes.Const)):
        words = str(node.data if isinstance(node, nodes.TemplateData) else getattr(node, "value", ""))
        own = any(name in words for name in OTHER_LANGUAGES_NAMES)
        if is_vietnamese(words) and words not in known and not own:
            yield f"{path}:{node.lineno}: {' '.join(words.split())}"


def _strings(node: ast.AST, owner: str = "") -> Iterator[tuple[ast.Constant | ast.JoinedStr, str]]:
    """Every string that is neither a docstring nor for programmers, with the name of the definition it stands in."""
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.Expr) and isinstance(child.value, ast.Constant):
            continue
        if isinstance(child, ast.Call) and _name(child.func) in _NOT_SAID:
            continue
        if isinstance(child, ast.JoinedStr):
            yield child, owner
            for part in child.values:
                yield from _strings(part, owner) if isinstance(part, ast.FormattedValue) else ()
        elif isinstance(child, ast.Constant) and isinstance(child.value, str):
            yield child, owner
        else:
            yield from _strings(child, _defined(child, owner))


def _defined(node: ast.AST, owner: str) -> str:
    """The name that a node defines: a template wherever it stands, anything else at the top of the file."""
    match node:
        case ast.Assign(targets=[ast.Name(id=name)]) | ast.AnnAssign(target=ast.Name(id=name)):
            return name if name == "template" or not owner else owner
        case ast.FunctionDef(name=name) | ast.ClassDef(name=name):
            return owner or name
    return owner


def _excused(path: str, owner: str, node: ast.expr) -> bool:
    if any(path.startswith(place) for place in UNTRANSLATED) or (path, owner) in VOCABULARY:
        return True
    return isinstance(node, ast.Constant) and any(path.startswith(place) for place, name in VOCABULARY if not name)


def _msgid(node: ast.Constant | ast.JoinedStr) -> str:
    if isinstance(node, ast.Constant):
        return str(node.value)
    return "".join(str(part.value) if isinstance(part, ast.Constant) else "{}" for part in node.values)


def _name(function: ast.expr) -> str:
    return function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")


def _has_letters(text: str) -> bool:
    return _LETTERS.search(skeleton(_PERCENT.sub("", text))) is not None


def _inner(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


# ── phrases ───────────────────────────────────────────────────────────────────────────────────────────────────


def unphrased(texts: Iterable[Text], phrases: Iterable[str]) -> Iterator[str]:
    """What is made in the code and stands in no phrase, and the phrases that nothing in the code makes."""
    known = {skeleton(phrase): phrase for phrase in phrases}
    made = {skeleton(text.msgid): text for text in texts if text.made}
    for bare, text in made.items():
        if bare not in known:
            yield f"{text.place}: no phrase for {text.msgid!r}"
    for bare, phrase in known.items():
        if bare not in made and "{}" in bare and is_vietnamese(phrase):
            yield f"{PHRASES}: nothing makes {phrase!r}"


# ── catalogues ────────────────────────────────────────────────────────────────────────────────────────────────


def catalogue_of(language: str) -> Catalog:
    """The catalogue of a language as its file has it; an empty one when there is none."""
    path = _path(language)
    return read_po(BytesIO(path.read_bytes()), locale=language) if path.exists() else Catalog(locale=language)


def entries(texts: Iterable[Text]) -> dict[str, list[Text]]:
    """The texts that a catalogue must hold; one that is made stands there under its phrase."""
    found: dict[str, list[Text]] = {}
    for text in texts:
        if not (text.made and "{}" in text.msgid):
            found.setdefault(text.msgid, []).append(text)
    return found


def faults(texts: Iterable[Text], catalogue: Catalog) -> Iterator[str]:
    """What is missing, empty, doubtful, in excess or filled in otherwise in a catalogue."""
    wanted = entries(texts)
    held = {str(_first(message.id)): message for message in catalogue if message.id}
    for msgid in wanted.keys() - held.keys():
        yield f"{wanted[msgid][0].place}: not in the catalogue (make catalogue): {msgid!r}"
    for msgid in held.keys() - wanted.keys():
        yield f"no code uses {msgid!r}"
    for msgid in wanted.keys() & held.keys():
        message = held[msgid]
        said = list(message.string) if isinstance(message.string, tuple) else [message.string]
        if message.fuzzy or not all(said) or (len(said) > 1) != any(text.plural for text in wanted[msgid]):
            yield f"{wanted[msgid][0].place}: not translated: {msgid!r}"
        else:
            yield from (f"{fault}: {msgid!r}" for each in said for fault in _unlike(msgid, str(each)))


def _unlike(msgid: str, said: str) -> Iterator[str]:
    """In what a translation differs from its text though it must not."""
    if _fields(msgid) != _fields(said):
        yield f"other fields in {said!r}"
    if sorted(_TAG.findall(msgid)) != sorted(_TAG.findall(said)):
        yield f"other tags in {said!r}"
    if _edges(msgid) != _edges(said):
        yield f"other spaces or line ends around {said!r}"
    if is_vietnamese(said):
        yield f"Vietnamese letters in {said!r}"


def _fields(text: str) -> set[str]:
    named = {f"{name}:{spec}" for _, name, spec, _ in Formatter().parse(text) if name is not None}
    return named | set(_PERCENT.findall(text))


def _edges(text: str) -> tuple[str, str]:
    return text[: len(text) - len(text.lstrip())], text[len(text.rstrip()) :]


def _first(msgid: object) -> object:
    return msgid[0] if isinstance(msgid, tuple | list) else msgid


def updated(texts: Iterable[Text], old: Catalog) -> Catalog:
    """A catalogue with the texts there are now, each with the translation that it had."""
    new = Catalog(locale=old.locale)
    for msgid, found in entries(texts).items():
        had = old.get(msgid)
        plural = next((text.plural for text in found if text.plural), "")
        keeps = had is not None and had.string and isinstance(had.string, str) != bool(plural)
        places = sorted({text.place.partition(":")[0] for text in found})
        new.add(
            (msgid, plural) if plural else msgid,
            had.string if had is not None and keeps else None,
            locations=[(place, 0) for place in places],
        )
    return new


def main() -> None:
    """Bring every catalogue up to date and say what is left to translate."""
    texts = gathered()
    for path in sorted(LOCALE.glob("*/LC_MESSAGES/doithoai.po")):
        language = path.parts[-3]
        header, new = path.read_bytes().split(b"\n\n")[0], updated(texts, catalogue_of(language))
        with path.open("wb") as target:
            target.write(header.rstrip() + b"\n\n")
            write_po(target, new, width=120, include_lineno=False, omit_header=True)
        left = [str(_first(message.id)) for message in new if message.id and not all(_as_list(message.string))]
        sys.stdout.write(f"{language}: {len(new)} texts, {len(left)} without a translation\n")
        sys.stdout.writelines(f"  {msgid!r}\n" for msgid in left)


def _as_list(said: object) -> list[object]:
    return list(said) if isinstance(said, tuple | list) else [said]


def _path(language: str) -> Path:
    return LOCALE / language / "LC_MESSAGES/doithoai.po"


if __name__ == "__main__":
    main()
