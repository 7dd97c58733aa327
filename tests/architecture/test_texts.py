"""Every text that people read is in every catalogue, translated, with the same fields; no catalogue holds more."""

from __future__ import annotations

from io import BytesIO

import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import write_po

from tests.architecture.source import ROOT, planted, product
from tests.architecture.texts import (
    LOCALE,
    Text,
    catalogue_of,
    entries,
    faults,
    gathered,
    pages,
    texts_of,
    texts_of_template,
    unmarked,
    unphrased,
    updated,
)
from workflow.language import LANGUAGES, catalogue, read_catalogue
from workflow.phrases import PHRASES

CATALOGUES = [language for language in LANGUAGES if language != "vi"]
TEXTS = [Text("Còn {n} ngày", "workflow/x.py:1"), Text("%(num)s bước", "a.html:2", "%(num)s bước")]


def said(path: str, text: str) -> list[str]:
    """The texts of a planted file."""
    return sorted(text.msgid for text in texts_of(planted(path, text)))


def held(*messages: tuple[str | tuple[str, str], str | tuple[str, ...]]) -> Catalog:
    """A planted catalogue."""
    made = Catalog(locale="en")
    for msgid, translation in messages:
        made.add(msgid, translation)
    return made


# ── the product ───────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("language", CATALOGUES)
def test_every_text_is_translated_and_no_translation_is_left_over(language: str) -> None:
    assert list(faults(gathered(), catalogue_of(language))) == []


def test_every_text_that_the_code_makes_up_has_its_phrase() -> None:
    assert list(unphrased(gathered(), PHRASES)) == []


def test_no_vietnamese_stands_on_a_page_unmarked() -> None:
    assert {path.parts[-3] for path in pages()} == {"web", "documents"}
    assert [fault for path in pages() for fault in unmarked(path.name, path.read_text(encoding="utf-8"))] == []


def test_texts_come_from_every_corner() -> None:
    places = {text.place.partition(":")[0] for text in gathered()}
    assert {
        "calendars/decisions.py",
        "calendars/grammar/dates.py",
        "calendars/notices/0001-bo-luat-lao-dong-2019.toml",
        "workflow/cli/plans.py",
        "workflow/domain/errors.py",
        "workflow/domain/law.toml",
        "workflow/domain/lint_findings.py",
        "workflow/notify/channels.py",
        "workflow/phrases.py",
        "workflow/planfile/problems.py",
        "workflow/store/errors.py",
        "workflow/web/templates/plan.html",
        "workflow/web/words.py",
    } <= places


@pytest.mark.parametrize("language", CATALOGUES)
def test_a_catalogue_is_read_as_gettext_reads_it(language: str) -> None:
    wanted = {}
    for message in catalogue_of(language):
        if message.id:
            key = message.id if isinstance(message.id, str) else message.id[0]
            wanted[key] = (message.string,) if isinstance(message.string, str) else tuple(message.string or ())
    with (LOCALE / language / "LC_MESSAGES/doithoai.po").open(encoding="utf-8") as lines:
        assert dict(read_catalogue(lines)) == wanted
    assert catalogue("en").gettext("") == ""


def test_every_catalogue_is_installed_with_the_program() -> None:
    assert "**/*.po" in (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    assert {path.parts[-3] for path in LOCALE.glob("*/LC_MESSAGES/doithoai.po")} == set(CATALOGUES)


# ── what is gathered ──────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("path", "text", "texts"),
    [
        ("workflow/x.py", 'class E(Error):\n    template = "Thiếu {what}."', ["Thiếu {what}."]),
        ("workflow/board/x.py", 'class E(Error):\n    template = "Thiếu."', ["Thiếu."]),
        ("workflow/x.py", 'say("Prefect: {address}", address=a)\ntell("Xong")', ["Prefect: {address}", "Xong"]),
        ("workflow/x.py", 'table("Qua", "E-mail")', ["E-mail", "Qua"]),
        ("workflow/x.py", 'def f(a: Annotated[str, Option("--on", help="Ngày")]) -> None: ...', ["Ngày"]),
        ("workflow/x.py", 'COMMANDS = (("list", "Danh sách.", listing),)', ["Danh sách."]),
        ("workflow/x.py", 'WORDS = {"a": "đã hủy", "b": "xong"}', ["xong", "đã hủy", "đã hủy"]),
        ("workflow/x.py", 'words = "dự kiến" if projected else N_("hạn")', ["dự kiến", "hạn", "hạn"]),
        ("workflow/x.py", 'x = f"mùng {n}"', ["mùng {}"]),
        ("workflow/x.py", 'x = ("Tệp «{file}», "\n     "dòng {line}")', ["Tệp «{file}», dòng {line}"]),
        ("calendars/grammar/x.py", 'at.want("một ngày")\nWORDS = words("sau khi")', ["một ngày"]),
        ("calendars/grammar/x.py", 'raise at.error("Không có tháng {month}.", month=m)', ["Không có tháng {month}."]),
    ],
)
def test_a_text_is_gathered_from_wherever_it_is_said(path: str, text: str, texts: list[str]) -> None:
    assert sorted(set(said(path, text))) == sorted(set(texts))


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("workflow/x.py", '"""Đọc kế hoạch."""\ndef f() -> None:\n    """Đọc."""'),
        ("workflow/x.py", 'raise TypeError(f"Cần một ngày, không phải {x}.")'),
        ("workflow/x.py", '_AT = re.compile("giờ|phút")\nlog.error("request_failed")\nsay(words)\nsay("{first}")'),
        ("workflow/x.py", 'text.replace("đ", "d")'),
        ("calendars/grammar/x.py", 'UNITS = {"ngày": 1, "tuần": 7}'),
        ("workflow/planfile/model.py", 'title: Text = Field(description="Tên kế hoạch.")'),
        ("flows/x.py", '@flow(description="Gửi các thông báo.")\ndef f() -> None: ...'),
    ],
)
def test_what_nobody_is_told_is_left_alone(path: str, text: str) -> None:
    assert said(path, text) == []


