"""`doithoai read`, run in this process: what it prints and writes, what it leaves alone, how one bad file is told."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from workflow.cli.main import run
from workflow.cli.speech import language, speak
from workflow.planfile import read_plan

TEXT = """ỦY BAN NHÂN DÂN XÃ HÒA LẠC
Số: 12/KH-UBND
Hòa Lạc, ngày 06 tháng 4 năm 2026

KẾ HOẠCH
Đối thoại của Chủ tịch UBND xã với hộ nuôi tôm năm 2026

1. Thời gian: 8h00 ngày 22/5/2026 (thứ Sáu), tại Nhà văn hóa xã.
2. Ủy ban MTTQ xã thu phiếu hỏi, gửi về Văn phòng HĐND&UBND xã trước ngày 24/4/2026.
3. Phòng Kinh tế xây dựng văn bản trả lời, xong trước ngày 08/5/2026.
4. Văn phòng HĐND&UBND xã ban hành thông báo kết luận chậm nhất 10 ngày làm việc sau ngày tổ chức hội nghị.
"""
Command = Callable[..., tuple[int, str, str]]


@pytest.fixture
def doithoai(capsys: pytest.CaptureFixture[str]) -> Command:
    """Run the command; its exit code, output and complaints."""
    before = language()

    def call(*words: object) -> tuple[int, str, str]:
        with pytest.raises(SystemExit) as ended:
            run([str(word) for word in words])
        speak(before)
        said = capsys.readouterr()
        return int(ended.value.code or 0), said.out, said.err

    return call


@pytest.fixture
def document(tmp_path: Path) -> Path:
    path = tmp_path / "kế hoạch.txt"
    path.write_text(TEXT, encoding="utf-8")
    return path


def test_what_was_found_is_told_with_what_to_do_next(doithoai: Command, document: Path) -> None:
    code, out, err = doithoai("read", document)
    assert (code in (0, 1), err) == (True, "")
    for words in ("22/05/2026 08:00", "23/04/2026", "Ủy ban MTTQ xã", "trước ngày 24/4/2026", "doithoai read"):
        assert words in out, words
    assert not list(document.parent.glob("*.yaml"))


def test_the_plan_file_written_is_the_plan_and_the_next_commands_take_it(doithoai: Command, document: Path) -> None:
    out = document.with_suffix(".yaml")
    _, said, _ = doithoai("read", document, "--out", out)
    assert str(out) in said
    plan = read_plan(out)
    assert (plan.organization, plan.document_number) == ("UBND xã Hòa Lạc", "12/KH-UBND")
    assert "# " in out.read_text(encoding="utf-8")
    assert doithoai("check", out)[0] in (0, 1)
    assert doithoai("rehearse", out)[0] == 0


def test_a_finding_is_told_in_the_same_sentence_by_read_and_by_check(doithoai: Command, document: Path) -> None:
    """But for those that a proposal, which only the written plan has among its steps, makes longer."""
    out = document.with_suffix(".yaml")
    read = json.loads(doithoai("read", document, "--json", "--out", out)[1])["findings"]
    checked = json.loads(doithoai("check", out, "--json")[1])["findings"]
    told = {finding["message"] for finding in read}
    about = {(finding["code"], key) for finding in read for key in finding["steps"]}
    assert told & {finding["message"] for finding in checked}
    for finding in checked:
        assert finding["message"] in told or about & {(finding["code"], key) for key in finding["steps"]}, finding


def test_json_is_all_that_is_printed(doithoai: Command, document: Path) -> None:
    code, out, _ = doithoai("read", document, "--json")
    answer = json.loads(out)
    assert (answer["meeting"]["on"], answer["meeting"]["at"]) == ("2026-05-22", "08:00")
    assert code == (1 if answer["findings"] else 0)
    for step in answer["steps"]:
        assert all(TEXT[each["start"] : each["end"]].split() == each["text"].split() for each in step["sources"])


def test_the_page_is_written_and_linked_to_nothing_else(doithoai: Command, document: Path) -> None:
    page = document.with_suffix(".html")
    doithoai("read", document, "--html", page)
    text = page.read_text(encoding="utf-8")
    assert "viec-1" in text
    assert "<script" not in text


@pytest.mark.parametrize("option", ["--out", "--html"])
def test_a_file_that_is_there_is_left_alone_without_force(doithoai: Command, document: Path, option: str) -> None:
    there = document.with_name("đã có")
    there.write_text("của tôi", encoding="utf-8")
    code, out, err = doithoai("read", document, option, there)
    assert (code, out, len(err.splitlines())) == (2, "", 1)
    assert "--force" in err
    assert there.read_text(encoding="utf-8") == "của tôi"
    assert doithoai("read", document, option, there, "--force")[0] in (0, 1)
    assert there.read_text(encoding="utf-8") != "của tôi"


def test_a_place_that_cannot_be_written_is_told_and_nothing_is_left_there(doithoai: Command, document: Path) -> None:
    code, _, err = doithoai("read", document, "--out", document / "a.yaml")
    assert (code, len(err.splitlines())) == (2, 1)
    assert sorted(path.name for path in document.parent.iterdir()) == [document.name]


def test_a_folder_is_read_whole_and_one_bad_file_stops_nobody(
    doithoai: Command, document: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "xã"
    (folder / "trong").mkdir(parents=True)
    for name in ("a.txt", "trong/b.txt"):
        (folder / name).write_text(TEXT, encoding="utf-8")
    (folder / "hỏng.docx").write_bytes(b"PK\x03\x04 nothing")
    (folder / "~$khoá.docx").write_bytes(b"x")
    (folder / "ảnh.png").write_bytes(b"x")
    code, out, _ = doithoai("read", folder, document, "--out", tmp_path / "ra", "--html", tmp_path / "trang")
    lines = out.splitlines()
    assert (code, len(lines)) == (2, 5)
    assert any(line.startswith("hỏng.docx: ") and "«hỏng.docx»" in line for line in lines)
    written = sorted(path.relative_to(tmp_path / "ra").as_posix() for path in (tmp_path / "ra").rglob("*.yaml"))
    assert written == ["a.yaml", "kế hoạch.yaml", "trong/b.yaml"]
    assert len(list((tmp_path / "trang").rglob("*.html"))) == 3


def test_many_files_answer_in_json_one_by_one(doithoai: Command, document: Path, tmp_path: Path) -> None:
    gone = tmp_path / "không có.docx"
    code, out, _ = doithoai("read", document, gone, "--json")
    first, second = json.loads(out)
    assert (code, first["file"], second["file"]) == (2, str(document), str(gone))
    assert (first["steps"] != [], "không có.docx" in second["error"]) == (True, True)


def test_documents_of_one_name_do_not_write_over_each_other(doithoai: Command, tmp_path: Path) -> None:
    for name in ("kh.txt", "kh.TXT.txt", "x/kh.txt"):
        (tmp_path / "in" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "in" / name).write_text(TEXT, encoding="utf-8")
    doithoai(
        "read", tmp_path / "in/kh.txt", tmp_path / "in/x/kh.txt", tmp_path / "in/kh.TXT.txt", "--out", tmp_path / "ra"
    )
    assert len(list((tmp_path / "ra").iterdir())) == 3


def test_a_folder_without_documents_is_told(doithoai: Command, tmp_path: Path) -> None:
    code, _, err = doithoai("read", tmp_path)
    assert (code, str(tmp_path) in err) == (2, True)


def test_many_documents_do_not_go_into_one_file(doithoai: Command, document: Path) -> None:
    code, _, err = doithoai("read", document, document, "--out", document)
    assert (code, len(err.splitlines())) == (2, 1)


def test_english_is_spoken_when_asked_for(doithoai: Command, document: Path) -> None:
    _, out, _ = doithoai("read", document, "--lang", "en")
    assert "Owner" in out
    assert "Next" in out or "Look" in out or "Write" in out
