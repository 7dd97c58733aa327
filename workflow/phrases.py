"""Texts that are already made up when they reach a reader, and the phrases that they were made from.

Names of days, reasons of an account, complaints about a wording, notes in the log: they are Vietnamese sentences with
their parts filled in, and what they were filled with is no longer known. Another language finds the phrase that such a
text fits, and tells its parts again. A test finds a text that the code makes and that has no phrase here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from string import Formatter

PHRASES: tuple[str, ...] = (
    # days
    "Tết Âm lịch ({lunar_day})",
    "mùng {number}",
    "{number} Chạp",
    "Quốc khánh (ngày liền kề {side})",
    "trước",
    "sau",
    "Nghỉ bù {holiday}",
    "Nghỉ hoán đổi, làm bù {day}",
    "Làm bù cho {day}",
    "Đề nghị hoán đổi với {day} không được chấp thuận.",
    "{weekday} {date}",
    *("thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy", "chủ nhật"),
    "{weekday} {date} ({holiday})",
    "{holiday} (bù {short_date})",
    "hoán đổi {short_date}",
    # wordings and rules
    "Không đọc được «{seen}»: chỗ này cần {wanted}.",
    "Thời hạn viết chưa hết câu: còn thiếu {wanted}.",
    "{complaint} Nếu ý bạn là «{meant}» thì hãy chỉ ghi như vậy.",
    "{message} (ký tự thứ {place})",
    "Không có tháng {month}.",
    "Không có ngày {day} trong lịch.",
    "Không có {what} trong lịch.",
    "tháng {number}",
    "năm {number}",
    "tháng {number}/{year}",
    "quý {number}",
    "ngày {number} tháng {month}",
    "thứ {number} tuần {week} của tháng",
    "Ngày {date} là {weekday}, không phải {other_weekday}.",
    "Số {number} và chữ trong ngoặc ({in_words}) không khớp nhau.",
    "Chưa tính được «ngày {day} hằng tháng»; hãy ghi từng ngày, ví dụ «ngày 15/5/2026», hoặc «mỗi tháng một lần».",
    "Ngày của sự kiện ({on}) khác ngày của thời điểm ({local}, giờ Việt Nam).",
    "Tên «{text}» phải viết trên một dòng, không thừa dấu cách và không dùng cả ba loại ngoặc kép.",
    "Số lượng trong thời hạn phải từ 1 đến 9999, không phải {n}.",
    "Khoảng thời gian kết thúc ({until}) trước khi bắt đầu ({since}).",
    "Cách hiểu «{name}» phải là một trong: {alternatives}.",
    "Chưa biết ngày của sự kiện «{event}»; hãy cho biết ngày này.",
    "Thời hạn tính bằng giờ: hãy cho biết cả giờ của sự kiện «{event}», ví dụ 02/11/2025 08:00.",
    # calendars
    (
        "Ngày {day} nằm ngoài lịch làm việc (từ {since} đến hết {until}), nên không tính được; "
        "hãy kiểm tra lại năm hoặc bổ sung lịch."
    ),
    (
        "Đếm {n} ngày làm việc từ ngày {day} thì vượt ra ngoài lịch làm việc (từ {since} đến hết {until}), "
        "nên không tính được; hãy kiểm tra lại số ngày hoặc bổ sung lịch."
    ),
    "Không có lịch nào tên «{name}»; các lịch có sẵn: {known}.",
    "Ca làm việc phải bắt đầu trước khi kết thúc: {text}.",
    "Các ca làm việc chồng lên nhau hoặc sai thứ tự: {text}.",
    "Không đọc được giờ làm việc «{text}»; hãy viết như «T2-T6: 07:30-11:30, 13:30-17:00».",
    "Ngày {day} là ngày nghỉ, không có giờ làm việc; hãy chọn một ngày làm việc.",
    "Dòng {number}",
    "Sự kiện {number}",
    # decisions on days off
    "{file}, dòng {number}",
    "{file}, dòng {number}: {detail}",
    "{since} đến {until}, mùng 1 ngày {new_year}",
    "kỳ nghỉ Tết năm {year}",
    "ngày liền kề 02/9/{year}",
    "ngày Giỗ Tổ Hùng Vương năm {year}",
    "ngày nghỉ bù cho {date}",
    "ngày làm bù cho {date}",
    "ngày nghỉ của ngày làm bù {date}",
    "một trong: {choices}",
    "một danh sách, mỗi phần tử là {needed}",
    "các khối [[{table}]]",
    # notices and mail
    "Bước đã hoàn thành ngày {date}.",
    "Kế hoạch {status}.",
    "Bản điểm việc ngày {date} đã qua ngày.",
    "Danh bạ chưa có ai là «{person}»; hãy thêm người này cùng địa chỉ thư.",
    "{name}{unit} chưa có địa chỉ thư; hãy bổ sung địa chỉ của người này trong danh bạ.",
    "{role} ({whose})",
    "Đầu mối {owner}",
    "Lãnh đạo {owner}",
    "Điều phối viên {owner}",
    "Người chủ trì {owner}",
    "Giám sát {owner}",
    "Máy chủ thư {host} không cho đăng nhập: {detail}.",
    "Không kết nối được máy chủ thư {host}:{port}: {detail}.",
    "Không gửi được thư tới «{address}»: {fault}.",
    "Kênh «{name}» không hiểu địa chỉ {address}.",
    "Kênh «{name}» không gửi được: {fault}.",
    "Không gọi webhook này: {fault}.",
    "Không tìm thấy máy của webhook: {detail}.",
    "Webhook ở {host} không trả lời: {detail}.",
    "Webhook ở {host} từ chối với mã {number}.",
    "Kênh «{name}» chưa được thiết lập.",
    "Bước đã giao lại cho {owner}.",
    "Đã chuyển cho {name}.",
    "Người nêu kiến nghị đã được báo ngày {date}.",
    "{name}{unit} không còn địa chỉ ở kênh «{channel}»; hãy bổ sung trong danh bạ.",
    "Máy chủ thư không nhận địa chỉ {address}",
    "Máy chủ thư không nhận thư gửi {address}",
    "Máy chủ thư không nhận người gửi {address}: {detail}.",
    "Máy chủ thư ngắt giữa chừng: {detail}.",
    "Thư quá lớn: {detail}.",
    "thiếu tệp {file}",
    "words.j2 thiếu macro «{name}»",
    # the log
    "nhật ký kết thúc ở sự kiện số {version}, lẽ ra phải đến số {last}",
    "sau sự kiện số {version} là số {next}, không liền mạch",
    "sự kiện số {version} không nối với sự kiện đứng trước nó",
    "nội dung sự kiện số {version} đã bị sửa sau khi ghi",
    "không đọc được nội dung sự kiện số {version}",
    "sự kiện số {version} do một phiên bản mới hơn của chương trình ghi",
    "sự kiện số {version} không đọc được: cột {column} không phải do chương trình ghi",
    "sau sự kiện số {version} có một dòng không phải do chương trình ghi (cột {column})",
    # plans
    "{wording} kể từ {event}",
    "{law} – {citation}",
    "{first} và {last}",
    "trùng với {petition}",
    # why a step waits for another
    "Hạn «{wording}» tính theo việc «{name}».",
    "Kết quả được gửi về {owner} để làm tiếp.",
    "Văn bản ghi «{text}».",
    "Văn bản ghi «{text}» nên việc này làm trước hội nghị.",
    "Văn bản ghi «{text}» nên việc này không thể xong trước hội nghị.",
    # what may stand in any of them
    "«{name}» ({what})",
    "{what}: {note}",
)
"""Each with its fields by name; a text fits the phrase with the most words of its own."""

AS_THEY_ARE = frozenset(
    {
        "address",
        "channel",
        "citation",
        "detail",
        "event",
        "file",
        "host",
        "meant",
        "name",
        "owner",
        "seen",
        "table",
        "text",
        "unit",
        "wording",
    }
)
"""Fields that hold names and data, never words of ours."""

JOINTS = ("; ", " hoặc ", ", ")
"""What stands between the parts of a list."""

_NUMBER = r"-?\d+"
_WEEKDAY = "(?:[Tt]hứ (?:Hai|Ba|Tư|Năm|Sáu|Bảy)|[Cc]hủ nhật)"
_SHAPES = {
    "date": r"\d\d/\d\d/\d{4}",
    "short_date": r"\d\d/\d\d",
    "number": _NUMBER,
    "month": _NUMBER,
    "week": _NUMBER,
    "year": _NUMBER,
    "version": _NUMBER,
    "role": "(?:Cán bộ phụ trách|Người điều phối|Thủ trưởng đơn vị|Người chủ trì|Người giám sát)",
    "weekday": _WEEKDAY,
    "other_weekday": _WEEKDAY,
}
_FEW_LETTERS = 4


@cache
def pattern_of(phrase: str) -> re.Pattern[str]:
    """What a text that was made from a phrase looks like; each field is a group."""
    parts = []
    for literal, name, _, _ in Formatter().parse(phrase):
        parts.append(re.escape(literal))
        if name is not None:
            parts.append(f"(?P<{name}>{_SHAPES.get(name, '.*?')})")
    return re.compile("".join(parts), re.DOTALL)


def says_little(phrase: str) -> bool:
    """Whether a phrase has hardly a word and no field of a certain shape, so that texts of any kind fit it."""
    shaped = any(name in _SHAPES for _, name, _, _ in Formatter().parse(phrase))
    return not shaped and sum(map(str.isalpha, "".join(_words_of(phrase)))) < _FEW_LETTERS


def phrases_of(text: str) -> Iterator[tuple[str, dict[str, str]]]:
    """The phrases that a text fits, each with what fills it; those with the most words of their own first."""
    for phrase, words in _by_words():
        if all(each in text for each in words) and (found := pattern_of(phrase).fullmatch(text)):
            yield phrase, found.groupdict()


@cache
def _by_words() -> tuple[tuple[str, tuple[str, ...]], ...]:
    told = [(phrase, _words_of(phrase)) for phrase in PHRASES]
    return tuple(sorted(told, key=lambda each: -sum(map(len, each[1]))))


def _words_of(phrase: str) -> tuple[str, ...]:
    return tuple(literal for literal, *_ in Formatter().parse(phrase))