def test_a_template_tells_its_texts_with_their_plurals() -> None:
    page = '{{ _("Hạn: %(day)s", day=day) }}{{ ngettext("%(num)s bước", "%(num)s bước", n) }}{% trans %}Mở <b>ra</b>{% endtrans %}'
    found = [(text.msgid, text.plural) for text in texts_of_template("x.html", page)]
    assert found == [("Hạn: %(day)s", ""), ("%(num)s bước", "%(num)s bước"), ("Mở <b>ra</b>", "")]


@pytest.mark.parametrize(
    "page", ["<h1>Bảng việc</h1>", '{{ "quá hạn" if late else _("đúng hạn") }}', '<a title="Mở">x</a>']
)
def test_vietnamese_that_no_translation_reaches_is_found(page: str) -> None:
    assert len(list(unmarked("x.html", page))) == 1


def test_a_page_may_name_another_language_in_that_language() -> None:
    assert list(unmarked("x.html", '<a lang="vi">Tiếng Việt</a><a lang="en">English</a>{{ _("Hạn") }}')) == []


# ── what is found wrong ───────────────────────────────────────────────────────────────────────────────────────


def test_a_made_up_text_without_a_phrase_and_a_phrase_that_nothing_makes_are_found() -> None:
    texts = list(texts_of(planted("workflow/x.py", 'x = f"mùng {day}"\ny = f"{day} Chạp"')))
    assert list(unphrased(texts, ["mùng {number}", "{number} Chạp", "{law} – {citation}", "thứ Hai"])) == []
    assert len(list(unphrased(texts, ["mùng {number}"]))) == 1
    assert len(list(unphrased(texts, ["mùng {number}", "{number} Chạp", "tháng {number}"]))) == 1


def test_a_catalogue_with_all_texts_is_fine() -> None:
    plural = ("%(num)s bước", "%(num)s bước")
    fine = held(("Còn {n} ngày", "{n} days left"), (plural, ("%(num)s step", "%(num)s steps")))
    assert list(faults(TEXTS, fine)) == []


@pytest.mark.parametrize(
    ("msgid", "translation"),
    [
        ("Còn {n} ngày", ""),
        ("Còn {n} ngày", "days left"),
        ("Còn {n} ngày", "{n} days of {m} left"),
        ("Còn {n} ngày", "{n:02} days left"),
        ("Còn {n} ngày", " {n} days left"),
        ("Còn {n} ngày", "<b>{n}</b> days left"),
        ("Còn {n} ngày", "{n} ngày left"),
        ("Tháng {n}", "Month {n}"),
    ],
)
def test_a_translation_that_is_missing_empty_left_over_or_filled_in_otherwise_is_found(
    msgid: str, translation: str
) -> None:
    assert list(faults(TEXTS[:1], held((msgid, translation)))) != []


@pytest.mark.parametrize("forms", [("%(num)s step", ""), ("one step", "%(num)s steps")])
def test_a_translation_without_each_of_its_plurals_is_found(forms: tuple[str, ...]) -> None:
    assert list(faults(TEXTS[1:], held((("%(num)s bước", "%(num)s bước"), forms)))) != []
    assert list(faults(TEXTS[1:], held(("%(num)s bước", "%(num)s steps")))) != []


def test_bringing_a_catalogue_up_to_date_keeps_what_was_translated() -> None:
    old = held(("Còn {n} ngày", "{n} days left"), ("Tháng {n}", "Month {n}"), ("%(num)s bước", "%(num)s steps"))
    new = updated(TEXTS, old)
    assert {str(message.id): message.string for message in new if message.id} == {
        "Còn {n} ngày": "{n} days left",
        "('%(num)s bước', '%(num)s bước')": ("", ""),
    }
    written = BytesIO()
    write_po(written, new, include_lineno=False)
    assert "#: workflow/x.py\n" in written.getvalue().decode()


def test_a_text_stands_once_however_often_it_is_said() -> None:
    twice = [Text("Hạn", "a.py:1"), Text("Hạn", "b.html:2"), Text("mùng {}", "c.py:3", made=True)]
    assert {msgid: len(found) for msgid, found in entries(twice).items()} == {"Hạn": 2}


def test_the_whole_product_is_read() -> None:
    assert len(product()) > 100
