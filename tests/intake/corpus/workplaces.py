"""Dialogues and conferences at the workplace: companies, an office of the province, a school."""

from __future__ import annotations

from tests.intake.corpus.composing import (
    Box,
    Centred,
    Composed,
    Docx,
    Header,
    Heading,
    Items,
    Letterhead,
    Pdf,
    Table,
    Txt,
    after,
    ahead,
    before,
    by,
    carried,
    duty,
    every,
    month,
    on,
    window,
)

SONG_HONG = Composed(
    name="may_song_hong_2021",
    form=Txt(width=84, end="\r\n"),
    kind="workplace",
    issuer="Công ty Cổ phần May Sông Hồng Xanh",
    issued="2021-05-31",
    number="19/KH-SHX",
    parts=(
        "CÔNG TY CỔ PHẦN MAY SÔNG HỒNG XANH",
        "Số: 19/KH-SHX",
        "Nam Định, {!ngày 31 tháng 5 năm 2021}",
        "KẾ HOẠCH",
        "Đối thoại định kỳ tại nơi làm việc năm 2021",
        "Căn cứ Bộ luật Lao động {!ngày 20/11/2019}; Nghị định số 145/2020/NĐ-CP {!ngày 14/12/2020} của Chính phủ;",
        "Sau khi thống nhất với Ban Chấp hành Công đoàn cơ sở, Tổng Giám đốc ban hành kế hoạch đối thoại định kỳ như sau:",
        "Điều 1. Thành phần",
        (
            "Bên người sử dụng lao động: {!ít nhất 03 người}; bên người lao động: {!ít nhất 08 người} (Công ty có {!từ 150 đến dưới 300 người lao động}). "
            "Cuộc đối thoại chỉ tiến hành khi có mặt {!trên 70%} tổng số thành viên mỗi bên."
        ),
        "Điều 2. Thời gian",
        "{meeting|Cuộc đối thoại được tiến hành từ 13 giờ 30, ngày 25/6/2021 tại phòng họp tầng 2.} Đối thoại định kỳ {yearly|được tổ chức ít nhất mỗi năm một lần}.",
        "Điều 3. Chuẩn bị",
        (
            "1. {collect|Ban Chấp hành Công đoàn cơ sở lấy ý kiến công nhân các chuyền may, gom thành bản đề nghị đối thoại và gửi Tổng Giám đốc "
            "trước ngày 11/6/2021.}"
        ),
        "2. {exchange|Hai bên gửi cho nhau nội dung đối thoại chậm nhất 05 ngày làm việc trước ngày diễn ra đối thoại.}",
        (
            "3. {decide|Trong thời hạn chậm nhất là 05 (bảy) ngày làm việc, kể từ ngày nhận được nội dung đối thoại, Tổng Giám đốc ra quyết định tổ chức "
            "đối thoại.}"
        ),
        "4. {answers|Phòng Nhân sự và Phòng Kế toán chuẩn bị số liệu, dự thảo phần trả lời của Công ty, trình Tổng Giám đốc trong ngày 21/6/2021.}",
        "Điều 4. Sau đối thoại",
        "1. {minutes|Thư ký hai bên lập biên bản, đọc lại và ký ngay sau khi kết thúc đối thoại.}",
        "2. {publish|Chậm nhất 03 (ba) ngày làm việc kể từ khi kết thúc đối thoại, Phòng Nhân sự niêm yết nội dung chính tại bảng tin các xưởng.}",
        "3. {follow|Các phòng được giao thực hiện cam kết trong biên bản và báo cáo Tổng Giám đốc sau 30 ngày kể từ ngày ký biên bản.}",
        "Mọi thắc mắc liên hệ Phòng Nhân sự, máy lẻ {!112}, di động {!0912.345.678}.",
    ),
    duties={
        "meeting": duty(
            "hold_meeting",
            "Tổng Giám đốc",
            "Công ty Cổ phần May Sông Hồng Xanh",
            "Công ty",
            None,
            limit=on("2021-06-25"),
        ),
        "yearly": duty(
            "hold_meeting",
            "Tổng Giám đốc",
            "Công ty Cổ phần May Sông Hồng Xanh",
            "Công ty",
            None,
            limit=carried(every(12, "month")),
        ),
        "collect": duty("collect_forms synthesize_report", "Ban Chấp hành Công đoàn cơ sở", limit=before("2021-06-11")),
        "exchange": duty(
            "prepare announce other", "Hai bên", None, limit=ahead(5, "ngày diễn ra đối thoại", working=True)
        ),
        "decide": duty(
            "prepare issue_conclusion announce other",
            "Tổng Giám đốc",
            limit=after(5, "ngày nhận được nội dung đối thoại", working=True),
        ),
        "answers": duty("draft_answers prepare", "Phòng Nhân sự và Phòng Kế toán", limit=on("2021-06-21")),
        "minutes": duty("record_minutes", "Thư ký hai bên", limit=after(None, "kết thúc đối thoại")),
        "publish": duty(
            "issue_conclusion announce", "Phòng Nhân sự", limit=after(3, "kết thúc đối thoại", working=True)
        ),
        "follow": duty("answer_issues report_up", "Các phòng được giao", limit=after(30, "ngày ký biên bản")),
    },
    order=("collect > answers > meeting > minutes > follow", "exchange > meeting > publish"),
    expected=("number_word_mismatch decide",),
    forbidden=(
        "number_word_mismatch publish",
        "longer_than_law",
        "weekday_mismatch",
        "missing_year",
        "numbering_error",
    ),
)

