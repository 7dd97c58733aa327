"""Plans whose duties stand in tables, annexes and lines apart: who and when are not in the sentence of the duty."""

from __future__ import annotations

from tests.intake.corpus.composing import (
    Centred,
    Composed,
    Docx,
    Header,
    Heading,
    Items,
    Letterhead,
    Pdf,
    Table,
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

SON_HA = Composed(
    name="son_ha_2022",
    form=Docx(),
    kind="dialogue",
    issuer="UBND huyện Sơn Hà",
    issued="2022-02-14",
    number="18/KH-UBND",
    parts=(
        Letterhead(
            "ỦY BAN NHÂN DÂN\nHUYỆN SƠN HÀ\nSố: 18/KH-UBND",
            "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\nSơn Hà, {!ngày 14 tháng 02 năm 2022}",
        ),
        Centred("KẾ HOẠCH\nĐối thoại giữa Chủ tịch UBND huyện với thanh niên năm 2022"),
        (
            "Căn cứ Luật Thanh niên {!ngày 16/6/2020}; Nghị định số 13/2021/NĐ-CP {!ngày 01/3/2021} của Chính phủ quy định đối thoại với thanh niên; "
            "Chủ tịch UBND huyện ban hành Kế hoạch đối thoại với thanh niên như sau:"
        ),
        Heading("I. ĐỐI TƯỢNG"),
        "Đoàn viên, thanh niên {!từ 16 đến 30 tuổi} đang sinh sống, học tập trên địa bàn huyện, {!khoảng 150 người}.",
        Heading("II. CÁC BƯỚC THỰC HIỆN"),
        Heading("1. Công khai kế hoạch"),
        "{announce|Đăng tải toàn văn kế hoạch đối thoại trên trang thông tin điện tử của huyện và các trang mạng xã hội của Đoàn.}",
        "Thời gian hoàn thành: trước ngày 23/02/2022.",
        "Đơn vị chủ trì: Phòng Văn hóa và Thông tin huyện.",
        Heading("2. Lấy ý kiến"),
        "{collect|Tiếp nhận ý kiến, kiến nghị của thanh niên qua hộp thư điện tử và phiếu giấy.}",
        "Thời gian thực hiện: từ ngày 24/02/2022 đến hết ngày 04/3/2022.",
        "Đơn vị chủ trì: Huyện đoàn Sơn Hà; phối hợp: Đoàn các xã, thị trấn.",
        Heading("3. Phân loại"),
        "{sort|Rà soát, gom các kiến nghị theo thẩm quyền giải quyết và chuyển tới cơ quan có trách nhiệm.}",
        "Thời gian hoàn thành: chậm nhất ngày 09/3/2022.",
        "Đơn vị chủ trì: Phòng Nội vụ huyện.",
        Heading("4. Chuẩn bị trả lời"),
        "{answers|Xây dựng nội dung giải trình, trả lời từng nhóm kiến nghị, gửi Phòng Nội vụ huyện.}",
        "Thời gian hoàn thành: trước ngày 18/3/2022.",
        "Đơn vị chủ trì: Các phòng, ban được chuyển kiến nghị.",
        Heading("5. Đối thoại"),
        "{meeting|Tổ chức hội nghị đối thoại tại hội trường UBND huyện.}",
        "Thời gian: 14 giờ 00 ngày 25/3/2022 (thứ Năm).",
        "Chủ trì: Chủ tịch UBND huyện.",
        Heading("6. Sau đối thoại"),
        "{conclude|Ban hành thông báo kết luận đối thoại trong thời hạn 10 ngày kể từ ngày đối thoại (15 ngày đối với những việc có nội dung phức tạp).}",
        "Đơn vị chủ trì: Văn phòng HĐND và UBND huyện.",
        "{report|Tổng hợp kết quả, báo cáo UBND tỉnh (qua Sở Nội vụ) trong tháng 4/2022.}",
        "Đơn vị chủ trì: Phòng Nội vụ huyện.",
    ),
    duties={
        "meeting": duty("hold_meeting", "Chủ tịch UBND huyện", "UBND huyện Sơn Hà", limit=on("2022-03-25")),
        "announce": duty("announce", "Phòng Văn hóa và Thông tin huyện", limit=before("2022-02-23")),
        "collect": duty("collect_forms", "Huyện đoàn Sơn Hà", limit=window("2022-02-24", "2022-03-04")),
        "sort": duty("classify_issues assign_answers", "Phòng Nội vụ huyện", limit=by("2022-03-09")),
        "answers": duty(
            "draft_answers answer_issues", "Các phòng, ban được chuyển kiến nghị", limit=before("2022-03-18")
        ),
        "conclude": duty(
            "issue_conclusion", "Văn phòng HĐND và UBND huyện", limit=after(10, "ngày đối thoại", longer=15)
        ),
        "report": duty("report_up synthesize_report", "Phòng Nội vụ huyện", limit=month("2022-04")),
    },
    order=("announce > meeting", "collect > sort > answers > meeting > conclude", "meeting > report"),
    expected=("weekday_mismatch meeting",),
    forbidden=(
        "longer_than_law",
        "shorter_than_law",
        "missing_year",
        "numbering_error",
        "missing_owner",
        "contradictory_dates",
    ),
)

THAP_MUOI = Composed(
    name="thap_muoi_2024",
    form=Docx(),
    kind="dialogue",
    issuer="UBND huyện Tháp Mười",
    issued="2024-08-05",
    number="112/KH-UBND",
    parts=(
        Header("UBND huyện Tháp Mười - Kế hoạch đối thoại với nông dân năm 2024"),
        Letterhead(
            "UBND TỈNH ĐỒNG THÁP\nUBND HUYỆN THÁP MƯỜI\nSố: 112/KH-UBND",
            "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\nTháp Mười, {!ngày 05 tháng 8 năm 2024}",
        ),
        Centred("KẾ HOẠCH\nHội nghị Chủ tịch UBND huyện đối thoại với nông dân năm 2024"),
        (
            "Thực hiện Chỉ thị số 26/CT-TTg của Thủ tướng Chính phủ và Nghị quyết số 46-NQ/TW {!ngày 20/12/2023} của Bộ Chính trị, "
            "UBND huyện phân công công việc theo bảng dưới đây."
        ),
        Heading("1. Thời gian, địa điểm"),
        "{meeting|Hội nghị diễn ra từ 7 giờ 30 phút ngày 30/8/2024 (thứ Sáu)} tại Trung tâm Hội nghị huyện, quy mô {!200 đại biểu}.",
        Heading("2. Bảng phân công"),
        Table(
            (
                ("STT", "Nội dung công việc", "Chủ trì", "Phối hợp", "Thời hạn hoàn thành", "Sản phẩm"),
                ("A", "Trước hội nghị", "", "", "", ""),
                (
                    "1",
                    "{collect|Thu thập ý kiến, kiến nghị của hội viên nông dân tại cơ sở}",
                    "Hội Nông dân huyện",
                    "Hội Nông dân các xã",
                    "Trước ngày 13/8/2024",
                    "Báo cáo tổng hợp",
                ),
                (
                    "2",
                    "{sort|Phân nhóm kiến nghị, đề xuất cơ quan trả lời}",
                    "",
                    "Văn phòng HĐND và UBND huyện",
                    "Chậm nhất ngày 15/8/2024",
                    "Bảng phân loại",
                ),
                (
                    "3",
                    "{answers|Soạn văn bản trả lời kiến nghị thuộc ngành}",
                    "Phòng Nông nghiệp và Phát triển nông thôn",
                    "Các ngành liên quan",
                    "Trước ngày 24/8/2024",
                    "Văn bản trả lời",
                ),
                (
                    "4",
                    "{invite|Gửi giấy mời, chuẩn bị tài liệu}",
                    "Văn phòng HĐND và UBND huyện",
                    "Hội Nông dân huyện",
                    "Ngày 26/8/2024",
                    "Giấy mời",
                ),
                (
                    "5",
                    "{hall|Trang trí hội trường, âm thanh, màn hình}",
                    "Trung tâm Văn hóa - Thể thao",
                    "",
                    "Ngày 29/8/2024",
                    "",
                ),
                ("B", "Sau hội nghị", "", "", "", ""),
                (
                    "6",
                    "{conclude|Ban hành thông báo kết luận của Chủ tịch UBND huyện}",
                    "Văn phòng HĐND và UBND huyện",
                    "",
                    "07 ngày làm việc sau hội nghị",
                    "Thông báo",
                ),
                (
                    "7",
                    "{reply|Trả lời bằng văn bản các kiến nghị còn lại}",
                    "Các cơ quan được giao",
                    "",
                    "Chậm nhất 15 ngày kể từ ngày có thông báo kết luận",
                    "Văn bản",
                ),
                (
                    "8",
                    "{watch|Theo dõi, đôn đốc việc giải quyết kiến nghị}",
                    "Hội Nông dân huyện",
                    "",
                    "Hằng quý",
                    "Báo cáo",
                ),
            ),
            merged=((1, 1, 1, 5), (2, 2, 2, 1), (7, 1, 1, 5)),
        ),
        "3. Kinh phí: {!45 triệu đồng} từ nguồn sự nghiệp kinh tế năm 2024.",
    ),
    duties={
        "meeting": duty(
            "hold_meeting", "Chủ tịch UBND huyện", "UBND huyện Tháp Mười", "UBND huyện", None, limit=on("2024-08-30")
        ),
        "collect": duty("collect_forms", "Hội Nông dân huyện", limit=before("2024-08-13")),
        "sort": duty("classify_issues assign_answers", "Hội Nông dân huyện", limit=by("2024-08-15")),
        "answers": duty(
            "draft_answers answer_issues", "Phòng Nông nghiệp và Phát triển nông thôn", limit=before("2024-08-24")
        ),
        "invite": duty("invite prepare", "Văn phòng HĐND và UBND huyện", limit=on("2024-08-26")),
        "hall": duty("prepare", "Trung tâm Văn hóa - Thể thao", limit=on("2024-08-29")),
        "conclude": duty("issue_conclusion", "Văn phòng HĐND và UBND huyện", limit=after(7, "hội nghị", working=True)),
        "reply": duty("answer_issues", "Các cơ quan được giao", limit=after(15, "ngày có thông báo kết luận")),
        "watch": duty("supervise", "Hội Nông dân huyện", limit=every(3, "month")),
    },
    order=("collect > sort > answers > meeting > conclude > reply", "invite hall > meeting > watch"),
    forbidden=(
        "missing_owner",
        "weekday_mismatch",
        "missing_year",
        "longer_than_law",
        "numbering_error",
        "contradictory_owner",
    ),
)

QUANG_PHU = Composed(
    name="quang_phu_2025",
    form=Pdf(size=11),
    kind="dialogue",
    issuer="UBND phường Quảng Phú",
    issued="2025-09-19",
    number="64/KH-UBND",
    parts=(
        Letterhead(
            "ỦY BAN NHÂN DÂN\nPHƯỜNG QUẢNG PHÚ\nSố: 64/KH-UBND",
            "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\nQuảng Phú, {!ngày 19 tháng 9 năm 2025}",
        ),
        Centred(
            "KẾ HOẠCH\nTổ chức diễn đàn đối thoại giữa Chủ tịch UBND phường với phụ nữ nhân kỷ niệm {!95 năm} Ngày thành lập Hội (20/10)"
        ),
        (
            "Hướng tới kỷ niệm {!20/10/1930 - 20/10/2025}, theo đề nghị của Hội Liên hiệp Phụ nữ phường, UBND phường tổ chức diễn đàn đối thoại với "
            "hội viên, phụ nữ trên địa bàn."
        ),
        "I. Mục đích: tạo kênh trao đổi cởi mở về vay vốn, an toàn thực phẩm, phòng chống bạo lực gia đình.",
        (
            "{meeting|II. Thời gian: 7 giờ 30 phút, thứ Bảy, ngày 18/10/2025.} Địa điểm: hội trường phường. "
            "Thành phần: {!85 hội viên} tiêu biểu, {!không quá 05 người} mỗi chi hội."
        ),
        (
            "III. Tiến độ thực hiện: có phụ lục kèm theo. Các đơn vị căn cứ phụ lục chủ động triển khai; vướng mắc báo Văn phòng HĐND và UBND phường, "
            "điện thoại {!0237 3 999 888}."
        ),
        Centred("PHỤ LỤC\nTiến độ thực hiện (kèm theo Kế hoạch số 64/KH-UBND {!ngày 19/9/2025})"),
        Table(
            (
                ("Thời gian", "Nội dung", "Đơn vị thực hiện"),
                (
                    "Trước 26/9/2025",
                    "{forms|Phát phiếu khảo sát nhu cầu đối thoại đến các chi hội}",
                    "Hội Liên hiệp Phụ nữ phường",
                ),
                (
                    "27/9 - 02/10/2025",
                    "{collect|Thu phiếu, tổng hợp câu hỏi của hội viên}",
                    "Hội Liên hiệp Phụ nữ phường",
                ),
                (
                    "03/10/2025",
                    "{assign|Họp giao nhiệm vụ trả lời cho từng bộ phận chuyên môn}",
                    "Văn phòng HĐND và UBND phường",
                ),
                (
                    "Chậm nhất 10/10/2025",
                    "{answers|Nộp phần trả lời bằng văn bản và bằng bản điện tử}",
                    "Phòng Kinh tế, Hạ tầng và Đô thị; Phòng Văn hóa - Xã hội; Trạm Y tế",
                ),
                (
                    "Ít nhất 7 ngày trước diễn đàn",
                    "{announce|Thông tin về diễn đàn trên loa phát thanh và nhóm Zalo các chi hội}",
                    "Trung tâm Cung ứng dịch vụ công",
                ),
                (
                    "13/10/2025",
                    "{invite|Gửi giấy mời, in tài liệu, kiểm tra sân khấu}",
                    "Văn phòng HĐND và UBND phường",
                ),
                (
                    "Trong 10 ngày sau diễn đàn",
                    "{conclude|Ra thông báo kết luận và đăng công khai}",
                    "Văn phòng HĐND và UBND phường",
                ),
                (
                    "Quý IV/2025",
                    "{review|Đánh giá kết quả giải quyết kiến nghị của phụ nữ}",
                    "Hội Liên hiệp Phụ nữ phường",
                ),
            )
        ),
    ),
    duties={
        "meeting": duty("hold_meeting", "UBND phường", "Chủ tịch UBND phường", None, limit=on("2025-10-18")),
        "forms": duty("distribute_forms", "Hội Liên hiệp Phụ nữ phường", limit=before("2025-09-26")),
        "collect": duty(
            "collect_forms synthesize_report", "Hội Liên hiệp Phụ nữ phường", limit=window("2025-09-27", "2025-10-02")
        ),
        "assign": duty("assign_answers", "Văn phòng HĐND và UBND phường", limit=on("2025-10-03")),
        "answers": duty(
            "draft_answers answer_issues",
            "Phòng Kinh tế, Hạ tầng và Đô thị; Phòng Văn hóa - Xã hội; Trạm Y tế",
            limit=by("2025-10-10"),
        ),
        "announce": duty("announce", "Trung tâm Cung ứng dịch vụ công", limit=ahead(7, "diễn đàn")),
        "invite": duty("invite prepare", "Văn phòng HĐND và UBND phường", limit=on("2025-10-13")),
        "conclude": duty("issue_conclusion", "Văn phòng HĐND và UBND phường", limit=after(10, "diễn đàn")),
        "review": duty(
            "review supervise synthesize_report",
            "Hội Liên hiệp Phụ nữ phường",
            limit=window("2025-10-01", "2025-12-31"),
        ),
    },
    order=("forms > collect > assign > answers > meeting > conclude", "announce invite > meeting > review"),
    expected=("due_on_non_working_day meeting", "due_on_non_working_day announce"),
    forbidden=("weekday_mismatch", "missing_owner", "longer_than_law", "contradictory_dates", "missing_date"),
)

TAN_UYEN = Composed(
    name="tan_uyen_2023",
    form=Docx(),
    kind="dialogue",
    issuer="UBND thành phố Tân Uyên",
    issued="2023-03-10",
    number="58/KH-UBND",
    parts=(
        Letterhead(
            "UBND TỈNH BÌNH DƯƠNG\nUBND THÀNH PHỐ TÂN UYÊN\nSố: 58/KH-UBND",
            "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\nTân Uyên, {!ngày 10 tháng 3 năm 2023}",
        ),
        Centred("KẾ HOẠCH\nGặp gỡ, đối thoại giữa lãnh đạo thành phố với doanh nghiệp năm 2023"),
        (
            "Năm 2022, {!1.245 doanh nghiệp} đang hoạt động trên địa bàn, trong đó Công ty TNHH MTV {!19-5}, Công ty CP {!26/3} và Hợp tác xã "
            "Dệt {!2-9} nhiều lần kiến nghị về hạ tầng; tổng vốn đăng ký đạt {!3,2 tỷ USD}. Thành phố lập kế hoạch đối thoại như sau:"
        ),
        Heading("I. HÌNH THỨC VÀ THỜI GIAN"),
        (
            "{quarterly|Lãnh đạo thành phố gặp gỡ doanh nghiệp theo chuyên đề mỗi quý một lần}; "
            "{meeting|hội nghị đối thoại chính thức được tổ chức trong quý III/2023.}"
        ),
        Heading("II. NHIỆM VỤ"),
        "a) Khảo sát khó khăn của doanh nghiệp",
        Items(
            (
                "{survey|Gửi phiếu khảo sát trực tuyến đến toàn bộ doanh nghiệp;}",
                "{gather|Tổng hợp kết quả khảo sát thành báo cáo chuyên đề.}",
            ),
            sign="+",
        ),
        "* Thời gian thực hiện: Quý II/2023.",
        "* Cơ quan chủ trì: Phòng Kinh tế thành phố.",
        "b) Chuẩn bị giải đáp",
        (
            "{answers|Chi cục Thuế khu vực, Phòng Tài nguyên và Môi trường, Bảo hiểm xã hội thành phố chuẩn bị nội dung giải đáp theo lĩnh vực, "
            "gửi Phòng Kinh tế từ ngày 03/7/2023 đến ngày 14/7/2023.}"
        ),
        "c) Mời doanh nghiệp",
        (
            "{invite|Hội Doanh nghiệp thành phố lập danh sách và mời doanh nghiệp tham dự chậm nhất 10 ngày làm việc trước khi tổ chức hội nghị;} "
            "{speakers|đồng thời nhận đăng ký phát biểu.}"
        ),
        "d) Xử lý sau hội nghị",
        (
            "{conclude|Văn phòng HĐND và UBND thành phố ban hành thông báo kết luận trong vòng 01 tuần sau hội nghị.} "
            "{settle|Các cơ quan giải quyết xong kiến nghị trong thời hạn 30 ngày kể từ ngày ban hành thông báo kết luận; nếu phải xin ý kiến cấp trên "
            "thì thời hạn có thể kéo dài nhưng không quá 45 ngày.} {report|Phòng Kinh tế báo cáo UBND thành phố kết quả khi được yêu cầu.}"
        ),
    ),
    duties={
        "meeting": duty(
            "hold_meeting",
            "Lãnh đạo thành phố",
            "UBND thành phố Tân Uyên",
            "UBND thành phố",
            None,
            limit=window("2023-07-01", "2023-09-30"),
        ),
        "quarterly": duty("hold_meeting other", "Lãnh đạo thành phố", limit=every(1, "quarter")),
        "survey": duty(
            "distribute_forms collect_forms", "Phòng Kinh tế thành phố", limit=window("2023-04-01", "2023-06-30")
        ),
        "gather": duty(
            "synthesize_report collect_forms", "Phòng Kinh tế thành phố", limit=window("2023-04-01", "2023-06-30")
        ),
        "answers": duty(
            "draft_answers answer_issues",
            "Chi cục Thuế khu vực, Phòng Tài nguyên và Môi trường, Bảo hiểm xã hội thành phố",
            limit=window("2023-07-03", "2023-07-14"),
        ),
        "invite": duty("invite", "Hội Doanh nghiệp thành phố", limit=ahead(10, "tổ chức hội nghị", working=True)),
        "speakers": duty(
            "register_speakers",
            "Hội Doanh nghiệp thành phố",
            limit=carried(ahead(10, "tổ chức hội nghị", working=True)),
        ),
        "conclude": duty(
            "issue_conclusion", "Văn phòng HĐND và UBND thành phố", limit=after(1, "hội nghị", unit="week")
        ),
        "settle": duty("answer_issues", "Các cơ quan", limit=after(30, "ngày ban hành thông báo kết luận", longer=45)),
        "report": duty("report_up", "Phòng Kinh tế", "Phòng Kinh tế thành phố"),
    },
    order=("survey > gather > answers > meeting > conclude > settle", "meeting > report", "invite speakers > meeting"),
    expected=("missing_date",),
    forbidden=("weekday_mismatch", "invalid_date", "longer_than_law", "missing_year", "number_word_mismatch"),
)

DOCUMENTS = (SON_HA, THAP_MUOI, QUANG_PHU, TAN_UYEN)
