"""From a rule back to words, in Vietnamese or in English; what comes out reads back as the same rule."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, time
from typing import Any, Final, Literal

from calendars.grammar.clocks import ENGLISH_WEEKDAYS, WEEKDAY_NAMES
from calendars.grammar.cursor import Cursor, words
from calendars.grammar.dates import MONTHS
from calendars.grammar.events import QUOTES
from calendars.grammar.lexer import read
from calendars.periods import (
    MEETING,
    UNNAMED,
    After,
    Before,
    BeforeEvent,
    By,
    DaysBefore,
    FirstOf,
    LastOf,
    Month,
    MonthlyWeekday,
    On,
    Quarter,
    Recurring,
    Rule,
    SameDay,
    Span,
    Unit,
    Vague,
    Window,
    Within,
    Yearly,
    event_date,
)

Language = Literal["vi", "en"]

_UNITS: Final = {
    Unit.WORKING_DAY: ("ngày làm việc", "working day"),
    Unit.DAY: ("ngày", "day"),
    Unit.HOUR: ("giờ", "hour"),
    Unit.WEEK: ("tuần", "week"),
    Unit.MONTH: ("tháng", "month"),
    Unit.QUARTER: ("quý", "quarter"),
    Unit.YEAR: ("năm", "year"),
}
_ROMAN: Final = ("I", "II", "III", "IV")
_WEEKS: Final = {1: ("đầu", "first"), 2: ("thứ hai", "second"), 3: ("thứ ba", "third"), 4: ("thứ tư", "fourth")}
_LAST_WEEK: Final = ("cuối", "last")
# Words with which the name of something that happens begins: "sau khi kết thúc hội nghị", but "sau hội nghị".
_VERBS: Final = words(
    "ban hành", "bầu", "bế mạc", "bị", "bỏ phiếu", "bắt đầu", "chuyển", "công bố", "công khai", "có", "diễn ra", "được",
    "đăng", "gửi", "hoàn thành", "hoàn tất", "họp", "kết thúc", "khai mạc", "ký", "lập", "lấy", "nghe", "nhận", "niêm yết",
    "nộp", "phát", "phê duyệt", "thành lập", "thống nhất", "thu", "thực hiện", "tiến hành", "tiếp", "tổ chức",
    "tổng hợp", "trả lời", "triển khai", "trình", "xảy ra", "xong", "xử lý",
)  # fmt: skip


# Words that make a sentence of the words before them: "sau khi Sở Nội vụ ban hành hướng dẫn".
_PREDICATES: Final = words("ban hành", "kết thúc", "hoàn thành", "phê duyệt", "nhận được")


@dataclass(frozen=True, slots=True)
class Speller:
    """Spells rules in one language. `quoting`: every event and vague wording stands in quotation marks."""

    language: Language
    quoting: bool = False

    def rule(self, rule: Rule) -> str:
        """The wording of a rule."""
        return _SPELLINGS[type(rule)](self, rule)

    def pick(self, vietnamese: str, english: str) -> str:
        """The words of the language."""
        return vietnamese if self.language == "vi" else english

    @property
    def english(self) -> bool:
        """Whether the words are English."""
        return self.language == "en"

    def amount(self, n: int, unit: Unit) -> str:
        """07 ngày làm việc, 10 working days."""
        vietnamese, english = _UNITS[unit]
        return f"{n} {english}{'s' if n != 1 else ''}" if self.english else f"{n:02d} {vietnamese}"

    def shown(self, day: date) -> str:
        """24/04/2026, or in English 2026-04-24."""
        if self.english:
            return day.isoformat()
        return f"{day.day:02d}/{day.month:02d}/{day.year:04d}"

    def day(self, day: date) -> str:
        """ngày 24/04/2026."""
        return self.pick(f"ngày {self.shown(day)}", self.shown(day))

    def clock(self, clock: time | None, english: str = "{} on ") -> str:
        """The clock time before a day, or nothing."""
        if clock is None:
            return ""
        shown = f"{clock.hour:02d}:{clock.minute:02d}"
        return english.format(shown) if self.english else f"{clock.hour} giờ {clock.minute:02d} "

    def name(self, event: str) -> str:
        """An event's name as it stands in a wording, in quotation marks where they are asked for."""
        return quoted(event) if self.quoting or event == UNNAMED else event

    def after(self, event: str) -> str:
        """sau hội nghị; sau khi kết thúc hội nghị; kể từ ngày 24/04/2026."""
        stated = event_date(event)
        if stated is not None and not self.quoting:
            return self.pick("kể từ ", "after ") + self.day(stated)
        return self.pick("sau ", "after ") + self.when(event)

    def before(self, event: str) -> str:
        """trước hội nghị; trước khi khai mạc; trước ngày 24/04/2026."""
        stated = event_date(event)
        if stated is not None and not self.quoting:
            return self.pick("trước ", "before ") + self.day(stated)
        return self.pick("trước ", "before ") + self.when(event)

    def when(self, event: str) -> str:
        """The name with "khi" before it where it begins with a verb."""
        return f"khi {self.name(event)}" if not self.english and _happens(event) else self.name(event)

    def counted(self, n: int, unit: Unit, event: str) -> str:
        """10 ngày làm việc sau hội nghị; 10 ngày làm việc."""
        amount = self.amount(n, unit)
        return amount if event == UNNAMED else f"{amount} {self.after(event)}"