VINH_LONG = Composed(
    name="so_xay_dung_2023",
    form=Docx(),
    kind="conference",
    issuer="Sở Xây dựng tỉnh Vĩnh Long",
    issued="2023-12-20",
    number="2210/KH-SXD",
    parts=(
        Letterhead(
            "UBND TỈNH VĨNH LONG\nSỞ XÂY DỰNG\nSố: 2210/KH-SXD",
            "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\nVĩnh Long, {!ngày 20 tháng 12 năm 2023}",
        ),
        Centred("KẾ HOẠCH\nTổ chức Hội nghị cán bộ, công chức, người lao động Sở Xây dựng năm 2024"),
        (
            "Căn cứ Luật Thực hiện dân chủ ở cơ sở {!ngày 10/11/2022}; Nghị định số 59/2023/NĐ-CP {!ngày 14/8/2023} của Chính phủ. "
            "Văn bản có hiệu lực thi hành {!kể từ ngày 01/7/2023}."
        ),
        Heading("I. NỘI DUNG HỘI NGHỊ"),
        Items(
            (
                "{review_year|Chánh Văn phòng trình bày báo cáo kiểm điểm việc thực hiện kế hoạch công tác năm 2023.}",
                "{elect|Bầu Ban Thanh tra nhân dân nhiệm kỳ {!2024-2026} (từ {!03 đến 05 thành viên}).}",
                "{sign|Giám đốc và Chủ tịch Công đoàn ký kết giao ước thi đua.}",
                "{pass|Biểu quyết thông qua nghị quyết hội nghị.}",
            ),
            sign="1.",
        ),
        Heading("II. THỜI GIAN, ĐỊA ĐIỂM"),
        "{meeting|Hội nghị tổ chức trong buổi sáng, bắt đầu lúc 7 giờ 30 ngày 19/01/2024} tại hội trường Sở.",
        Heading("III. PHÂN CÔNG"),
        Heading("Văn phòng Sở:"),
        Items(
            (
                "{report|Dự thảo báo cáo kiểm điểm, gửi các phòng góp ý trước ngày 05/01;}",
                "{resolution|Dự thảo nghị quyết hội nghị xong trước ngày 12/01;}",
                "{invite|Mời đại biểu, chuẩn bị hội trường;}",
                "{minutes|Cử 02 công chức làm thư ký hội nghị.}",
            )
        ),
        Heading("Các phòng, đơn vị thuộc Sở:"),
        Items(
            (
                "{units|Họp góp ý các dự thảo, gửi ý kiến bằng văn bản về Văn phòng Sở chậm nhất ngày 10 tháng 01;}",
                "{nominate|Giới thiệu người ứng cử Ban Thanh tra nhân dân theo đúng cơ cấu.}",
            )
        ),
        Heading("Công đoàn cơ sở:"),
        Items(
            (
                "{pledge|Xây dựng dự thảo giao ước thi đua, thời gian hoàn thành trước ngày 12/01;}",
                "{recognise|Ra quyết định công nhận Ban Thanh tra nhân dân trong thời hạn 05 ngày làm việc kể từ ngày bầu xong;}",
                "{check|Cùng Lãnh đạo Sở kiểm tra việc thực hiện nghị quyết, 06 tháng một lần.}",
            )
        ),
        Heading("Thư ký hội nghị:"),
        "{file|Hoàn chỉnh biên bản, nghị quyết và gửi Công đoàn viên chức tỉnh sau 01 (một) ngày kể từ khi bế mạc hội nghị.}",
        "Hồ sơ hội nghị được lưu giữ {!20 năm} theo quy chế văn thư./.",
    ),
    duties={
        "meeting": duty("hold_meeting", "Sở Xây dựng", "Giám đốc", "Lãnh đạo Sở", None, limit=on("2024-01-19")),
        "review_year": duty("synthesize_report other", "Chánh Văn phòng", None, in_meeting=True),
        "elect": duty("elect", None, in_meeting=True),
        "sign": duty("other", "Giám đốc và Chủ tịch Công đoàn", None, in_meeting=True),
        "pass": duty("issue_conclusion draft_conclusion other", None, in_meeting=True),
        "report": duty("synthesize_report prepare", "Văn phòng Sở", limit=before("2024-01-05")),
        "resolution": duty("draft_conclusion prepare", "Văn phòng Sở", limit=before("2024-01-12")),
        "invite": duty("invite prepare", "Văn phòng Sở"),
        "minutes": duty("record_minutes prepare", "Văn phòng Sở"),
        "units": duty(
            "collect_forms prepare draft_answers synthesize_report other",
            "Các phòng, đơn vị thuộc Sở",
            limit=by("2024-01-10"),
        ),
        "nominate": duty("elect prepare other", "Các phòng, đơn vị thuộc Sở"),
        "pledge": duty("prepare other", "Công đoàn cơ sở", limit=before("2024-01-12")),
        "recognise": duty("recognise", "Công đoàn cơ sở", limit=after(5, "ngày bầu xong", working=True)),
        "check": duty("review supervise", "Công đoàn cơ sở", "Công đoàn cơ sở và Lãnh đạo Sở", limit=every(6, "month")),
        "file": duty("record_minutes issue_conclusion report_up", "Thư ký hội nghị", limit=after(1, "bế mạc hội nghị")),
    },
    order=(
        "report resolution pledge invite > meeting > file check",
        "elect > recognise",
        "meeting > recognise",
    ),
    expected=("missing_year",),
    forbidden=(
        "weekday_mismatch",
        "shorter_than_law",
        "longer_than_law",
        "number_word_mismatch",
        "date_in_past",
        "invalid_date",
    ),
)

