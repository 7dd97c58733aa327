"""Plans of unions and of a cooperative alliance: blanks, contradictions, and one where only the meeting has a date."""

from __future__ import annotations

from tests.intake.corpus.composing import (
    Composed,
    Heading,
    Txt,
    after,
    before,
    by,
    duty,
    month,
    on,
    window,
)

DUC_LONG = Composed(
    name="ldld_duc_long_2019",
    form=Txt(),
    kind="union",
    issuer="Liên đoàn Lao động huyện Đức Long",
    issued="2019-04-08",
    number="21/KH-LĐLĐ",
    parts=(
        "LIÊN ĐOÀN LAO ĐỘNG TỈNH LÂM ĐỒNG",
        "LIÊN ĐOÀN LAO ĐỘNG HUYỆN ĐỨC LONG",
        "Số: 21/KH-LĐLĐ",
        "Đức Long, {!ngày 08 tháng 4 năm 2019}",
        "",
        "KẾ HOẠCH",
        "Tổ chức Tháng Công nhân và đối thoại giữa đoàn viên, người lao động với lãnh đạo huyện năm 2019",
        "",
        (
            "Chào mừng kỷ niệm {!90 năm} Ngày thành lập Công đoàn Việt Nam {!(28/7/1929 - 28/7/2019)}, hưởng ứng Tháng Công nhân lần thứ {!11}, "
            "Ban Thường vụ Liên đoàn Lao động huyện xây dựng kế hoạch như sau:"
        ),
        "",
        "I. NỘI DUNG",
        "1. Chăm lo đoàn viên",
        "- {gifts|Tặng {!50 suất quà}, mỗi suất {!500.000 đồng} cho đoàn viên khó khăn;}",
        "- {visits|Thăm công nhân bị tai nạn lao động.}",
        "* Thời gian thực hiện: từ ngày 01/5/2019 đến ngày 25/5/2019.",
        "* Đơn vị thực hiện: Các công đoàn cơ sở.",
        "2. Đối thoại",
        "- {meeting|Thời gian: ngày ..... tháng 5 năm 2019, tại Hội trường UBND huyện.}",
        "- Thành phần: {!80 đoàn viên} của {!23 công đoàn cơ sở}, trong đó có Công ty TNHH {!Đà Lạt 1/5}.",
        "II. TỔ CHỨC THỰC HIỆN",
        "1. Văn phòng Liên đoàn Lao động huyện",
        "- {letter|Soạn công văn đề nghị UBND huyện thống nhất thời gian, nội dung đối thoại, gửi trước ngày 15/4/2019.}",
        "- {send|Tổng hợp kiến nghị của đoàn viên gửi UBND huyện trước ngày 06/5/2019.}",
        "- {hall|Chuẩn bị hội trường, khánh tiết, nước uống.}",
        "2. Ban Tuyên giáo - Nữ công",
        "- {spread|Tuyên truyền về Tháng Công nhân trên trang tin của Liên đoàn Lao động huyện.}",
        "3. Các công đoàn cơ sở",
        "- {collect|Lấy ý kiến đoàn viên, gửi kiến nghị về Văn phòng Liên đoàn Lao động huyện chậm nhất ngày 26/4/2019.}",
        "- {attend|Cử đoàn viên tham dự theo phân bổ.}",
        "- {sum_up|Báo cáo kết quả Tháng Công nhân về Liên đoàn Lao động huyện chậm nhất ngày 03/6/2019.}",
        "4. Đề nghị UBND huyện",
        "- {answers|Giao các phòng, ban chuẩn bị nội dung trả lời kiến nghị;}",
        "- {conclude|Ban hành thông báo kết luận sau đối thoại 05 ngày.}",
        "III. LƯU Ý",
        (
            "{collect|Các công đoàn cơ sở gửi kiến nghị của đoàn viên về Văn phòng Liên đoàn Lao động huyện chậm nhất ngày 22/4/2019} để kịp tổng hợp; "
            "quá hạn coi như không có kiến nghị."
        ),
        "",
        "Nơi nhận: Các CĐCS; Lưu VP.",
    ),
    duties={
        "meeting": duty("hold_meeting", "Liên đoàn Lao động huyện", "Lãnh đạo huyện", None, limit=month("2019-05")),
        "gifts": duty("other", "Các công đoàn cơ sở", limit=window("2019-05-01", "2019-05-25")),
        "visits": duty("other", "Các công đoàn cơ sở", limit=window("2019-05-01", "2019-05-25")),
        "letter": duty("prepare report_up other", "Văn phòng Liên đoàn Lao động huyện", limit=before("2019-04-15")),
        "send": duty(
            "synthesize_report classify_issues collect_forms",
            "Văn phòng Liên đoàn Lao động huyện",
            limit=before("2019-05-06"),
        ),
        "hall": duty("prepare", "Văn phòng Liên đoàn Lao động huyện"),
        "spread": duty("announce", "Ban Tuyên giáo - Nữ công"),
        "collect": duty("collect_forms", "Các công đoàn cơ sở", limit=(by("2019-04-26"), by("2019-04-22"))),
        "attend": duty("other", "Các công đoàn cơ sở"),
        "sum_up": duty("report_up", "Các công đoàn cơ sở", limit=by("2019-06-03")),
        "answers": duty("draft_answers assign_answers", "UBND huyện"),
        "conclude": duty("issue_conclusion", "UBND huyện", limit=after(5, "sau đối thoại")),
    },
    order=("collect > send > answers > meeting > conclude", "letter hall attend > meeting"),
    expected=("contradictory_dates collect", "missing_date"),
    forbidden=("weekday_mismatch", "missing_year", "invalid_date", "numbering_error", "contradictory_owner"),
)