def _happens(event: str) -> bool:
    """Whether the name tells that something happens, rather than naming an occasion."""
    at = Cursor(read(event))
    if at.sees(_VERBS):
        return True
    return any(_PREDICATES.match(at.tokens, here) for here in range(len(at.tokens)))


def quoted(words: str) -> str:
    """The words in the first kind of quotation marks that they do not hold themselves."""
    kinds = [(opening, closing) for opening, closing in QUOTES.items() if closing not in words]
    opening, closing = (kinds or [("«", "»")])[0]
    return f"{opening}{words}{closing}"


def _within(spell: Speller, rule: Within) -> str:
    return (spell.pick("ít nhất ", "at least ") if rule.floor else "") + spell.counted(rule.n, rule.unit, rule.event)


def _days_before(spell: Speller, rule: DaysBefore) -> str:
    amount = spell.amount(rule.n, rule.unit)
    if rule.event == UNNAMED:
        return spell.pick(f"trước {amount}", f"before {amount}")
    return spell.pick("chậm nhất ", "at the latest ") + f"{amount} {spell.before(rule.event)}"


def _before(spell: Speller, rule: Before) -> str:
    return spell.pick("trước ", "before ") + spell.day(rule.day)


def _by(spell: Speller, rule: By) -> str:
    if rule.closing:
        return spell.pick("hết giờ làm việc ", "by close of business on ") + spell.day(rule.day)
    return spell.pick("chậm nhất ", "by ") + spell.clock(rule.clock) + spell.day(rule.day)


def _on(spell: Speller, rule: On) -> str:
    tentative = spell.pick("dự kiến ", "tentatively ") if rule.tentative else ""
    if spell.english:
        return f"{tentative}on {spell.shown(rule.day)}{spell.clock(rule.clock, ' at {}')}"
    return f"{tentative}{spell.clock(rule.clock)}{spell.day(rule.day)}"


def _window(spell: Speller, rule: Window) -> str:
    start = spell.clock(rule.since_clock) + spell.day(rule.since)
    end = spell.clock(rule.clock) + spell.day(rule.until)
    return spell.pick(f"từ {start} đến {end}", f"from {start} to {end}")


def _span(spell: Speller, rule: Span) -> str:
    start = _end(spell, rule.since)
    if rule.until is None:
        return spell.pick(f"từ {start}", f"from {start}")
    end = _end(spell, rule.until)
    return spell.pick(f"từ {start} đến {end}", f"from {start} to {end}")


def _end(spell: Speller, end: date | str) -> str:
    return spell.when(end) if isinstance(end, str) else spell.day(end)


def _month(spell: Speller, rule: Month) -> str:
    if spell.english:
        return f"{'tentatively ' if rule.tentative else ''}in {MONTHS[rule.month - 1]} {rule.year:04d}"
    return f"{'dự kiến ' if rule.tentative else ''}trong tháng {rule.month}/{rule.year:04d}"


