"""Errors into answers: the one place where an error meets its HTTP status and its page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from http import HTTPStatus
from types import MappingProxyType

import structlog
from fastapi import FastAPI
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from calendars import CalendarError
from calendars.rules import RuleError
from workflow.domain.errors import BadInput, Conflict, DoithoaiError, NotFound
from workflow.language import Language, retell, sentence, translate
from workflow.services.accounts import LinkSpent, NobodyCalledSo, SignInRefused
from workflow.services.attempts import TooManyAttempts
from workflow.services.permissions import NotPermitted
from workflow.store.errors import DatabaseBusy, DatabaseError
from workflow.web.oidc import AnswerRefused, ServiceUnreachable
from workflow.web.security import PAGE_HEADERS, FormNotOurs
from workflow.web.visit import NotSignedIn, Visit, anyone, language_of
from workflow.web.words import N_

STATUS: Sequence[tuple[type[Exception], HTTPStatus]] = (
    (NotSignedIn, HTTPStatus.UNAUTHORIZED),
    (SignInRefused, HTTPStatus.UNAUTHORIZED),
    (LinkSpent, HTTPStatus.UNAUTHORIZED),
    (NobodyCalledSo, HTTPStatus.UNAUTHORIZED),
    (AnswerRefused, HTTPStatus.UNAUTHORIZED),
    (ServiceUnreachable, HTTPStatus.BAD_GATEWAY),
    (TooManyAttempts, HTTPStatus.TOO_MANY_REQUESTS),
    (NotPermitted, HTTPStatus.FORBIDDEN),
    (FormNotOurs, HTTPStatus.FORBIDDEN),
    (NotFound, HTTPStatus.NOT_FOUND),
    (BadInput, HTTPStatus.UNPROCESSABLE_ENTITY),
    (Conflict, HTTPStatus.CONFLICT),
    (DatabaseBusy, HTTPStatus.SERVICE_UNAVAILABLE),
    (DatabaseError, HTTPStatus.SERVICE_UNAVAILABLE),
    (CalendarError, HTTPStatus.UNPROCESSABLE_ENTITY),
    (RuleError, HTTPStatus.UNPROCESSABLE_ENTITY),
    (DoithoaiError, HTTPStatus.BAD_REQUEST),
)
"""The status of each kind of error; the first row that fits counts."""


def status_of(error: Exception) -> HTTPStatus:
    """The HTTP status of an error; 500 for one that nobody foresaw."""
    return next((status for kind, status in STATUS if isinstance(error, kind)), HTTPStatus.INTERNAL_SERVER_ERROR)


def words_of(error: Exception, language: Language) -> str:
    """The one sentence that tells a user what is wrong."""
    if isinstance(error, DoithoaiError | CalendarError):
        return sentence(error, language)
    return retell(str(error), language)


_HEADINGS: Mapping[int, str] = MappingProxyType(
    {
        401: N_("Cần đăng nhập"),
        403: N_("Không được phép"),
        404: N_("Không tìm thấy"),
        405: N_("Thao tác không dùng được ở đây"),
        409: N_("Dữ liệu vừa thay đổi"),
        413: N_("Nội dung gửi lên quá lớn"),
        422: N_("Cần sửa lại"),
        429: N_("Thử quá nhiều lần"),
        503: N_("Tạm thời chưa phục vụ được"),
    }
)
_SENTENCES: Mapping[int, str] = MappingProxyType(
    {
        404: N_("Không có trang này; địa chỉ có thể đã gõ sai hoặc trang đã được bỏ."),
        405: N_("Địa chỉ này chỉ nhận biểu mẫu của trang; hãy mở lại trang rồi làm lại."),
        413: N_("Nội dung gửi lên vượt quá mức cho phép; hãy rút gọn rồi gửi lại."),
    }
)
_OURS = N_("Lỗi của chương trình")
_UNFORESEEN = N_(
    "Chương trình gặp lỗi chưa lường trước; chưa có gì được ghi. Hãy thử lại, nếu vẫn lỗi hãy báo quản trị."
)


def install(app: FastAPI) -> None:
    """Let every error of the application answer with its page."""
    for kind, _ in STATUS:
        app.add_exception_handler(kind, _foreseen)
    app.add_exception_handler(HTTPException, _refused)
    app.add_exception_handler(Exception, _unforeseen)


def _foreseen(request: Request, error: Exception) -> Response:
    status = status_of(error)
    if status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        structlog.get_logger().error("request_failed", path=request.url.path, error=str(error))
    visit = _visit(request, ask=not isinstance(error, DatabaseError))
    return error_page(visit, status, words_of(error, visit.language))


def _refused(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    visit = _visit(request, ask=True)
    words = _SENTENCES.get(error.status_code, _UNFORESEEN if error.status_code >= 500 else _SENTENCES[405])
    answer = error_page(visit, error.status_code, translate(words, visit.language))
    answer.headers.update(error.headers or {})
    return answer


def _unforeseen(request: Request, error: Exception) -> Response:
    structlog.get_logger().error("request_crashed", path=request.url.path, kind=type(error).__name__)
    visit = _visit(request, ask=False)
    answer = error_page(visit, 500, translate(_UNFORESEEN, visit.language))
    answer.headers.update(PAGE_HEADERS)  # this answer goes out past every middleware
    return answer


def error_page(visit: Visit, status: int, words: str) -> Response:
    """The page of an error: what is wrong and what to do."""
    heading = translate(_HEADINGS.get(status, _OURS), visit.language)
    template = "sign_in.html" if status == HTTPStatus.UNAUTHORIZED else "error.html"
    return visit.page(template, status=int(status), heading=heading, words=words, code=int(status))


def _visit(request: Request, *, ask: bool) -> Visit:
    """The visit that failed; without its person when the database cannot be asked."""
    known = getattr(request.state, "visit", None)
    if isinstance(known, Visit):
        return known
    application = request.app.state.application
    nobody = Visit(request, application, None, language_of(request), application.clock.now())
    if not ask:
        return nobody
    try:
        return anyone(request)
    except DatabaseError:
        return nobody
