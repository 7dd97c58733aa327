"""Dialogues of commune, ward, district and party heads with the people: sections with headings, and plain prose."""

from __future__ import annotations

from tests.intake.corpus.composing import (
    Centred,
    Composed,
    Heading,
    Items,
    Letterhead,
    Pdf,
    Txt,
    after,
    ahead,
    before,
    by,
    duty,
    every,
    month,
    on,
    window,
)

BAN_PHIET = Composed(
    name="ban_phiet_2026",
    form=Txt(width=76),
    kind="dialogue",
    issuer="UBND xã Bản Phiệt",
    issued="2026-03-02",
    number="37/KH-UBND",
    parts=(
        Letterhead(
            "ỦY BAN NHÂN DÂN\nXÃ BẢN PHIỆT\nSố: 37/KH-UBND",
            "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\nBản Phiệt, {!ngày 02 tháng 3 năm 2026}",
        ),
        Centred("KẾ HOẠCH\nĐối thoại giữa Chủ tịch UBND xã với Nhân dân năm 2026"),
        (
            "Căn cứ {!khoản 2 Điều 43} Luật Tổ chức chính quyền địa phương {!ngày 16/6/2025}; theo Kế hoạch số 15/3/KH của Đảng ủy xã, "
            "Ủy ban nhân dân xã lập kế hoạch gặp gỡ, đối thoại với bà con như sau:"
        ),
        Heading("I. MỤC ĐÍCH, YÊU CẦU"),
        "1. Nghe dân nói, giải đáp thẳng thắn những việc bà con còn thắc mắc về đất rừng, nước sạch và đường thôn.",
        "2. Mỗi thôn cử {!không quá 10 người}; hội nghị đủ điều kiện tiến hành khi có {!2/3 số hộ} được mời tới dự.",
        Heading("II. THỜI GIAN, ĐỊA ĐIỂM"),
        "{meeting|1. Thời gian: 8 giờ 00, ngày 27/3/2026 (thứ Sáu), dự kiến {!1/2 ngày}.}",
        "2. Địa điểm: Nhà văn hóa xã. Mọi thông tin xin liên hệ số điện thoại {!0214.3.812.345}.",
        "3. Chủ trì: đồng chí Chủ tịch UBND xã.",
        Heading("III. TỔ CHỨC THỰC HIỆN"),
        Heading("1. Văn phòng HĐND và UBND xã"),
        Items(
            (
                "{plan|Soạn kịch bản điều hành, bố trí hội trường, loa đài phục vụ buổi đối thoại.}",
                (
                    "{assign|Căn cứ bản tổng hợp của Mặt trận, trình Chủ tịch UBND xã giao từng cơ quan chuẩn bị câu trả lời, "
                    "xong trước ngày 14/3/2026.}"
                ),
                "{invite|Gửi giấy mời tới đại biểu chậm nhất là 05 ngày trước ngày đối thoại.}",
            )
        ),
        Heading("2. Ủy ban Mặt trận Tổ quốc Việt Nam xã"),
        Items(
            (
                "{forms|Cùng các trưởng thôn phát phiếu hỏi ý kiến tới từng hộ gia đình từ ngày 04/3/2026 đến ngày 09/3/2026.}",
                (
                    "{collect|Thu lại phiếu, sắp xếp ý kiến theo từng lĩnh vực và chuyển bản tổng hợp về Văn phòng HĐND và UBND xã "
                    "trước ngày 12/3/2026.}"
                ),
            )
        ),
        Heading("3. Các phòng chuyên môn"),
        "{answers|Trả lời bằng văn bản những ý kiến được giao, gửi lại Văn phòng chậm nhất ngày 20/3/2026.}",
        Heading("4. Trung tâm Dịch vụ tổng hợp"),
        "{announce|Thông báo trên loa truyền thanh về giờ giấc, nơi họp và nội dung chính ít nhất 07 ngày trước khi diễn ra đối thoại.}",
        Heading("5. Công an xã"),
        "{security|Giữ gìn trật tự, hướng dẫn nơi để xe cho người dân.}",
        Heading("IV. SAU ĐỐI THOẠI"),
        (
            "{conclude|Trong thời hạn 15 ngày kể từ ngày đối thoại, Văn phòng HĐND và UBND xã trình ký và công bố thông báo kết luận; "
            "trường hợp việc phức tạp thì thời hạn này là 20 ngày.}"
        ),
        (
            "{reply|Chậm nhất 07 ngày làm việc, kể từ ngày nhận được thông báo kết luận, cơ quan được giao việc phải có văn bản trả lời "
            "người kiến nghị.}"
        ),
        "{report|Văn phòng HĐND và UBND xã tổng hợp số liệu, báo cáo Thường trực Đảng ủy theo quy định.}",
        "Nơi nhận: Như trên; Lưu: VT.",
    ),
    duties={
        "meeting": duty("hold_meeting", "Chủ tịch UBND xã", "UBND xã Bản Phiệt", None, limit=on("2026-03-27")),
        "plan": duty("prepare", "Văn phòng HĐND và UBND xã"),
        "assign": duty("assign_answers", "Văn phòng HĐND và UBND xã", limit=before("2026-03-14")),
        "invite": duty("invite", "Văn phòng HĐND và UBND xã", limit=ahead(5, "ngày đối thoại")),
        "forms": duty(
            "distribute_forms", "Ủy ban Mặt trận Tổ quốc Việt Nam xã", limit=window("2026-03-04", "2026-03-09")
        ),
        "collect": duty(
            "collect_forms classify_issues synthesize_report",
            "Ủy ban Mặt trận Tổ quốc Việt Nam xã",
            limit=before("2026-03-12"),
        ),
        "answers": duty("draft_answers answer_issues", "Các phòng chuyên môn", limit=by("2026-03-20")),
        "announce": duty("announce", "Trung tâm Dịch vụ tổng hợp", limit=ahead(7, "diễn ra đối thoại")),
        "security": duty("prepare other", "Công an xã"),
        "conclude": duty("issue_conclusion", "Văn phòng HĐND và UBND xã", limit=after(15, "ngày đối thoại", longer=20)),
        "reply": duty(
            "answer_issues",
            "cơ quan được giao việc",
            "cơ quan được giao",
            limit=after(7, "ngày nhận được thông báo kết luận", working=True),
        ),
        "report": duty("report_up synthesize_report", "Văn phòng HĐND và UBND xã"),
    },
    order=(
        "forms > collect > assign > answers > meeting > conclude > reply",
        "plan announce invite security > meeting > report",
    ),
    expected=("due_on_non_working_day invite", "longer_than_law conclude", "unresolved_reference report"),
    forbidden=(
        "weekday_mismatch",
        "missing_year",
        "numbering_error",
        "number_word_mismatch",
        "due_on_non_working_day answers",
    ),
)