THEP_VIET = Composed(
    name="thep_viet_2020",
    form=Pdf(size=12.5),
    kind="workplace",
    issuer="Công ty TNHH Thép Việt Long",
    issued="2020-02-17",
    number="07/KH-TVL-CĐ",
    parts=(
        Letterhead(
            "CÔNG TY TNHH THÉP VIỆT LONG\nBAN CHẤP HÀNH CÔNG ĐOÀN\nSố: 07/KH-TVL-CĐ",
            "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\nBà Rịa - Vũng Tàu, {!ngày 17 tháng 02 năm 2020}",
        ),
        Centred("KẾ HOẠCH LIÊN TỊCH\nTổ chức Hội nghị người lao động năm 2020"),
        "Thực hiện Nghị định số 149/2018/NĐ-CP {!ngày 07/11/2018}, Giám đốc và Ban Chấp hành Công đoàn Công ty thống nhất các việc sau:",
        "1. Hội nghị cấp phân xưởng",
        (
            "{workshops|Quản đốc các phân xưởng tổ chức hội nghị từ ngày 24/02 đến ngày 28/02/2020.} {workshop_minutes|Biên bản gửi về Phòng Tổ chức - Hành chính "
            "chậm nhất sau 01 (một) ngày kể từ ngày tổ chức hội nghị phân xưởng.}"
        ),
        "2. Hội nghị cấp công ty",
        "{meeting|Tổ chức lúc 8g00 ngày 14 tháng 3 năm 2020 (thứ Bảy).} Đại biểu chính thức: {!01 đại biểu trên 15 người lao động}.",
        "3. Chuẩn bị",
        "Giám đốc: {business|chỉ đạo xây dựng báo cáo sản xuất kinh doanh năm 2019, phương hướng năm 2020.}",
        (
            "Ban Chấp hành Công đoàn: {union_report|báo cáo thực hiện thỏa ước lao động tập thể;} "
            "{petitions|tổng hợp kiến nghị của các phân xưởng, gửi Giám đốc trước ngày 06/3/2020.}"
        ),
        (
            "Phòng Tổ chức - Hành chính: {answers|tham mưu Giám đốc trả lời bằng văn bản từng kiến nghị, hoàn thành trước ngày 12/3/2020;} "
            "{delegates|gửi giấy triệu tập đại biểu trước ngày hội nghị 05 ngày.}"
        ),
        "4. Sau hội nghị",
        "{spread|Trong vòng 07 ngày làm việc kể từ ngày kết thúc hội nghị, Quản đốc các phân xưởng phổ biến nghị quyết tới từng tổ sản xuất.}",
        "{monitor|Ban Chấp hành Công đoàn giám sát việc thực hiện nghị quyết;} {quarterly|hàng quý, Giám đốc và Ban Chấp hành Công đoàn họp đánh giá.}",
        (
            "{send|Phòng Tổ chức - Hành chính gửi nghị quyết và biên bản cho Công đoàn Khu công nghiệp {!Đông Xuyên 1} trước ngày 20/3/2020}, "
            "{send|chậm nhất là ngày 25/3/2020.}"
        ),
        "GIÁM ĐỐC                          TM. BAN CHẤP HÀNH CÔNG ĐOÀN",
    ),
    duties={
        "meeting": duty(
            "hold_meeting",
            "Giám đốc và Ban Chấp hành Công đoàn Công ty",
            "Công ty TNHH Thép Việt Long",
            "Giám đốc",
            "Ban Chấp hành Công đoàn",
            None,
            limit=on("2020-03-14"),
        ),
        "workshops": duty("hold_meeting prepare", "Quản đốc các phân xưởng", limit=window("2020-02-24", "2020-02-28")),
        "workshop_minutes": duty(
            "record_minutes report_up collect_forms",
            "Quản đốc các phân xưởng",
            None,
            limit=after(1, "ngày tổ chức hội nghị phân xưởng"),
        ),
        "business": duty("synthesize_report prepare", "Giám đốc"),
        "union_report": duty("synthesize_report prepare", "Ban Chấp hành Công đoàn"),
        "petitions": duty(
            "synthesize_report collect_forms classify_issues", "Ban Chấp hành Công đoàn", limit=before("2020-03-06")
        ),
        "answers": duty("draft_answers answer_issues", "Phòng Tổ chức - Hành chính", limit=before("2020-03-12")),
        "delegates": duty("invite", "Phòng Tổ chức - Hành chính", limit=ahead(5, "ngày hội nghị")),
        "spread": duty(
            "announce other", "Quản đốc các phân xưởng", limit=after(7, "ngày kết thúc hội nghị", working=True)
        ),
        "monitor": duty("supervise", "Ban Chấp hành Công đoàn"),
        "quarterly": duty("review supervise", "Giám đốc và Ban Chấp hành Công đoàn", limit=every(3, "month")),
        "send": duty(
            "report_up issue_conclusion", "Phòng Tổ chức - Hành chính", limit=(before("2020-03-20"), by("2020-03-25"))
        ),
    },
    order=(
        "workshops > workshop_minutes > petitions > answers > meeting > spread",
        "business union_report delegates > meeting > monitor send",
    ),
    expected=("due_on_non_working_day meeting", "contradictory_dates send"),
    forbidden=(
        "weekday_mismatch",
        "number_word_mismatch",
        "missing_year",
        "numbering_error",
        "due_on_non_working_day petitions",
    ),
)

