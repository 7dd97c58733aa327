"""Whole small plans in the layouts that offices use: what is to be done, by whom and by when."""

from __future__ import annotations

import pytest

from tests.unit.intake.papers import drawn, told

PLANS = {
    "names before colons, limits at the end of a sentence, pages in between": (
        """UBND XÃ ĐÔNG HÒA
Số: 31/KH-UBND
Đông Hòa, ngày 25 tháng 3 năm 2026
KẾ HOẠCH
Đối thoại giữa Chủ tịch UBND xã với nông dân năm 2026
Căn cứ Luật Thực hiện dân chủ ở cơ sở ngày 10/11/2022;
I. Mục đích, yêu cầu
1. Nâng cao trách nhiệm giải trình của UBND xã năm 2026.
II. Thời gian, địa điểm
- Thời gian: 01 buổi, bắt đầu từ 8 giờ 00 phút, ngày 20/4/2026 (thứ Hai).
- Địa điểm: Nhà văn hóa xã.
Trang 2/5
III. Phân công thực hiện
1. Văn phòng HĐND-UBND xã: Tham mưu ban hành giấy mời; chuẩn bị hội
trường, maket; hoàn thành trước ngày 17/4/2026.
2. Phòng Kinh tế: Tổng hợp, phân loại ý kiến của nông dân; soạn dự thảo trả lời, gửi Văn phòng HĐND-UBND xã trước
ngày 13/4/2026.
- 3 -
3. Hội Nông dân xã: Lấy ý kiến hội viên ở 12 chi hội, tổng hợp gửi về UBND xã (qua Phòng Kinh tế) chậm nhất ngày 07/4/2026.
4. Công an xã, Ban CHQS xã: Đảm bảo an ninh trật tự trước, trong và sau hội nghị.
5. Các ban, ngành, đoàn thể, trưởng các thôn: Vận động Nhân dân tham dự đông đủ.
Trên đây là Kế hoạch đối thoại, đề nghị các đơn vị nghiêm túc thực hiện./.
Nơi nhận:
- Như trên;
TM. ỦY BAN NHÂN DÂN
CHỦ TỊCH
Nguyễn Văn A
""",
        [
            "hold_meeting | Chủ tịch UBND xã | on_date 2026-04-20",
            "invite | Văn phòng HĐND-UBND xã | before_date 2026-04-17",
            "prepare | Văn phòng HĐND-UBND xã | before_date 2026-04-17",
            "classify_issues | Phòng Kinh tế | ",
            "draft_answers | Phòng Kinh tế | before_date 2026-04-13",
            "collect_forms | Hội Nông dân xã | by_date 2026-04-07",
            "prepare | Công an xã, Ban CHQS xã | ",
            "announce | Các ban, ngành, đoàn thể, trưởng các thôn | ",
        ],
    ),
    "steps with the lines of when, who and what below them": (
        """CÔNG TY CỔ PHẦN DỆT MAY PHƯƠNG NAM
Số: 12/KH-DMPN
TP. Hồ Chí Minh, ngày 26 tháng 8 năm 2024
KẾ HOẠCH
Tổ chức đối thoại định kỳ tại nơi làm việc quý III/2024
1. Thời gian đối thoại: 14h00 ngày 18/9/2024.
2. Địa điểm: Phòng họp tầng 2.
3. Các bước thực hiện:
Bước 1: Lấy ý kiến người lao động
- Thời gian: từ 02/9/2024 đến 06/9/2024
- Người phụ trách: BCH Công đoàn cơ sở
- Kết quả: Bảng tổng hợp ý kiến
Bước 2: Gửi nội dung đối thoại cho Ban Giám đốc
- Thời gian: chậm nhất 05 ngày làm việc trước ngày đối thoại
- Người phụ trách: BCH Công đoàn cơ sở
Bước 3: Chuẩn bị nội dung trả lời
- Thời gian: trước ngày 16/9/2024
- Người phụ trách: Phòng Hành chính - Nhân sự
Bước 4: Tiến hành đối thoại, lập biên bản
- Thời gian: ngày 18/9/2024
- Người phụ trách: Thư ký hội nghị
Bước 5: Công khai kết quả đối thoại tại bảng tin
- Thời gian: chậm nhất 03 ngày làm việc kể từ khi kết thúc đối thoại
- Người phụ trách: Phòng Hành chính - Nhân sự
""",
        [
            "hold_meeting |  | on_date 2024-09-18",
            "collect_forms | BCH Công đoàn cơ sở | window 2024-09-02 2024-09-06",
            "collect_forms | BCH Công đoàn cơ sở | days_before 5 working_day «ngày đối thoại»",
            "draft_answers | Phòng Hành chính - Nhân sự | before_date 2024-09-16",
            "record_minutes | Thư ký hội nghị | on_date 2024-09-18",
            "issue_conclusion | Phòng Hành chính - Nhân sự | within_days_after 3 working_day «khi kết thúc đối thoại»",
        ],
    ),
    "stages with their days in brackets, headings without marks": (
        """TRƯỜNG TIỂU HỌC KIM ĐỒNG
Số: 45/KH-THKĐ
Vĩnh Long, ngày 12 tháng 9 năm 2024
KẾ HOẠCH
Tổ chức Hội nghị viên chức năm học 2024-2025
I. MUC DICH
Phát huy dân chủ trong nhà trường.
II. THOI GIAN, DIA DIEM
Hội nghị tổ chức vào 14h00 ngày 10/10/2024 tại phòng Hội đồng.
III. TO CHUC THUC HIEN
Giai đoạn 1 (từ ngày 16/9/2024 đến ngày 25/9/2024): Các tổ chuyên môn họp, góp ý dự thảo kế hoạch năm học.
Giai đoạn 2 (từ 26/9/2024 đến 04/10/2024):
- Ban Chấp hành Công đoàn tổng hợp ý kiến, gửi Hiệu trưởng.
- Hiệu trưởng chuẩn bị báo cáo giải trình.
Giai đoạn 3: Sau hội nghị
- Thư ký hoàn thiện nghị quyết, niêm yết tại bảng tin trong 03 ngày.
- Ban Thanh tra nhân dân giám sát việc thực hiện nghị quyết, báo cáo mỗi học kỳ một lần.
""",
        [
            "hold_meeting |  | on_date 2024-10-10",
            "prepare | Các tổ chuyên môn | window 2024-09-16 2024-09-25",
            "classify_issues | Ban Chấp hành Công đoàn | window 2024-09-26 2024-10-04",
            "synthesize_report | Hiệu trưởng | window 2024-09-26 2024-10-04",
            "issue_conclusion | Thư ký | ",
            "supervise | Ban Thanh tra nhân dân | recurring 6 month",
        ],
    ),
    "roman and lettered levels of a Party body": (
        """ĐẢNG ỦY XÃ PHÚ THỊNH
Số: 18-KH/ĐU
Phú Thịnh, ngày 10 tháng 4 năm 2025
KẾ HOẠCH
Đối thoại giữa Bí thư Đảng ủy với Nhân dân năm 2025
A. NỘI DUNG VÀ PHÂN CÔNG
I- Công tác chuẩn bị
1- Văn phòng Đảng ủy
a) Xây dựng chương trình, kịch bản, xong trước 05/5/2025.
b) Phát hành giấy mời trước hội nghị 05 ngày.
2- Ban Xây dựng Đảng
a) Tổng hợp ý kiến của các chi bộ, báo cáo Thường trực Đảng ủy trước ngày 28/4/2025.
b) Phân công báo cáo viên.
3- Các chi bộ trực thuộc
Lấy ý kiến đảng viên, quần chúng; gửi kết quả về Ban Xây dựng Đảng trước ngày 22/4/2025.
II- Sau hội nghị
1- Văn phòng Đảng ủy ban hành thông báo kết luận trong vòng 07 ngày kể từ ngày kết thúc hội nghị.
2- UBND xã chỉ đạo giải quyết các kiến nghị, báo cáo kết quả với Ban Thường vụ Đảng ủy trước ngày 30/6/2025.
3- Ủy ban Kiểm tra Đảng ủy theo dõi, giám sát.
B. THỜI GIAN
Hội nghị đối thoại diễn ra trong 01 buổi, sáng ngày 15/5/2025.
""",
        [
            "prepare | Văn phòng Đảng ủy | before_date 2025-05-05",
            "invite | Văn phòng Đảng ủy | days_before 5 calendar_day «hội nghị»",
            "classify_issues | Ban Xây dựng Đảng | before_date 2025-04-28",
            "collect_forms | Các chi bộ trực thuộc | ",
            "report_up | Các chi bộ trực thuộc | before_date 2025-04-22",
            "issue_conclusion | Văn phòng Đảng ủy | within_days_after 7 calendar_day «ngày kết thúc hội nghị»",
            "answer_issues | UBND xã | before_date 2025-06-30",
            "supervise | Ủy ban Kiểm tra Đảng ủy | ",
            "hold_meeting | Bí thư Đảng ủy | on_date 2025-05-15",
        ],
    ),
    "spaces before every sign, days before the acts, names in brackets": (
        """LIÊN ĐOÀN LAO ĐỘNG HUYỆN TÂN CHÂU
Số: 21/KH-LĐLĐ
Tân Châu, ngày 05 tháng 4 năm 2023
KẾ HOẠCH
Đối thoại giữa Chủ tịch UBND huyện với đoàn viên, người lao động
I.  MỤC  ĐÍCH
Nắm bắt tâm tư đoàn viên.
II.  THỜI GIAN - ĐỊA ĐIỂM
Thời  gian :  8h00'  ngày  12 / 5 / 2023  ( Thứ sáu )
Địa  điểm : Hội trường UBND huyện
III. TIẾN  ĐỘ  THỰC  HIỆN
1 . Trước ngày 20/4/2023 : Khảo sát, nắm ý kiến đoàn viên ( các CĐCS ) .
2 . Ngày 25/4/2023 : Tổng hợp ý kiến ( Ban Tuyên giáo - Nữ công LĐLĐ huyện ) .
Trang 1/2
3 . Từ 26/4 đến 05/5/2023 : Các phòng, ban chuyên môn chuẩn bị nội dung trả lời .
4 . Sau đối thoại 05 ngày : Thông báo kết luận ( Văn phòng ) .
""",
        [
            "hold_meeting | Chủ tịch UBND huyện | on_date 2023-05-12",
            "collect_forms | các CĐCS | before_date 2023-04-20",
            "classify_issues | Ban Tuyên giáo - Nữ công LĐLĐ huyện | on_date 2023-04-25",
            "draft_answers | Các phòng, ban chuyên môn | window 2023-04-26 2023-05-05",
            "issue_conclusion | Văn phòng | within_days_after 5 calendar_day «đối thoại»",
        ],
    ),
    "a Youth Union's lines without any number": (
        """THÀNH ĐOÀN BẢO LỘC
Số: 08-KH/TĐTN-VP
Bảo Lộc, ngày 07 tháng 3 năm 2022
KẾ HOẠCH
Tổ chức Diễn đàn lắng nghe thanh niên nói năm 2022
Thời gian: 14h00, ngày 25/3/2022
Địa điểm: Nhà thiếu nhi
PHÂN CÔNG NHIỆM VỤ
Ban Thường vụ Thành đoàn:
Xây dựng kế hoạch, kịch bản chương trình.
Gửi giấy mời trước ngày 20/3/2022.
Ban Tuyên giáo Thành đoàn
- Truyền thông trên fanpage từ ngày 15/3/2022.
- Tiếp nhận câu hỏi của thanh niên qua đường link đến hết ngày 18/3/2022.
Các Đoàn phường, xã:
Lập danh sách đoàn viên tham dự (30 đồng chí/đơn vị), gửi về Thành đoàn chậm nhất 17h00 ngày 19/3/2022.
KINH PHÍ
Trích từ nguồn hoạt động năm 2022.
""",
        [
            "hold_meeting |  | on_date 2022-03-25",
            "prepare | Ban Thường vụ Thành đoàn | ",
            "invite | Ban Thường vụ Thành đoàn | before_date 2022-03-20",
            "announce | Ban Tuyên giáo Thành đoàn | window 2022-03-15",
            "collect_forms | Ban Tuyên giáo Thành đoàn | by_date 2022-03-18",
            "register_speakers | Các Đoàn phường, xã | by_date 2022-03-19",
        ],
    ),
    "articles": (
        """ỦY BAN NHÂN DÂN QUẬN LIÊN CHIỂU
Số: 77/KH-UBND
Liên Chiểu, ngày 01 tháng 6 năm 2018
KẾ HOẠCH
Đối thoại với doanh nghiệp năm 2018
Điều 1. Thời gian và địa điểm
Đối thoại được tổ chức lúc 8 giờ 00 ngày 28/6/2018 tại UBND quận.
Điều 2. Phân công trách nhiệm
1. Phòng Nội vụ chủ trì, phối hợp với Văn phòng HĐND và UBND quận tham mưu nội dung; tổng hợp ý kiến trước ngày 15/6/2018.
2. Thủ trưởng các phòng, ban gửi văn bản giải trình về Phòng Nội vụ trước ngày 20/6/2018.
Điều 3. Sau đối thoại
1. Trong thời hạn 07 ngày làm việc, Phòng Nội vụ tham mưu Thông báo kết luận.
2. Các đơn vị báo cáo kết quả thực hiện trước ngày 30/9/2018 và định kỳ hằng quý.
""",
        [
            "hold_meeting |  | on_date 2018-06-28",
            "other | Phòng Nội vụ | ",
            "classify_issues | Phòng Nội vụ | before_date 2018-06-15",
            "draft_answers | Thủ trưởng các phòng, ban | before_date 2018-06-20",
            "issue_conclusion | Phòng Nội vụ | within_days_after 7 working_day «đối thoại»",
            "report_up | Các đơn vị | before_date 2018-09-30",
        ],
    ),
    "days over bulleted lists": (
        """HỘI LIÊN HIỆP PHỤ NỮ HUYỆN CHƯ SÊ
Số: 33/KH-BTV
Chư Sê, ngày 26 tháng 7 năm 2021
KẾ HOẠCH
Đối thoại giữa lãnh đạo huyện với hội viên phụ nữ năm 2021
3. Tiến độ thực hiện
* Tháng 8/2021:
- Hội LHPN huyện hướng dẫn cơ sở thu thập ý kiến.
- Ban hành kế hoạch (Hội LHPN huyện).
* Từ 01/9 đến 15/9/2021:
- Các cơ sở Hội tổng hợp ý kiến gửi về Hội LHPN huyện.
* Ngày 25/9/2021: Tổ chức đối thoại.
* Quý IV/2021:
- Giám sát việc giải quyết kiến nghị.
""",
        [
            "collect_forms | Hội LHPN huyện | month 2021-08",
            "prepare | Hội LHPN huyện | month 2021-08",
            "collect_forms | Các cơ sở Hội | window 2021-09-01 2021-09-15",
            "hold_meeting | lãnh đạo huyện | on_date 2021-09-25",
            "supervise |  | window 2021-10-01 2021-12-31",
        ],
    ),
    "tasks with labelled lines in any order": (
        """BỆNH VIỆN ĐA KHOA KHU VỰC CỦ CHI
Số: 900/KH-BVCC
Củ Chi, ngày 28 tháng 11 năm 2025
KẾ HOẠCH
Tổ chức Hội nghị viên chức, người lao động năm 2025
II. NỘI DUNG CÔNG VIỆC
1. Lấy ý kiến viên chức, người lao động
+ Đơn vị thực hiện: Các khoa, phòng
+ Thời hạn: 05/12/2025
+ Sản phẩm: Biên bản họp khoa
2. Tổng hợp, phân loại ý kiến
+ Thời hạn: 10/12/2025
+ Đơn vị thực hiện: Phòng Tổ chức cán bộ; phối hợp: Ban Chấp hành Công đoàn
3. Hội nghị
+ Thời hạn: 8h00, 19/12/2025
+ Đơn vị thực hiện: Ban Giám đốc
4. Gửi báo cáo về Sở Y tế
+ Thời hạn: 05 ngày làm việc sau hội nghị
+ Đơn vị thực hiện: Phòng Tổ chức cán bộ
""",
        [
            "collect_forms | Các khoa, phòng | on_date 2025-12-05",
            "classify_issues | Phòng Tổ chức cán bộ | on_date 2025-12-10",
            "hold_meeting | Ban Giám đốc | on_date 2025-12-19",
            "report_up | Phòng Tổ chức cán bộ | within_days_after 5 working_day «hội nghị»",
        ],
    ),
    "points counted in sentences": (
        """HỘI CỰU CHIẾN BINH TỈNH SƠN LA
Số: 15/KH-CCB
Sơn La, ngày 10 tháng 6 năm 2020
KẾ HOẠCH
Đối thoại giữa Chủ tịch UBND tỉnh với cựu chiến binh năm 2020
Hội Cựu chiến binh tỉnh xây dựng kế hoạch tổ chức đối thoại như sau:
Thời gian tổ chức: buổi sáng ngày 22/7/2020, tại Hội trường Tỉnh ủy.
Để chuẩn bị tốt cho buổi đối thoại, Thường trực Tỉnh hội yêu cầu:
Một là, các huyện, thành hội tập hợp kiến nghị của hội viên, gửi về Tỉnh hội trước ngày 30/6/2020.
Hai là, Văn phòng Tỉnh hội tổng hợp thành báo cáo, trình Thường trực trước ngày 05/7/2020.
Ba là, Ban Tuyên giáo Tỉnh hội viết tin, bài về buổi đối thoại.
Sau buổi đối thoại, Văn phòng Tỉnh hội phối hợp Văn phòng UBND tỉnh ra thông báo kết luận trong 10 ngày.
""",
        [
            "hold_meeting | Chủ tịch UBND tỉnh | on_date 2020-07-22",
            "collect_forms | các huyện, thành hội | before_date 2020-06-30",
            "synthesize_report | Văn phòng Tỉnh hội | before_date 2020-07-05",
            "announce | Ban Tuyên giáo Tỉnh hội | ",
            "issue_conclusion | Văn phòng Tỉnh hội | within_days_after 10 calendar_day «đối thoại»",
        ],
    ),
    "levels without a closing stop, a name that is made responsible": (
        """UBND ĐẶC KHU PHÚ QUÝ
Số: 10/KH-UBND
Phú Quý, ngày 24 tháng 7 năm 2026
KẾ HOẠCH
Hội nghị đối thoại trực tiếp giữa Chủ tịch UBND đặc khu với Nhân dân
1 Thời gian, địa điểm
1.1 Thời gian: 14 giờ, ngày 08 tháng 9 năm 2026
1.2 Địa điểm: Trung tâm hội nghị đặc khu
2 Phân công trách nhiệm
2.1 Văn phòng HĐND và UBND đặc khu có trách nhiệm:
a. Trình ban hành công văn lấy ý kiến trước 01/8/2026
b. Đôn đốc các cơ quan gửi trả lời
2.2 Phòng Văn hóa - Xã hội có trách nhiệm:
a. Tổng hợp câu hỏi, phân theo nhóm; xong trước 20/8/2026
b. Công khai lịch đối thoại trên Trang thông tin điện tử chậm nhất ngày 31/8/2026
2.3 Đề nghị Ủy ban MTTQ Việt Nam đặc khu:
Vận động, tập hợp ý kiến của ngư dân gửi về Phòng Văn hóa - Xã hội đến hết ngày 15/8/2026.
3 Chế độ báo cáo
Sau hội nghị 15 ngày, Văn phòng báo cáo UBND tỉnh.
""",
        [
            "hold_meeting | Chủ tịch UBND đặc khu | on_date 2026-09-08",
            "distribute_forms | Văn phòng HĐND và UBND đặc khu | before_date 2026-08-01",
            "supervise | Văn phòng HĐND và UBND đặc khu | ",
            "classify_issues | Phòng Văn hóa - Xã hội | before_date 2026-08-20",
            "announce | Phòng Văn hóa - Xã hội | by_date 2026-08-31",
            "collect_forms | Ủy ban MTTQ Việt Nam đặc khu | by_date 2026-08-15",
            "report_up | Văn phòng | within_days_after 15 calendar_day «hội nghị»",
        ],
    ),
    "short forms and no full stops at all": (
        """CÔNG TY TNHH MTV GIÀY AN BÌNH
Số: 03/2025/KH-AB
Đồng Nai, ngày 05 tháng 6 năm 2025
KẾ HOẠCH
Đối thoại định kỳ tại nơi làm việc quý II/2025
A. Thời gian: 9h30 ngày 30/6/2025, tại phòng họp lớn
B. Chuẩn bị
- P.HCNS: gửi phiếu khảo sát cho NLĐ (10/6 - 14/6/2025)
- BCH CĐCS: tổng hợp ý kiến, gửi P.HCNS trước 18/6
- Các bộ phận liên quan: phúc đáp bằng văn bản, hạn chót 25/6
- Tổ bảo vệ: trực cổng
C. Sau đối thoại
- P.HCNS niêm yết biên bản tại xưởng trong vòng 3 ngày làm việc
""",
        [
            "hold_meeting |  | on_date 2025-06-30",
            "distribute_forms | P.HCNS | window 2025-06-10 2025-06-14",
            "classify_issues | BCH CĐCS | before_date 2025-06-18",
            "draft_answers | Các bộ phận liên quan | by_date 2025-06-25",
            "prepare | Tổ bảo vệ | ",
            "issue_conclusion | P.HCNS | within_days_after 3 working_day «đối thoại»",
        ],
    ),
    "an annex behind the signature": (
        """ỦY BAN NHÂN DÂN HUYỆN ĐẠI LỘC
Số: 99/KH-UBND
Đại Lộc, ngày 20 tháng 10 năm 2019
KẾ HOẠCH
Đối thoại với nông dân năm 2019
III. Tổ chức thực hiện
1. Giao Phòng Nông nghiệp làm đầu mối, tham mưu UBND huyện tổ chức đối thoại ngày 12/11/2019.
2. UBND các xã, thị trấn lập danh sách nông dân dự (mỗi xã 05 người) gửi Phòng Nông nghiệp trước ngày 05/11/2019.
Nơi nhận:
- TT Huyện ủy;
- Lưu: VT.
TM. ỦY BAN NHÂN DÂN
CHỦ TỊCH
(Đã ký)
Lê Văn B
PHỤ LỤC
PHÂN CÔNG NHIỆM VỤ
(Kèm theo Kế hoạch số 99/KH-UBND ngày 20/10/2019)
1. Hội Nông dân huyện: lấy ý kiến hội viên, xong trước ngày 31/10/2019.
2. Trung tâm Văn hóa: trang trí hội trường, âm thanh; hoàn thành trong ngày 11/11/2019.
""",
        [
            "hold_meeting | Phòng Nông nghiệp | on_date 2019-11-12",
            "register_speakers | UBND các xã, thị trấn | before_date 2019-11-05",
            "collect_forms | Hội Nông dân huyện | before_date 2019-10-31",
            "prepare | Trung tâm Văn hóa | on_date 2019-11-11",
        ],
    ),
    "officials by their names": (
        """ỦY BAN MTTQ VIỆT NAM XÃ MƯỜNG É
Số: 07/KH-MTTQ
Mường É, ngày 20 tháng 9 năm 2023
KẾ HOẠCH
Tổ chức Hội nghị đối thoại, lắng nghe ý kiến Nhân dân
4. Phân công
4.1. Đ/c Trần Thị Hoa - Phó Chủ tịch: phụ trách chung; duyệt danh sách đại biểu trước 03/10/2023.
4.2. Đ/c Lò Văn Pâng: liên hệ hội trường, khánh tiết; in tài liệu (80 bộ) xong trước ngày 09/10/2023.
4.3. Đ/c Vàng A Sử: ghi biên bản; dự thảo thông báo kết luận, gửi Thường trực chậm nhất 2 ngày sau hội nghị.
4.4. Ban Công tác Mặt trận các bản: tuyên truyền, mời bà con.
5. Thời gian: Hội nghị được tổ chức vào ngày 11/10/2023.
""",
        [
            "other | Trần Thị Hoa - Phó Chủ tịch | ",
            "register_speakers | Trần Thị Hoa - Phó Chủ tịch | before_date 2023-10-03",
            "prepare | Lò Văn Pâng | ",
            "prepare | Lò Văn Pâng | before_date 2023-10-09",
            "record_minutes | Vàng A Sử | ",
            "draft_conclusion | Vàng A Sử | within_days_after 2 calendar_day «hội nghị»",
            "announce | Ban Công tác Mặt trận các bản | ",
            "hold_meeting |  | on_date 2023-10-11",
        ],
    ),
}


@pytest.mark.parametrize(("text", "duties"), PLANS.values(), ids=list(PLANS))
def test_a_plan_is_read_whatever_its_layout(text: str, duties: list[str]) -> None:
    assert [told(step) for step in drawn(text, head="").steps] == duties