IA_LAU = Composed(
    name="ia_lau_2025",
    form=Txt(width=90, decomposed=True),
    kind="dialogue",
    issuer="Đảng ủy xã Ia Lâu",
    issued="2025-10-06",
    number="28-KH/ĐU",
    parts=(
        "ĐẢNG BỘ TỈNH GIA LAI",
        "ĐẢNG ỦY XÃ IA LÂU",
        "*",
        "Số 28-KH/ĐU",
        "ĐẢNG CỘNG SẢN VIỆT NAM",
        "Ia Lâu, {!ngày 06 tháng 10 năm 2025}",
        "KẾ HOẠCH",
        "đối thoại trực tiếp của Bí thư Đảng ủy xã với cán bộ, đảng viên và Nhân dân năm 2025",
        "-----",
        (
            "Thực hiện Quyết định số 218-QĐ/TW {!ngày 12/12/2013} của Bộ Chính trị và Quy chế số 09-QC/TU {!ngày 20/8/2025} của Tỉnh ủy, "
            "Ban Thường vụ Đảng ủy xã mở cuộc đối thoại của Bí thư Đảng ủy với cán bộ, đảng viên và Nhân dân trong xã."
        ),
        (
            "{meeting|Cuộc đối thoại được mở vào 14 giờ 00 ngày 14 tháng 11 năm 2025 tại hội trường xã}, do đồng chí Bí thư Đảng ủy chủ trì; "
            "mời {!khoảng 120 người} dự, trong đó người dân tộc thiểu số chiếm {!ít nhất 1/3} tổng số."
        ),
        (
            "{gather|Các chi bộ thôn họp dân để lắng nghe ý kiến, ghi lại thành văn bản và gửi về Ban Xây dựng Đảng trước ngày 20 tháng 10 năm 2025.} "
            "{sort|Trên cơ sở ý kiến của các chi bộ, Ban Xây dựng Đảng phân nhóm theo thẩm quyền, báo cáo Thường trực Đảng ủy chậm nhất là "
            "ngày 24/10/2025.} {assign|Thường trực Đảng ủy xem xét, giao các cơ quan chuẩn bị ý kiến trả lời trong ngày 27/10/2025;} "
            "{answers|các cơ quan được giao gửi phần trả lời về Văn phòng Đảng ủy muộn nhất là ngày 05/11/2025.} "
            "{compile|Văn phòng Đảng ủy hoàn chỉnh báo cáo chung trình đồng chí Bí thư trước ngày 11/11/2025.}"
        ),
        (
            "{announce|Ủy ban Mặt trận Tổ quốc Việt Nam xã thông báo rộng rãi nội dung và lịch đối thoại chậm nhất 10 ngày trước ngày tổ chức.} "
            "{invite|Văn phòng Đảng ủy mời đại biểu và cử thư ký ghi biên bản.}"
        ),
        (
            "{conclude|Sau khi kết thúc đối thoại chậm nhất 05 ngày làm việc, Văn phòng Đảng ủy tham mưu ban hành thông báo kết luận của "
            "đồng chí Bí thư.} {conclude|Nếu vụ việc phải xác minh thì thời hạn ban hành có thể kéo dài nhưng không quá 08 ngày làm việc sau đối thoại.} "
            "{reply|Cơ quan được nêu trong thông báo trả lời người có kiến nghị trong vòng 15 ngày kể từ ngày nhận thông báo kết luận.} "
            "{watch|Ủy ban Kiểm tra Đảng ủy theo dõi, đôn đốc việc thực hiện,} {report|định kỳ 03 tháng một lần báo cáo Ban Thường vụ Đảng ủy.}"
        ),
        "Trong quá trình thực hiện, có việc gì vướng thì {!kịp thời} phản ánh về Văn phòng Đảng ủy.",
        "Nơi nhận: Các chi bộ; Lưu VPĐU.",
    ),
    duties={
        "meeting": duty(
            "hold_meeting",
            "Bí thư Đảng ủy",
            "Bí thư Đảng ủy xã",
            "Ban Thường vụ Đảng ủy xã",
            None,
            limit=on("2025-11-14"),
        ),
        "gather": duty("collect_forms", "Các chi bộ thôn", limit=before("2025-10-20")),
        "sort": duty("classify_issues synthesize_report", "Ban Xây dựng Đảng", limit=by("2025-10-24")),
        "assign": duty("assign_answers", "Thường trực Đảng ủy", limit=on("2025-10-27")),
        "answers": duty("draft_answers answer_issues", "các cơ quan được giao", limit=by("2025-11-05")),
        "compile": duty("synthesize_report", "Văn phòng Đảng ủy", limit=before("2025-11-11")),
        "announce": duty("announce", "Ủy ban Mặt trận Tổ quốc Việt Nam xã", limit=ahead(10, "ngày tổ chức")),
        "invite": duty("invite record_minutes", "Văn phòng Đảng ủy"),
        "conclude": duty(
            "issue_conclusion draft_conclusion",
            "Văn phòng Đảng ủy",
            limit=after(5, "kết thúc đối thoại", working=True, longer=8),
        ),
        "reply": duty(
            "answer_issues",
            "Cơ quan được nêu trong thông báo",
            limit=after(15, "ngày nhận thông báo kết luận"),
        ),
        "watch": duty("supervise", "Ủy ban Kiểm tra Đảng ủy"),
        "report": duty("report_up review supervise", "Ủy ban Kiểm tra Đảng ủy", limit=every(3, "month")),
    },
    order=(
        "gather > sort > assign > answers > compile > meeting > conclude > reply",
        "announce invite > meeting > watch",
    ),
    expected=("due_on_non_working_day gather",),
    forbidden=("missing_year", "numbering_error", "weekday_mismatch", "invalid_date", "due_on_non_working_day meeting"),
)

