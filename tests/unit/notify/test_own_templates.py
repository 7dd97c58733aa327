"""An installation's own templates: they come first, may hold only what they word otherwise, and are checked at the start."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.unit.notify.test_render import LETTER
from workflow.notify.render import TEMPLATES, TemplateFaulty, check_templates, render

SAID = "{% macro footer() %}Văn phòng UBND xã{% endmacro %}"


def own(folder: Path, text: str, name: str = "words.j2", language: str = "vi") -> Path:
    (folder / language).mkdir(parents=True, exist_ok=True)
    (folder / language / name).write_text(text, encoding="utf-8")
    return folder


def fault(folder: Path) -> str:
    with pytest.raises(TemplateFaulty) as caught:
        check_templates(own=folder)
    return str(caught.value)


def test_a_macro_of_ones_own_comes_first_and_all_others_stay(tmp_path: Path) -> None:
    mine = render(LETTER, base_url="http://x", own=own(tmp_path, SAID))
    shipped = render(LETTER, base_url="http://x")
    assert mine.text.endswith("-- \nVăn phòng UBND xã\n")
    assert mine.text.partition("-- ")[0] == shipped.text.partition("-- ")[0]
    assert render(LETTER, base_url="http://x", language="en", own=tmp_path).text.count("Sent automatically") == 1


def test_a_layout_of_ones_own_takes_the_place_of_the_one_that_is_shipped(tmp_path: Path) -> None:
    mine = render(LETTER, base_url="http://x", own=own(tmp_path, "{{ subject }}\n", "letter.txt.j2"))
    assert mine.text == f"{mine.subject}\n"
    assert "<table" in (mine.html or "")


def test_a_layout_may_build_on_the_one_that_is_shipped(tmp_path: Path) -> None:
    folder = own(tmp_path, '{% include "shipped/letter.txt.j2" %}\nIn ra giấy khi cần.\n', "letter.txt.j2")
    check_templates(own=folder)
    text = render(LETTER, base_url="http://x", own=folder).text
    assert "Kính gửi ông/bà" in text
    assert text.endswith("In ra giấy khi cần.\n")


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ("\n{% macro footer( %}", 2, "expected"),
        ("{% macro footer() %}\n{{ letter.nothing }}\n{% endmacro %}", 2, "nothing"),
        ("{% macro footer() %}\n\n{{ missing }}{% endmacro %}", 3, "missing"),
        ("{% macro footer() %}{{ letter.__class__.__mro__ }}{% endmacro %}", 1, "__class__"),
    ],
)
def test_a_fault_is_one_sentence_that_names_the_file_and_the_line(
    tmp_path: Path, text: str, line: int, said: str
) -> None:
    told = fault(own(tmp_path / "templates", text))
    assert f"{tmp_path}/templates/vi/words.j2, dòng {line}: " in told
    assert said in told


def test_a_fault_of_one_language_is_found_whatever_language_is_sent(tmp_path: Path) -> None:
    assert "/en/words.j2, dòng 1: " in fault(own(tmp_path, "{{ nothing }}", language="en"))


def test_a_folder_that_is_not_there_changes_nothing(tmp_path: Path) -> None:
    check_templates(own=tmp_path / "templates")
    assert render(LETTER, base_url="http://x", own=tmp_path / "templates") == render(LETTER, base_url="http://x")


def test_every_template_that_is_shipped_is_there_in_every_language() -> None:
    names = {path.name for path in (TEMPLATES / "vi").glob("*.j2")}
    assert names == {path.name for path in (TEMPLATES / "en").glob("*.j2")}
    assert len(names) == 5