def _quarter(spell: Speller, rule: Quarter) -> str:
    return spell.pick(f"trong quý {_ROMAN[rule.quarter - 1]}/{rule.year:04d}", f"in Q{rule.quarter} {rule.year:04d}")


def _yearly(spell: Speller, rule: Yearly) -> str:
    if spell.english:
        return f"{'by' if rule.included else 'before'} {rule.day} {MONTHS[rule.month - 1]} every year"
    return f"{'chậm nhất' if rule.included else 'trước'} ngày {rule.day}/{rule.month} hằng năm"


def _recurring(spell: Speller, rule: Recurring) -> str:
    unit = _UNITS[rule.unit]
    if spell.english:
        often = f"every {unit[1]}" if rule.every == 1 else f"every {rule.every} {unit[1]}s"
    elif rule.every == 1:
        often = f"mỗi {unit[0]} một lần"
    else:
        often = f"{spell.amount(rule.every, rule.unit)} một lần"
    return often if rule.event is None else f"{often}, {_from(spell, rule.event)}"


def _from(spell: Speller, event: str) -> str:
    stated = event_date(event)
    if stated is not None and not spell.quoting:
        return spell.pick("kể từ ", "from ") + spell.day(stated)
    return spell.pick("kể từ ", "from ") + spell.when(event)


def _monthly_weekday(spell: Speller, rule: MonthlyWeekday) -> str:
    vietnamese, english = _WEEKS.get(rule.week, _LAST_WEEK)
    return spell.pick(
        f"{WEEKDAY_NAMES[rule.weekday]} tuần {vietnamese} hằng tháng",
        f"{english} {ENGLISH_WEEKDAYS[rule.weekday]} of every month",
    )


def _same_day(spell: Speller, rule: SameDay) -> str:
    if rule.event == MEETING and not spell.quoting:
        return MEETING
    if rule.event == UNNAMED:
        return spell.pick("ngay", "immediately")
    stated = event_date(rule.event)
    if stated is not None and not spell.quoting:
        return spell.pick("ngay sau ", "on the day of ") + spell.day(stated)
    return spell.pick("ngay sau ", "on the day of ") + spell.when(rule.event)


def _after(spell: Speller, rule: After) -> str:
    stated = event_date(rule.event)
    if stated is not None and not spell.quoting:
        return spell.pick("sau ", "after ") + spell.day(stated)
    return spell.after(rule.event)


def _before_event(spell: Speller, rule: BeforeEvent) -> str:
    return spell.before(rule.event)


def _vague(spell: Speller, rule: Vague) -> str:
    return quoted(rule.text) if spell.quoting else rule.text


def _several(spell: Speller, rules: tuple[Rule, ...], join: str, pick: str) -> str:
    parts = (spell.rule(part) for part in rules)
    return (
        join.join(
            f"({words})" if isinstance(part, FirstOf | LastOf) else words
            for part, words in zip(rules, parts, strict=True)
        )
        + pick
    )


def _first_of(spell: Speller, rule: FirstOf) -> str:
    pick = spell.pick(", tùy ngày nào đến trước", ", whichever comes first")
    return _several(spell, rule.rules, spell.pick(" hoặc ", " or "), pick)


def _last_of(spell: Speller, rule: LastOf) -> str:
    pick = spell.pick(", tùy ngày nào đến sau", ", whichever comes last")
    return _several(spell, rule.rules, spell.pick(" và ", " and "), pick)


_SPELLINGS: Final[dict[type[Any], Callable[[Speller, Any], str]]] = {
    Within: _within,
    DaysBefore: _days_before,
    Before: _before,
    By: _by,
    On: _on,
    Window: _window,
    Span: _span,
    Month: _month,
    Quarter: _quarter,
    Yearly: _yearly,
    Recurring: _recurring,
    MonthlyWeekday: _monthly_weekday,
    SameDay: _same_day,
    After: _after,
    BeforeEvent: _before_event,
    Vague: _vague,
    FirstOf: _first_of,
    LastOf: _last_of,
}