CAM_AN = Composed(
    name="cam_an_2018",
    form=Txt(width=68, gap=True),
    kind="dialogue",
    issuer="UBND quận Cẩm An",
    issued=None,
    number=None,
    parts=(
        "ỦY BAN NHÂN DÂN QUẬN CẨM AN",
        "Số:        /KH-UBND",
        "Cẩm An, {!ngày      tháng 3 năm 2018}",
        "KẾ HOẠCH",
        "Tổ chức gặp mặt, đối thoại giữa Chủ tịch UBND quận với giáo viên ngành học mầm non, năm học {!2017-2018}",
        (
            "Căn cứ Luật Giáo dục {!ngày 14/6/2005}; xét đề nghị của Phòng Giáo dục và Đào tạo tại Tờ trình số "
            "61/TTr-PGDĐT {!ngày 12/3/2018}, UBND quận ban hành kế hoạch với các nội dung chính sau đây:"
        ),
        "I. NỘI DUNG",
        "Trao đổi về chế độ phụ cấp, định biên 2 giáo viên/lớp, kinh phí {!3,5 tỷ đồng} sửa chữa trường lớp và tình hình 6 tháng qua.",
        "II. THỜI GIAN VÀ ĐỊA ĐIỂM",
        "{meeting|Buổi gặp mặt tổ chức vào lúc 14h00 ngày 20/4/2018 (Thứ Tư)} tại Trung tâm Văn hóa quận.",
        "III. PHÂN CÔNG NHIỆM VỤ",
        "1. Phòng Giáo dục và Đào tạo",
        "{collect|a) Thu nhận câu hỏi, đề xuất của giáo viên các trường, tổng hợp thành danh mục và chuyển Văn phòng HĐND-UBND quận trước ngày 05/4/2018.}",
        "{intro|b) Xây dựng báo cáo đề dẫn về tình hình ngành học, trình lãnh đạo quận duyệt trước ngày 17/4/2018.}",
        "2. Văn phòng HĐND-UBND quận",
        "{assign|a) Tham mưu Chủ tịch UBND quận phân công các phòng chức năng trả lời từng câu hỏi, hoàn thành trong ngày 06/4/2018.}",
        "{compile|b) Tập hợp toàn bộ câu trả lời thành tài liệu chung, xong trước ngày 12/4/2018.}",
        "{invite_office|c) Phát hành giấy mời đến các trường và khách mời.}",
        "2. Các phòng chức năng được phân công",
        "{answers|Gửi câu trả lời bằng văn bản về Văn phòng HĐND-UBND quận chậm nhất ngày 16/4/2018.}",
        "3. Phòng Nội vụ",
        "{invite_home|a) Phát hành giấy mời đến các trường và khách mời.}",
        "{minutes|b) Cử người ghi biên bản buổi gặp mặt.}",
        "4. Đề nghị Liên đoàn Lao động quận",
        "{spread|Phổ biến mục đích của buổi gặp mặt tới đoàn viên công đoàn các trường.}",
        "IV. SAU BUỔI GẶP MẶT",
        "{conclude|- Trong vòng 05 ngày làm việc sau buổi gặp mặt, Văn phòng HĐND-UBND quận trình ký thông báo kết luận.}",
        "{settle|- Các phòng chức năng giải quyết dứt điểm việc thuộc thẩm quyền, báo cáo Chủ tịch UBND quận trước ngày 31/4/2018.}",
        "Yêu cầu các đơn vị thực hiện nghiêm túc./.",
    ),
    duties={
        "meeting": duty("hold_meeting", "UBND quận", "Chủ tịch UBND quận", None, limit=on("2018-04-20")),
        "collect": duty(
            "collect_forms synthesize_report classify_issues", "Phòng Giáo dục và Đào tạo", limit=before("2018-04-05")
        ),
        "intro": duty("synthesize_report prepare", "Phòng Giáo dục và Đào tạo", limit=before("2018-04-17")),
        "assign": duty("assign_answers", "Văn phòng HĐND-UBND quận", limit=on("2018-04-06")),
        "compile": duty("synthesize_report", "Văn phòng HĐND-UBND quận", limit=before("2018-04-12")),
        "invite_office": duty("invite", "Văn phòng HĐND-UBND quận"),
        "answers": duty("draft_answers answer_issues", "Các phòng chức năng được phân công", limit=by("2018-04-16")),
        "invite_home": duty("invite", "Phòng Nội vụ"),
        "minutes": duty("record_minutes prepare", "Phòng Nội vụ"),
        "spread": duty("announce", "Liên đoàn Lao động quận"),
        "conclude": duty(
            "issue_conclusion draft_conclusion",
            "Văn phòng HĐND-UBND quận",
            limit=after(5, "buổi gặp mặt", working=True),
        ),
        "settle": duty("answer_issues report_up", "Các phòng chức năng"),
    },
    order=(
        "collect > assign > answers > meeting > conclude",
        "intro compile invite_office invite_home spread > meeting",
        "meeting > settle",
    ),
    expected=(
        "weekday_mismatch meeting",
        "numbering_error",
        "contradictory_owner invite_office invite_home",
        "predecessor_after_successor answers compile",
        "invalid_date settle",
    ),
    forbidden=("missing_year", "longer_than_law", "number_word_mismatch", "due_on_non_working_day intro"),
)

