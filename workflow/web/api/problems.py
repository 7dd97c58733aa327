"""Errors into `application/problem+json` (RFC 9457): one sentence, and which parts of the request it is about."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from http import HTTPStatus
from types import MappingProxyType
from typing import Any

import structlog
from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from calendars import CalendarError
from workflow.domain.errors import DoithoaiError
from workflow.language import Language, sentence, translate
from workflow.planfile import PlanFileErrors
from workflow.services.as_seen import ChangedMeanwhile
from workflow.services.history import history_of
from workflow.web import forms
from workflow.web.api.caller import ScopeMissing, TokenNotValid, language_of
from workflow.web.api.idempotency import KeyReused
from workflow.web.api.matching import VersionAhead
from workflow.web.api.pace import TooManyRequests
from workflow.web.failures import STATUS, words_of
from workflow.web.security import PAGE_HEADERS
from workflow.web.words import N_

MEDIA_TYPE = "application/problem+json"
OWN_STATUS: Sequence[tuple[type[Exception], HTTPStatus]] = (
    (TokenNotValid, HTTPStatus.UNAUTHORIZED),
    (ScopeMissing, HTTPStatus.FORBIDDEN),
    (TooManyRequests, HTTPStatus.TOO_MANY_REQUESTS),
    (ChangedMeanwhile, HTTPStatus.PRECONDITION_FAILED),
    (VersionAhead, HTTPStatus.PRECONDITION_FAILED),
    (KeyReused, HTTPStatus.UNPROCESSABLE_ENTITY),
    *STATUS,
)
"""The status of each kind of error; the first row that fits counts."""

_TITLES: Mapping[int, str] = MappingProxyType(
    {
        401: N_("Cần mã truy cập"),
        403: N_("Không được phép"),
        404: N_("Không tìm thấy"),
        405: N_("Thao tác không dùng được ở đây"),
        409: N_("Dữ liệu vừa thay đổi"),
        412: N_("Dữ liệu vừa thay đổi"),
        413: N_("Nội dung gửi lên quá lớn"),
        422: N_("Cần sửa lại"),
        429: N_("Hỏi quá nhanh"),
        503: N_("Tạm thời chưa phục vụ được"),
    }
)
_OURS = N_("Lỗi của chương trình")
_SENTENCES: Mapping[int, str] = MappingProxyType(
    {
        404: N_("Không có địa chỉ này trong API; xem danh sách ở /api/v1/docs."),
        405: N_("Địa chỉ này không nhận phương thức đó; xem danh sách ở /api/v1/docs."),
        413: N_("Nội dung gửi lên vượt quá mức cho phép; hãy rút gọn rồi gửi lại."),
    }
)
_UNREADABLE = N_("Không đọc được nội dung gửi lên; hãy gửi JSON theo mô tả ở /api/v1/docs.")
_UNFORESEEN = N_(
    "Chương trình gặp lỗi chưa lường trước; chưa có gì được ghi. Hãy thử lại, nếu vẫn lỗi hãy báo quản trị."
)
_SEVERAL = N_("Có {count} chỗ trong yêu cầu chưa đúng; xem từng chỗ ở «errors».")
_FAULTS: Mapping[str, str] = MappingProxyType(
    {
        "missing": N_("Thiếu «{field}»."),
        "extra_forbidden": N_("Không có mục nào tên «{field}» ở đây; hãy bỏ mục này hoặc kiểm tra lại tên."),
        "enum": N_("«{field}» không nhận giá trị này; các giá trị: {expected}."),
        "literal_error": N_("«{field}» không nhận giá trị này; các giá trị: {expected}."),
        "string_type": N_("«{field}» phải là một chuỗi ký tự."),
        "string_too_long": N_("«{field}» dài quá {max_length} ký tự; hãy rút gọn."),
        "string_too_short": N_("«{field}» không được để trống."),
        "string_pattern_mismatch": N_("«{field}» có ký tự không dùng được ở đây."),
        "json_invalid": _UNREADABLE,
        "model_attributes_type": _UNREADABLE,
        "dict_type": N_("«{field}» phải là một đối tượng JSON."),
        "list_type": N_("«{field}» phải là một danh sách."),
        "too_long": N_("«{field}» có quá nhiều phần tử (nhiều nhất {max_length})."),
        "bool_type": N_("«{field}» phải là true hoặc false."),
        "bool_parsing": N_("«{field}» phải là true hoặc false."),
        "int_type": N_("«{field}» phải là một số nguyên."),
        "int_parsing": N_("«{field}» phải là một số nguyên."),
        "int_from_float": N_("«{field}» phải là một số nguyên."),
        "greater_than_equal": N_("«{field}» phải từ {ge} trở lên."),
        "less_than_equal": N_("«{field}» không được quá {le}."),
        "day": N_("«{field}» phải là một ngày dạng 2026-05-15."),
        "month": N_("«{field}» phải là một tháng dạng 2026-05."),
        "clock": N_("«{field}» phải là giờ dạng 08:00."),
    }
)
_UNFIT = N_("«{field}» có giá trị không dùng được; xem mô tả ở /api/v1/docs.")


def install(api: FastAPI) -> None:
    """Let every error of the API answer with its problem."""
    for kind, _ in OWN_STATUS:
        api.add_exception_handler(kind, _foreseen)
    api.add_exception_handler(RequestValidationError, _invalid)
    api.add_exception_handler(HTTPException, _refused)
    api.add_exception_handler(Exception, _unforeseen)


def status_of(error: Exception) -> HTTPStatus:
    """The HTTP status of an error of the API."""
    return next((status for kind, status in OWN_STATUS if isinstance(error, kind)), HTTPStatus.INTERNAL_SERVER_ERROR)


def problem(
    request: Request, status: int, code: str, detail: str, headers: Mapping[str, str] | None = None, **more: Any
) -> Response:
    """The answer that tells of an error; `code` names it for programs."""
    language = language_of(request)
    body = {
        "type": f"urn:doithoai:problem:{code}",
        "title": translate(_TITLES.get(int(status), _OURS), language),
        "status": int(status),
        "detail": detail,
        **{name: value for name, value in more.items() if value},
    }
    spoken = {"Content-Language": language, **(headers or {})}
    return JSONResponse(body, status_code=int(status), headers=spoken, media_type=MEDIA_TYPE)


def _foreseen(request: Request, error: Exception) -> Response:
    status, language = status_of(error), language_of(request)
    if status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        structlog.get_logger().error("request_failed", path=request.url.path, error=str(error))
    return problem(
        request,
        status,
        _code_of(error),
        words_of(error, language),
        _headers_of(error),
        errors=list(_errors_of(error, language)),
        changes=_changes_of(error, request, language),
    )


def _headers_of(error: Exception) -> Mapping[str, str]:
    if isinstance(error, TokenNotValid):
        return {"WWW-Authenticate": "Bearer"}
    if isinstance(error, ScopeMissing):
        return {"WWW-Authenticate": f'Bearer error="insufficient_scope", scope="{error.fields["scope"]}"'}
    return {"Retry-After": str(error.seconds)} if isinstance(error, TooManyRequests) else {}


def _code_of(error: Exception) -> str:
    """The name of an error for programs: `StepNotOpen` is "step_not_open"."""
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", type(error).__name__).lower()


def _errors_of(error: Exception, language: Language) -> Iterator[Mapping[str, Any]]:
    """The parts of the body that an error is about, each with its own sentence."""
    if isinstance(error, PlanFileErrors):
        for each in error.problems:
            yield {"detail": sentence(each, language), **({"line": each.line} if each.line else {})}
    elif isinstance(error, DoithoaiError | CalendarError):
        field = forms.complaint(error).field
        if field:
            yield {"in": "body", "pointer": f"#/{field}", "detail": words_of(error, language)}


def _changes_of(error: Exception, request: Request, language: Language) -> list[Mapping[str, Any]]:
    """What others did meanwhile, oldest first."""
    known = getattr(request.state, "cycle", None)
    if not isinstance(error, ChangedMeanwhile) or known is None:
        return []
    return [
        {"version": recorded.version, "at": recorded.recorded_at.isoformat(), "actor": recorded.actor, "what": what}
        for recorded, what in history_of(error.changes, known, language)
    ]


def _invalid(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)
    language = language_of(request)
    found = [_fault(each, language) for each in error.errors()]
    detail = found[0]["detail"] if len(found) == 1 else translate(_SEVERAL, language).format(count=len(found))
    return problem(request, 422, "invalid_request", detail, errors=found)


def _fault(found: Mapping[str, Any], language: Language) -> dict[str, Any]:
    """One thing that is wrong with a request: where, and what."""
    where, *path = found["loc"] or ("body",)
    place = {"pointer": "#" + "".join(f"/{_escaped(part)}" for part in path)}
    if where != "body":
        place = {"parameter": str(path[0]) if path else ""}
    if found["type"] == "json_invalid":
        place = {"pointer": "#"}
    name = ".".join(map(str, path)) or str(where)
    context = dict(found.get("ctx", {}))
    kind = getattr(context.get("error"), "kind", found["type"])
    template = translate(_FAULTS.get(kind, _UNFIT), language)
    known = {"expected": "", "max_length": "", "ge": "", "le": ""} | context
    return {"in": where, **place, "detail": template.format(**known | {"field": name})}


def _escaped(part: object) -> str:
    return str(part).replace("~", "~0").replace("/", "~1")


def _refused(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    status = HTTPStatus.UNPROCESSABLE_ENTITY if error.status_code == HTTPStatus.BAD_REQUEST else error.status_code
    words = _SENTENCES.get(int(status), _UNREADABLE if int(status) < 500 else _UNFORESEEN)
    code = HTTPStatus(int(status)).phrase.lower().replace(" ", "_")
    return problem(request, int(status), code, translate(words, language_of(request)), error.headers)


def _unforeseen(request: Request, error: Exception) -> Response:
    structlog.get_logger().error("request_crashed", path=request.url.path, kind=type(error).__name__)
    words = translate(_UNFORESEEN, language_of(request))
    return problem(request, 500, "internal_error", words, PAGE_HEADERS)
