"""The shape of a plan file: its keys and what each may hold. The published JSON Schema comes from here."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict, Field, model_validator

from workflow.planfile.values import (
    BeforeDate,
    Boolean,
    CalendarName,
    Clock,
    Day,
    FanOut,
    FixedOnRestDay,
    Key,
    Keys,
    Kind,
    KindOfStep,
    Majority,
    MonthOf,
    OnWorkedSaturday,
    Proofs,
    Share,
    TemplateName,
    Text,
    Texts,
    Version,
    Wording,
)

MOST_STEPS = 1000


class Strict(BaseModel):
    """Knows its keys and refuses all others; a known key with nothing written counts as left out."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    @model_validator(mode="before")
    @classmethod
    def _without_blanks(cls, given: object) -> object:
        if not isinstance(given, dict):
            return given
        return {key: value for key, value in given.items() if value is not None or key not in cls.model_fields}


class MeetingModel(Strict):
    """Ngày, giờ và nơi họp; khi chưa rõ ngày thì chỉ ghi tháng."""

    on: Day | None = Field(default=None, description="Ngày họp: dd/mm/yyyy hoặc yyyy-mm-dd.")
    at: Clock | None = Field(default=None, description="Giờ họp, giờ Việt Nam.")
    month: MonthOf | None = Field(default=None, description="Tháng họp, khi chưa rõ ngày: yyyy-mm hoặc mm/yyyy.")
    place: Text | None = Field(default=None, description="Nơi họp.")


class SettingsModel(Strict):
    """Cách hiểu những chỗ pháp luật còn để ngỏ; không ghi thì dùng cách đầu tiên."""

    before_date: BeforeDate | None = Field(
        default=None, description="«Trước ngày D»: không kể (excluded) hay kể cả (included) ngày D."
    )
    fixed_date_on_rest_day: FixedOnRestDay | None = Field(
        default=None,
        description="Ngày ấn định rơi vào ngày nghỉ: giữ nguyên (keep) hay lùi sang ngày làm việc kế tiếp (roll).",
    )
    period_on_worked_saturday: OnWorkedSaturday | None = Field(
        default=None,
        description="Thời hạn kết thúc vào thứ Bảy làm bù: giữ nguyên (keep) hay lùi sang ngày làm việc kế tiếp (roll).",
    )
    office_closes: Clock | None = Field(default=None, description="Giờ hết giờ làm việc của cơ quan, mặc định 17:00.")


class StepModel(Strict):
    """Một bước: ai làm gì, sau bước nào, đến bao giờ."""

    key: Key = Field(description="Khóa của bước, để các bước khác nhắc tới: chữ thường không dấu, số, gạch dưới.")
    kind: KindOfStep = Field(description="Loại việc.")
    name: Text = Field(description="Tên bước, như sẽ hiện trong thông báo.")
    owner: Text | None = Field(default=None, description="Đơn vị hoặc người chịu trách nhiệm.")
    coordinating: Texts = Field(default=[], description="Các đơn vị phối hợp.")
    recipient: Text | None = Field(default=None, description="Nơi nhận kết quả.")
    after: Keys = Field(default=[], description="Khóa của những bước phải xong trước.")
    due: Wording | None = Field(
        default=None,
        description="Thời hạn, viết như trong văn bản, mốc tính là khóa của một bước, «meeting» (ngày họp) hoặc «start» (ngày bắt đầu).",
        examples=["trước ngày 24/4/2026", "10 ngày làm việc sau hold_meeting", "7 ngày trước meeting", "meeting"],
    )
    extend: Wording | None = Field(
        default=None,
        description="Hạn khi được kéo dài: tổng thời gian, tính từ cùng mốc với «due».",
        examples=["không quá 15 ngày làm việc sau hold_meeting"],
    )
    extend_reasons: Texts = Field(
        default=[], description="Những lý do được kéo dài hạn; không ghi thì lý do nào cũng được, miễn là nêu rõ."
    )
    for_each: FanOut | None = Field(
        default=None, description="Bước nhân ra theo từng cơ quan, đơn vị hay kiến nghị còn mở."
    )
    evidence: Proofs = Field(default=[], description="Minh chứng phải có khi ghi nhận hoàn thành.")
    quorum: Share | None = Field(
        default=None, description="Phải có mặt ít nhất bao nhiêu phần số người được triệu tập, như 2/3 hoặc 70%."
    )
    majority: Majority | None = Field(
        default=None, description="Phải có trên bao nhiêu phần số người có mặt tán thành, như 1/2 hoặc 50%."
    )
    in_meeting: Boolean = Field(default=False, description="Việc diễn ra ngay tại hội nghị, xong cùng hội nghị.")


class PlanModel(Strict):
    """Tệp kế hoạch của doithoai, bản 1."""

    doithoai: Version = Field(description="Bản của dạng tệp, luôn là 1.")
    title: Text = Field(description="Tên kế hoạch.")
    kind: Kind = Field(description="Loại kế hoạch: đối thoại, hội nghị cán bộ, công đoàn, đối thoại tại nơi làm việc.")
    organization: Text = Field(description="Cơ quan, đơn vị ban hành kế hoạch.")
    document_number: Text | None = Field(default=None, description="Số, ký hiệu văn bản.")
    issued_on: Day | None = Field(default=None, description="Ngày ban hành.")
    template: TemplateName | None = Field(
        default=None, description="Mẫu kế hoạch đã dùng, kèm số bản, như dialogue@1; chỉ để ghi nhớ."
    )
    calendar: CalendarName = Field(default="office", description="Lịch làm việc để đếm ngày.")
    meeting: MeetingModel = Field(default_factory=MeetingModel, description="Hội nghị: ngày, giờ, nơi họp.")
    settings: SettingsModel = Field(default_factory=SettingsModel, description="Cách hiểu thời hạn của kế hoạch này.")
    steps: list[StepModel] = Field(
        min_length=1, max_length=MOST_STEPS, description="Các bước, theo thứ tự trong văn bản."
    )
