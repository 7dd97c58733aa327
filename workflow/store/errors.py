"""What can be wrong with the database, each as one sentence; `database` is its path or address without a password."""

from __future__ import annotations

from workflow.domain.errors import BadInput, DoithoaiError


class DatabaseError(DoithoaiError):
    """The database cannot do what was asked; nothing was half-written."""


class DatabaseBusy(DatabaseError):
    template = "Cơ sở dữ liệu {database} đang được một chương trình khác ghi; hãy đợi ít giây rồi làm lại."


class DatabaseUnwritable(DatabaseError):
    template = (
        "Không ghi được vào cơ sở dữ liệu {database}; hãy kiểm tra dung lượng đĩa còn trống và quyền ghi, rồi làm lại."
    )


class DatabaseUnreadable(DatabaseError):
    template = (
        "Tệp {database} không phải là cơ sở dữ liệu của chương trình hoặc đã hỏng; hãy kiểm tra đường dẫn, "
        "hoặc khôi phục từ bản sao lưu."
    )


class DatabaseUnreachable(DatabaseError):
    template = (
        "Không mở được cơ sở dữ liệu {database}; hãy kiểm tra đường dẫn, quyền truy cập và máy chủ cơ sở dữ liệu."
    )


class DatabaseNewer(DatabaseError):
    template = (
        "Cơ sở dữ liệu {database} do một phiên bản mới hơn của chương trình ghi; hãy nâng cấp chương trình rồi mở lại."
    )


class DatabaseOlder(DatabaseError):
    template = (
        "Cơ sở dữ liệu {database} chưa được tạo hoặc còn ở phiên bản cũ; hãy chạy lệnh «doithoai migrate» một lần."
    )


class DatabaseForeign(DatabaseError):
    template = (
        "Cơ sở dữ liệu {database} đang chứa bảng của chương trình khác; hãy dùng một cơ sở dữ liệu riêng, còn trống."
    )


class NameTooLong(DatabaseError):
    template = "Tên đơn vị hoặc cơ quan dài quá mức mà cơ sở dữ liệu {database} tìm được; hãy rút ngắn tên rồi làm lại."


class EventUnreadable(DatabaseError):
    template = (
        "Không đọc được sự kiện số {version} của kế hoạch «{plan}» vì nội dung đã hỏng; "
        "hãy chạy lệnh «doithoai verify», rồi khôi phục từ bản sao lưu."
    )


class EventNewer(DatabaseError):
    template = (
        "Sự kiện số {version} của kế hoạch «{plan}» do một phiên bản mới hơn của chương trình ghi; "
        "hãy nâng cấp chương trình rồi mở lại."
    )


class DatabaseAddressWrong(BadInput):
    template = (
        "Địa chỉ cơ sở dữ liệu «{database}» không dùng được; hãy ghi dạng sqlite:///đường/dẫn/tệp "
        "hoặc postgresql://người-dùng:mật-khẩu@máy-chủ/tên."
    )


class DatabaseDriverMissing(BadInput):
    template = "Chưa cài phần nối với PostgreSQL; hãy cài thêm bằng lệnh: pip install 'doithoai[postgresql]'."


class DatabaseNotEmpty(DatabaseError):
    template = (
        "Cơ sở dữ liệu {database} đã có dữ liệu; hãy khôi phục vào một thư mục dữ liệu hoặc cơ sở dữ liệu còn trống."
    )


class BackupThere(BadInput):
    template = "Đã có tệp «{file}»; hãy chọn tên khác, hoặc chuyển tệp cũ đi nơi khác trước."


class BackupUnwritable(BadInput):
    template = "Không ghi được bản sao lưu «{file}» ({why}); hãy kiểm tra thư mục và chỗ trống trên đĩa."


class BackupUnreadable(BadInput):
    template = "Tệp «{file}» không phải bản sao lưu nguyên vẹn của doithoai; hãy dùng một bản khác."


class BackupOfOther(BadInput):
    template = (
        "Bản sao lưu «{file}» do một phiên bản khác của chương trình ghi (lược đồ {schema}); "
        "hãy khôi phục bằng đúng phiên bản đó rồi nâng cấp."
    )
