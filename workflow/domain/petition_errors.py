"""Why something is not done to a petition, each as one sentence."""

from __future__ import annotations

from workflow.domain.errors import BadInput, Conflict, NotFound


class PetitionUnknown(NotFound):
    template = "Kế hoạch không có kiến nghị «{petition}»; các kiến nghị là: {known}."


class PetitionTextMissing(BadInput):
    template = "Cần ghi nội dung kiến nghị."


class PetitionerMissing(BadInput):
    template = "Cần ghi người hoặc đơn vị nêu kiến nghị, hoặc ghi rõ là không nêu tên."


class PetitionerNamed(BadInput):
    template = "Người nêu kiến nghị đã chọn không nêu tên; hãy bỏ họ tên và địa chỉ liên hệ."


class RaisedInFuture(BadInput):
    template = "Ngày nêu kiến nghị {raised_on} ở sau hôm nay {today}; hãy kiểm tra lại ngày."


class PetitionAlreadyAnswered(Conflict):
    template = (
        "Kiến nghị {petition} đã được trả lời ngày {answered_on}; muốn trả lời lại, hãy mở lại phần việc của kiến nghị."
    )


class PetitionAlreadyMerged(Conflict):
    template = "Kiến nghị {petition} đã gộp vào {duplicate_of}; hãy làm việc này với {duplicate_of}."


class PetitionMergedWithItself(BadInput):
    template = "Kiến nghị {petition} không thể trùng với chính nó."


class AnsweredInFuture(BadInput):
    template = "Ngày trả lời {answered_on} ở sau hôm nay {today}; hãy kiểm tra lại ngày."


class AnsweredBeforeRaised(BadInput):
    template = "Ngày trả lời {answered_on} ở trước ngày nêu kiến nghị {raised_on}; hãy kiểm tra lại ngày."


class AnswerNumberMissing(BadInput):
    template = "Kiến nghị {petition} trả lời bằng văn bản thì phải ghi số văn bản."


class NotAnsweredYet(BadInput):
    template = "Kiến nghị {petition} chưa được trả lời, nên chưa ghi ngày báo cho người nêu được."


class ToldInFuture(BadInput):
    template = "Ngày báo cho người nêu {told_on} ở sau hôm nay {today}; hãy kiểm tra lại ngày."


class ToldBeforeAnswer(BadInput):
    template = "Ngày báo cho người nêu {told_on} ở trước ngày trả lời {answered_on}; hãy kiểm tra lại ngày."


class LeadMissing(BadInput):
    template = "Cần ghi cơ quan nhận kiến nghị."


class TransferredInFuture(BadInput):
    template = "Ngày chuyển {transferred_on} ở sau hôm nay {today}; hãy ghi ngày thực sự chuyển."


class TransferredBeforeRaised(BadInput):
    template = (
        "Ngày chuyển {transferred_on} ở trước ngày {since}, là khi kiến nghị được nêu hoặc chuyển lần trước; "
        "hãy kiểm tra lại ngày."
    )


class TransferredToSame(BadInput):
    template = "Kiến nghị {petition} đang do {lead} trả lời; chuyển thì phải sang cơ quan khác."