NINH_PHUOC = Composed(
    name="thpt_ninh_phuoc_2020",
    form=Docx(),
    kind="conference",
    issuer="Trường THPT Ninh Phước",
    issued=None,
    number=None,
    parts=(
        Header("Trường THPT Ninh Phước - Hội nghị viên chức"),
        Letterhead(
            "SỞ GD&ĐT NINH THUẬN\nTRƯỜNG THPT NINH PHƯỚC\nSố:      /KH-THPT",
            "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\nNinh Phước, {!ngày    tháng 9 năm 2020}",
        ),
        Centred("KẾ HOẠCH\nTổ chức Hội nghị viên chức, người lao động\nNăm học {!2020 - 2021}"),
        "Áp dụng Thông tư {!ngày 19/5/2020} của Bộ Giáo dục và Đào tạo về dân chủ trường học, nhà trường và Công đoàn phối hợp tổ chức hội nghị.",
        Heading("A. YÊU CẦU"),
        "Toàn trường có {!62 viên chức}; hội nghị hợp lệ khi {!ít nhất 2/3} số người được triệu tập có mặt. {meeting|Hội nghị phải hoàn thành trước ngày 15/10.}",
        Heading("B. LỊCH TIẾN HÀNH"),
        Table(
            (
                ("Ngày", "Công việc", "Người phụ trách"),
                ("21/9", "{plan|Họp trù bị: thống nhất chương trình, thành lập ban tổ chức}", "Hiệu trưởng"),
                (
                    "22/9 - 26/9",
                    "{groups|Các tổ chuyên môn họp góp ý dự thảo báo cáo, quy chế chi tiêu nội bộ}",
                    "Tổ trưởng",
                ),
                ("Trước 30/9", "{collate|Tổng hợp ý kiến các tổ, chỉnh sửa dự thảo}", "Chủ tịch Công đoàn"),
                ("Trước 02/10", "{reply|Soạn nội dung giải đáp thắc mắc}", "Ban Giám hiệu"),
                ("03/10", "{decor|Trang trí phòng họp, in ấn tài liệu}", "Bí thư Đoàn trường"),
                ("05/10 (thứ Hai)", "{meeting|Hội nghị toàn trường}", "Hiệu trưởng và Chủ tịch Công đoàn"),
            )
        ),
        Box("Khẩu hiệu: Dân chủ - Kỷ cương - Tình thương - Trách nhiệm\nNinh Phước, {!ngày 05 tháng 10 năm 2020}"),
        Heading("C. SAU HỘI NGHỊ"),
        Items(
            (
                "{resolution|Thư ký hoàn thiện nghị quyết, gửi Công đoàn ngành Giáo dục tỉnh chậm nhất 10 ngày sau khi kết thúc hội nghị.}",
                "{inspect|Ban Thanh tra nhân dân giám sát thực hiện nghị quyết.}",
                "{half|Nhà trường sơ kết việc thực hiện nghị quyết vào tháng 01/2021.}",
            ),
            sign="1.",
        ),
    ),
    duties={
        "meeting": duty(
            "hold_meeting",
            "Hiệu trưởng và Chủ tịch Công đoàn",
            "Hiệu trưởng",
            "Nhà trường",
            limit=(before("2020-10-15"), on("2020-10-05")),
        ),
        "plan": duty("prepare hold_meeting", "Hiệu trưởng", limit=on("2020-09-21")),
        "groups": duty(
            "collect_forms prepare hold_meeting other",
            "Tổ trưởng",
            "Các tổ chuyên môn",
            limit=window("2020-09-22", "2020-09-26"),
        ),
        "collate": duty(
            "synthesize_report collect_forms classify_issues", "Chủ tịch Công đoàn", limit=before("2020-09-30")
        ),
        "reply": duty("draft_answers prepare answer_issues", "Ban Giám hiệu", limit=before("2020-10-02")),
        "decor": duty("prepare", "Bí thư Đoàn trường", limit=on("2020-10-03")),
        "resolution": duty("issue_conclusion report_up record_minutes", "Thư ký", limit=after(10, "kết thúc hội nghị")),
        "inspect": duty("supervise", "Ban Thanh tra nhân dân"),
        "half": duty("review", "Nhà trường", "Trường THPT Ninh Phước", limit=month("2021-01")),
    },
    order=("plan > groups > collate > meeting > resolution", "reply decor > meeting > inspect half"),
    expected=("missing_year",),
    forbidden=("weekday_mismatch", "invalid_date", "missing_owner", "numbering_error", "longer_than_law"),
)

DOCUMENTS = (SONG_HONG, VINH_LONG, THEP_VIET, NINH_PHUOC)