LIEN_MINH = Composed(
    name="lien_minh_htx_2020",
    form=Txt(width=80),
    kind="dialogue",
    issuer="Liên minh Hợp tác xã tỉnh Bến Tre",
    issued="2020-09-01",
    number="33/KH-LMHTX",
    parts=(
        "LIÊN MINH HỢP TÁC XÃ TỈNH BẾN TRE",
        "Số: 33/KH-LMHTX",
        "Bến Tre, {!ngày 01 tháng 9 năm 2020}",
        "KẾ HOẠCH",
        "Tổ chức buổi đối thoại giữa lãnh đạo tỉnh với đại diện hợp tác xã năm 2020",
        (
            "Được sự đồng ý của UBND tỉnh tại Công văn số 4321/UBND-KT {!ngày 25/8/2020}, Liên minh Hợp tác xã tỉnh tổ chức buổi đối thoại với "
            "{!112 hợp tác xã} và {!1.050 tổ hợp tác}."
        ),
        "{meeting|1. Thời gian: 8 giờ 00 phút, thứ Ba ngày 22/9/2020.}",
        "2. Địa điểm: Hội trường Liên minh Hợp tác xã tỉnh, số {!15/4} đường 3/2, thành phố Bến Tre.",
        "3. Nội dung: tín dụng, đất đai, tiêu thụ nông sản; sản lượng dừa {!9 tháng đầu năm 2020}.",
        "4. Phân công thực hiện",
        Heading("4.1. Phòng Chính sách và Phát triển"),
        "- {collect|Liên hệ các hợp tác xã để ghi nhận khó khăn, vướng mắc.}",
        "- {sort|Phân loại kiến nghị, chuyển các sở, ngành liên quan.}",
        "- {compile|Biên tập tài liệu trả lời phát cho đại biểu.}",
        Heading("4.2. Văn phòng Liên minh"),
        "- {invite|Gửi thư mời;} {delegates|lập danh sách đại biểu.}",
        "- {hall|Lo hội trường, nước uống, chỗ đậu xe.}",
        Heading("4.3. Đề nghị các sở, ngành liên quan"),
        "- {answers|Chuẩn bị văn bản giải đáp kiến nghị của hợp tác xã theo lĩnh vực quản lý.}",
        Heading("4.4. Các hợp tác xã được mời"),
        "- {attend|Cử đại diện Hội đồng quản trị dự họp đúng thành phần.}",
    ),
    duties={
        "meeting": duty("hold_meeting", "Liên minh Hợp tác xã tỉnh", "Lãnh đạo tỉnh", None, limit=on("2020-09-22")),
        "collect": duty("collect_forms", "Phòng Chính sách và Phát triển"),
        "sort": duty("classify_issues assign_answers", "Phòng Chính sách và Phát triển"),
        "compile": duty("synthesize_report prepare draft_answers", "Phòng Chính sách và Phát triển"),
        "invite": duty("invite", "Văn phòng Liên minh"),
        "delegates": duty("invite register_speakers prepare", "Văn phòng Liên minh"),
        "hall": duty("prepare", "Văn phòng Liên minh"),
        "answers": duty("draft_answers", "các sở, ngành liên quan"),
        "attend": duty("other", "Các hợp tác xã được mời"),
    },
    order=("collect > sort > answers > compile > meeting", "invite delegates hall attend > meeting"),
    expected=("missing_date",),
    forbidden=("weekday_mismatch", "missing_year", "contradictory_dates", "invalid_date", "numbering_error"),
)

DOCUMENTS = (DUC_LONG, LIEN_MINH)
