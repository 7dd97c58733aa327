"""The vocabulary of deadline wordings, Vietnamese and English side by side."""

from __future__ import annotations

from typing import Final, Literal

from calendars.grammar.cursor import Phrases, words

Latest = Literal["firm", "ceiling", "inside", "floor"]

NOISE: Final = words(
    "thời gian", "thời gian hoàn thành", "thời gian thực hiện", "thời gian tổ chức", "thời hạn", "thời hạn hoàn thành",
    "hạn hoàn thành", "hạn", "hoàn thành", "hoàn thành xong", "xong", "phải hoàn thành", ":", "-", "và", "deadline",
    "due", "to be done", "bắt đầu",
)  # fmt: skip
LATEST: Final[Phrases[Latest]] = Phrases(
    {
        **dict.fromkeys(
            (
                "chậm nhất", "chậm nhất là", "muộn nhất", "muộn nhất là", "trong thời hạn", "trong thời hạn là",
                "thời hạn là", "at the latest", "no later than", "not later than", "within at most",
            ),
            "firm",
        ),
        **dict.fromkeys(
            (
                "không quá", "không được quá", "không chậm hơn", "không muộn hơn", "không chậm quá", "tối đa",
                "tối đa là", "nhiều nhất", "trong vòng", "nội trong", "within", "at most", "no more than",
                "not more than",
            ),
            "ceiling",
        ),
        **dict.fromkeys(("trong", "trong khoảng", "trong thời gian", "thời hạn"), "inside"),
        **dict.fromkeys(
            ("ít nhất", "ít nhất là", "tối thiểu", "tối thiểu là", "không ít hơn", "không dưới", "at least",
             "not less than", "no less than", "no fewer than"),
            "floor",
        ),
    }
)  # fmt: skip
UNTIL: Final = words(
    "đến", "đến hết", "hết", "tới", "cho đến", "cho đến hết", "hạn cuối", "hạn cuối là", "hạn chót", "hạn chót là",
    "by", "until", "no later than", "not later than",
)  # fmt: skip
WITHIN_DAY: Final = words("trong", "vào", "vào lúc", "vào hồi", "hồi", "lúc", "on", "in", "at", "during")
TENTATIVE: Final = words("dự kiến", "tạm tính", "tentatively", "expected", "provisionally")
LASTING: Final = words("1 / 2 ngày", "nửa ngày", "một buổi", "01 buổi", "một ngày", "01 ngày", "1 ngày", "half a day")
FOR_SOME: Final = words("đối với", "với", "nếu", "trường hợp", "for", "in case", "if")
CLOSING: Final = words(
    "hết giờ làm việc", "trước khi hết giờ làm việc", "trước hết giờ làm việc", "hết giờ hành chính",
    "cuối giờ làm việc", "giờ làm việc cuối", "close of business", "close of business on", "the end of office hours",
    "the end of office hours on", "end of office hours on",
)  # fmt: skip
AT_HOUR: Final = words("lúc", "vào lúc", "hồi", "vào hồi", "thời điểm")
ON_SOME_DAY: Final = words("ngày", "vào", "lúc", "hồi")
ON_DAY: Final = words("on", "of", "của", ",", "vào")
FROM: Final = words("từ", "kể từ", "trong khoảng thời gian từ", "bắt đầu từ", "trong thời gian từ", "from")
TO: Final = words(
    "đến", "đến hết", "đến hết ngày", "tới", "cho đến", "cho đến khi", "-", "và kết thúc vào", "và kết thúc",
    "kết thúc vào", "đến trước", "to", "until", "through", "till",
)  # fmt: skip
PLAIN_TO: Final = words("đến", "đến hết", "tới", "cho đến", "cho đến khi", "to", "until", "till")
AT_ONCE: Final = words(
    "ngay sau", "ngay khi", "ngay trong ngày", "ngay", "cùng ngày với", "trong ngày", "immediately after",
    "on the day of", "on the same day as", "the same day as",
)  # fmt: skip
VERB_AT_ONCE: Final = words(
    "chuyển ngay", "báo cáo ngay", "gửi ngay", "thông báo ngay", "thực hiện ngay", "ngay", "immediately"
)
ALSO_FROM: Final = words("kể từ", "tính từ", "counted from")
OR: Final = words("hoặc", ", hoặc", "; hoặc", "or", ", or")
AND: Final = words("và", ", và", "; và", "and", ", and")
PICK: Final = Phrases(
    {
        "tùy ngày nào đến trước": "first", "tùy theo ngày nào đến trước": "first", "lấy ngày đến trước": "first",
        "tùy thời điểm nào đến trước": "first", "tùy theo thời điểm nào đến trước": "first",
        "tùy điều kiện nào đến trước": "first", "whichever comes first": "first", "whichever is earlier": "first",
        "tùy ngày nào đến sau": "last", "tùy theo ngày nào đến sau": "last", "lấy ngày đến sau": "last",
        "tùy thời điểm nào đến sau": "last", "tùy theo thời điểm nào đến sau": "last",
        "whichever comes last": "last", "whichever is later": "last",
    }
)  # fmt: skip
THE_MEETING: Final = words("meeting", "the meeting")