TAN_PHU = Composed(
    name="tan_phu_2027",
    form=Pdf(size=12),
    kind="dialogue",
    issuer="UBND phường Tân Phú",
    issued="2027-02-22",
    number="41/KH-UBND",
    parts=(
        Letterhead(
            "ỦY BAN NHÂN DÂN\nPHƯỜNG TÂN PHÚ\nSố: 41/KH-UBND",
            "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\nTân Phú, {!ngày 22 tháng 02 năm 2027}",
        ),
        Centred(
            "KẾ HOẠCH\nTiếp xúc, đối thoại của Chủ tịch Ủy ban nhân dân phường với Nhân dân sáu tháng đầu năm 2027"
        ),
        (
            "Thực hiện Chương trình công tác năm 2027, {!trong 6 tháng cuối năm 2026} phường đã tiếp nhận {!87 ý kiến} của cử tri. "
            "UBND phường xây dựng kế hoạch như sau:"
        ),
        Heading("I. YÊU CẦU CHUNG"),
        "Việc trả lời phải đúng trọng tâm, {!kịp thời}, không né tránh; gắn với {!kế hoạch công tác hằng năm} của từng đơn vị.",
        Heading("II. THỜI GIAN TỔ CHỨC"),
        "{meeting|Dự kiến trong tháng 5 năm 2027, ngày giờ cụ thể sẽ thông báo sau.}",
        Heading("III. TRÁCH NHIỆM CỦA CÁC ĐƠN VỊ"),
        Heading("1. Văn phòng HĐND và UBND phường (sau đây gọi tắt là Văn phòng)"),
        Items(
            (
                "{notice|Niêm yết thông báo về buổi đối thoại tại trụ sở và nhà sinh hoạt các khu phố.}",
                "{compile|Tổng hợp văn bản trả lời của các phòng thành một báo cáo, trình Chủ tịch UBND phường trước khi tổ chức đối thoại 03 ngày.}",
                "{conclude|Tham mưu ban hành thông báo kết luận sau khi kết thúc đối thoại.}",
                "{report|Báo cáo kết quả về UBND thành phố đúng thời hạn quy định.}",
            )
        ),
        Heading("2. Các khu phố"),
        Items(
            (
                "{collect|Họp dân lấy ý kiến, gửi biên bản về Văn phòng trước ngày 15/4/2027.}",
                "{posting|Niêm yết thông báo kết luận tại nhà sinh hoạt ít nhất là 15 ngày liên tục kể từ ngày nhận được thông báo kết luận.}",
            )
        ),
        Heading("3. Phòng Kinh tế, Hạ tầng và Đô thị; Phòng Văn hóa - Xã hội"),
        "{answers|Trả lời bằng văn bản các ý kiến thuộc lĩnh vực phụ trách, hoàn thành trước ngày 29/4/2027.}",
        Heading("4. Ủy ban Mặt trận Tổ quốc Việt Nam phường"),
        Items(
            (
                "{sort|Phối hợp phân loại ý kiến của Nhân dân xong trước ngày 20/4/2027.}",
                "{watch|Giám sát việc giải quyết sau đối thoại; mỗi quý một lần thông tin kết quả cho Nhân dân.}",
            )
        ),
        Heading("5. Công an phường"),
        "{security|Bảo đảm an ninh, trật tự {!trong suốt buổi đối thoại}.}",
        Heading("IV. KINH PHÍ"),
        "Tổng dự toán {!12.500.000 đồng}, chi từ nguồn ngân sách phường.",
        "TM. ỦY BAN NHÂN DÂN",
        "CHỦ TỊCH",
    ),
    duties={
        "meeting": duty("hold_meeting", "UBND phường", "Chủ tịch UBND phường", None, limit=month("2027-05")),
        "notice": duty("announce", "Văn phòng HĐND và UBND phường", "Văn phòng"),
        "compile": duty(
            "synthesize_report", "Văn phòng HĐND và UBND phường", "Văn phòng", limit=ahead(3, "tổ chức đối thoại")
        ),
        "conclude": duty(
            "issue_conclusion draft_conclusion",
            "Văn phòng HĐND và UBND phường",
            "Văn phòng",
            limit=after(None, "kết thúc đối thoại"),
        ),
        "report": duty("report_up", "Văn phòng HĐND và UBND phường", "Văn phòng"),
        "collect": duty("collect_forms", "Các khu phố", limit=before("2027-04-15")),
        "posting": duty(
            "announce issue_conclusion other",
            "Các khu phố",
            limit={**after(15, "ngày nhận được thông báo kết luận"), "minimum": True},
        ),
        "answers": duty(
            "draft_answers answer_issues",
            "Phòng Kinh tế, Hạ tầng và Đô thị; Phòng Văn hóa - Xã hội",
            limit=before("2027-04-29"),
        ),
        "sort": duty("classify_issues", "Ủy ban Mặt trận Tổ quốc Việt Nam phường", limit=before("2027-04-20")),
        "watch": duty(
            "supervise announce review", "Ủy ban Mặt trận Tổ quốc Việt Nam phường", limit=every(1, "quarter")
        ),
        "security": duty("prepare other", "Công an phường"),
    },
    order=(
        "collect > sort > answers > compile > meeting > conclude",
        "notice security > meeting",
        "meeting > report watch",
        "conclude > posting",
    ),
    expected=("missing_date", "unresolved_reference conclude", "unresolved_reference report"),
    forbidden=("weekday_mismatch", "missing_year", "numbering_error", "contradictory_dates"),
)

DOCUMENTS = (BAN_PHIET, IA_LAU, CAM_AN, TAN_PHU)
