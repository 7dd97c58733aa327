"""A .doc is read by way of antiword, where it is installed."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.integration.readers.antiword import needed
from tests.unit.readers.ole_files import container, word_97
from tests.unit.readers.showing import cells, words
from workflow.intake.document import BlockKind
from workflow.intake.readers.parsing import parse
from workflow.intake.readers.reading import read_document
from workflow.intake.readers.refusals import AntiwordMissing, Damaged, OldEncoding, PasswordProtected, TextMissing

PLAN = (
    "ỦY BAN NHÂN DÂN XÃ\aCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\a\a"
    "Số: 12/KH-UBND\aĐộc lập - Tự do - Hạnh phúc\a\a"
    "KẾ HOẠCH\nỦy ban Mặt trận Tổ quốc xã phát phiếu, thu phiếu và tổng hợp ý kiến của giáo viên, hoàn thành "
    "trước ngày 24/4/2026 và gửi về Văn phòng HĐND&UBND xã để tổng hợp.\n"
    "STT\aCông việc phải làm trong thời gian tới\aThời hạn\a\a1\aThu phiếu\rTổng hợp\a24/4/2026\a\a"
    "Tổ chức thực hiện.\n"
)


@pytest.fixture(name="antiword")
def where_antiword_is() -> None:
    needed()


def written(folder: Path, content: bytes) -> Path:
    path = folder / "kế hoạch cũ.doc"
    path.write_bytes(content)
    return path


@pytest.mark.usefixtures("antiword")
def test_paragraphs_and_cells_are_read_in_order(tmp_path: Path) -> None:
    found = read_document(written(tmp_path, word_97(PLAN)))
    assert found.format == "doc"
    assert cells(found) == {
        (0, 0, 0): "ỦY BAN NHÂN DÂN XÃ",
        (0, 0, 1): "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        (0, 1, 0): "Số: 12/KH-UBND",
        (0, 1, 1): "Độc lập - Tự do - Hạnh phúc",
        (1, 0, 0): "STT",
        (1, 0, 1): "Công việc phải làm trong thời gian tới",
        (1, 0, 2): "Thời hạn",
        (1, 1, 0): "1",
        (1, 1, 1): "Thu phiếu\nTổng hợp",
        (1, 1, 2): "24/4/2026",
    }
    paragraphs = [found.text[each.start : each.end] for each in found.blocks if each.kind is BlockKind.PARAGRAPH]
    assert paragraphs[0] == "KẾ HOẠCH"
    assert paragraphs[1].endswith("trước ngày 24/4/2026 và gửi về Văn phòng HĐND&UBND xã để tổng hợp.")
    assert words(found)[-1] == "Tổ chức thực hiện."


@pytest.mark.usefixtures("antiword")
@pytest.mark.parametrize(
    ("content", "refusal"),
    [
        (word_97("Kế hoạch\n", encrypted=True), PasswordProtected),
        (word_97("\n\n"), TextMissing),
        (word_97("Céng hoµ x· héi chñ nghÜa ViÖt Nam §éc lËp Tù do H¹nh phóc kÕ ho¹ch\n"), OldEncoding),
        (container({"WordDocument": b"no document"}), Damaged),
    ],
)
def test_what_antiword_cannot_read_is_refused(tmp_path: Path, content: bytes, refusal: type[Exception]) -> None:
    with pytest.raises(refusal):
        read_document(written(tmp_path, content))


def test_without_antiword_the_advice_is_to_save_as_docx(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(AntiwordMissing, match=r"lưu thành \.docx"):
        parse(written(tmp_path, word_97(PLAN)))
    with pytest.raises(AntiwordMissing):
        read_document(tmp_path / "kế hoạch cũ.doc")
