"""The embedded default: web pages and recurring jobs in one process, a Prefect server and its runner as children.

Started in an order in which each part finds what it needs, stopped in the reverse order, whatever happens.
"""

from __future__ import annotations

import errno
import signal
import socket
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from threading import Event, Thread

import uvicorn

from workflow.board.server import PrefectRunner, PrefectServer
from workflow.bootstrap import Application, build_application, prepare_data
from workflow.demo import Tell, load_demo, set_aside_half_loaded
from workflow.domain.errors import BadInput, DoithoaiError
from workflow.notify.mailbox import LocalMailbox
from workflow.notify.render import check_templates
from workflow.services.people import first_coordinator
from workflow.services.signing_in import invite
from workflow.settings import MAILBOX, Settings, read_settings, remember_address
from workflow.ticking import Ticker
from workflow.web.app import create_app

WEB_STARTS_WITHIN_S = 20.0
PREFECT_STARTS_WITHIN_S = 120.0
WATCH_EVERY_S = 15
PREFECT_HOST = "127.0.0.1"


class PortTaken(BadInput):
    template = "Cổng {port} đang được chương trình khác dùng; hãy chọn cổng khác, ví dụ make run {option}={other} (hoặc {flag} {other})."


class PortTwice(BadInput):
    template = "Trang web và Prefect không dùng chung cổng {port} được; hãy chọn cổng khác cho một trong hai (--port hoặc --prefect-port)."


class PortForbidden(BadInput):
    template = "Máy này không cho phép dùng cổng {port} nếu không có quyền quản trị; hãy chọn cổng từ 1024 trở lên ({flag} {other})."


class AddressElsewhere(BadInput):
    template = "«{host}» không phải địa chỉ của máy này; hãy ghi địa chỉ khác sau --host, ví dụ 127.0.0.1."


class PortUnusable(BadInput):
    template = (
        "Không mở được cổng {port} ở địa chỉ {host} ({why}); hãy chọn cổng khác ({flag}) hoặc địa chỉ khác (--host)."
    )


class WebFailed(DoithoaiError):
    template = "Trang web không khởi động được ở cổng {port}; hãy xem dòng báo lỗi ở trên."


@dataclass(frozen=True, slots=True)
class Wanted:
    """What to run, and where. `prefect_port` None: no Prefect."""

    demo: bool
    host: str
    port: int
    prefect_port: int | None


@dataclass(frozen=True, slots=True)
class Embedded:
    """Prefect as our children."""

    server: PrefectServer
    runner: PrefectRunner

    def bring_back(self) -> None:
        """Start again whichever of the two has died."""
        for child in (self.server, self.runner):
            if not child.alive():
                child.start()


def run(wanted: Wanted, tell: Tell, settings: Settings | None = None) -> None:
    """Run everything until SIGINT or SIGTERM. Raises a `DoithoaiError` when a part cannot start, the rest stopped."""
    settings = _addressed(settings or read_settings(), wanted)
    refuse_taken_ports(wanted)
    check_templates(own=settings.own_templates)
    stop = Event()
    with _stopping_on_signals(stop), ExitStack() as parts:
        tell("Chuẩn bị dữ liệu trong thư mục «{folder}»…", folder=settings.data)
        if wanted.demo:
            set_aside_half_loaded(settings, tell)
        prepare_data(settings)
        prefect = _start_prefect(settings, wanted, tell, parts)
        application = _wire(settings, wanted, prefect, parts)
        if wanted.demo:
            load_demo(application, tell)
        ticker = Ticker(application)
        _start_web(application, wanted, ticker, parts)
        ticker.start()
        parts.callback(ticker.stop)
        if prefect is not None:
            _await_prefect(prefect, tell, ticker, stop)
        if not stop.is_set():
            _greet(application, prefect, tell)
        stop.wait()
        tell("Đang dừng…")
    tell("Đã dừng. Dữ liệu còn nguyên trong thư mục «{folder}»; chạy lại để tiếp tục.", folder=settings.data)


def refuse_taken_ports(wanted: Wanted) -> None:
    """Raise a `BadInput` when we cannot listen where we want to: `PortTaken`, or what else stands in the way."""
    if wanted.port == wanted.prefect_port:
        raise PortTwice(port=wanted.port)
    _try_port("PORT", "--port", wanted.host, wanted.port)
    if wanted.prefect_port is not None:
        _try_port("PREFECT_PORT", "--prefect-port", PREFECT_HOST, wanted.prefect_port)


def _try_port(option: str, flag: str, host: str, port: int) -> None:
    other = port + 1 if port < 65535 else port - 1
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except (socket.gaierror, UnicodeError):
            raise AddressElsewhere(host=host) from None
        except OSError as error:
            match error.errno:
                case errno.EADDRINUSE:
                    raise PortTaken(port=port, option=option, flag=flag, other=other) from None
                case errno.EADDRNOTAVAIL:
                    raise AddressElsewhere(host=host) from None
                case errno.EACCES:
                    raise PortForbidden(port=port, flag=flag, other=8000 + port) from None
            raise PortUnusable(port=port, host=host, flag=flag, why=error.strerror) from None


def _addressed(settings: Settings, wanted: Wanted) -> Settings:
    """The settings with the address of the pages, and the data folder made absolute for the children."""
    base = settings.base_url or f"http://{wanted.host}:{wanted.port}"
    return settings.model_copy(update={"base_url": base, "data": settings.data.resolve()})


@contextmanager
def _stopping_on_signals(stop: Event) -> Iterator[None]:
    """Set `stop` on Ctrl-C or a polite kill, and put the old handlers back afterwards."""
    handled = (signal.SIGINT, signal.SIGTERM)
    before = {number: signal.signal(number, lambda *_: stop.set()) for number in handled}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _wire(settings: Settings, wanted: Wanted, prefect: Embedded | None, parts: ExitStack) -> Application:
    """The application, with the demo's own mailbox as its mail server and the child as its flow board."""
    changes: dict[str, object] = {}
    mailbox = None
    if wanted.demo and not settings.mail:
        mailbox = LocalMailbox(settings.data / MAILBOX)
        changes["mail"] = f"mailto://127.0.0.1:{mailbox.start()}"
        parts.callback(mailbox.stop)
    if prefect is not None:
        changes |= {"prefect_api": prefect.server.api_url, "prefect_ui": prefect.server.ui_url}
    return replace(build_application(settings.model_copy(update=changes)), mailbox=mailbox)


def _start_prefect(settings: Settings, wanted: Wanted, tell: Tell, parts: ExitStack) -> Embedded | None:
    """Start the server; its runner waits until the server answers, and both are stopped at the end."""
    if wanted.prefect_port is None:
        return None
    tell("Khởi động Prefect ở cổng {port}…", port=wanted.prefect_port)
    server = PrefectServer(Path(settings.data) / "prefect", wanted.prefect_port)
    server.start()
    parts.callback(server.stop)
    runner = PrefectRunner(settings, server.api_url)
    parts.callback(runner.stop)
    return Embedded(server, runner)


def _await_prefect(embedded: Embedded, tell: Tell, ticker: Ticker, stop: Event) -> None:
    """Wait until the child answers, start its runner, and from then on bring either back when it dies.

    Whoever asks us to stop meanwhile is heeded at once: then nothing more is started.
    """
    waited = embedded.server.wait_healthy(
        PREFECT_STARTS_WITHIN_S, lambda seconds: _dot(tell, seconds), stop=stop.is_set
    )
    if stop.is_set():
        return
    if not waited:
        tell("Prefect chưa trả lời; chương trình vẫn chạy đủ, sơ đồ sẽ hiện khi Prefect sẵn sàng.")
    embedded.runner.start()
    ticker.every(WATCH_EVERY_S, "prefect", embedded.bring_back)
    ticker.nudge()


def _dot(tell: Tell, seconds: float) -> None:
    if seconds and int(seconds) % 5 == 0:
        tell("… đang chờ Prefect ({seconds} giây)", seconds=int(seconds))


def _start_web(application: Application, wanted: Wanted, ticker: Ticker, parts: ExitStack) -> None:
    """Serve the pages from a thread of their own; returns once they answer. Raises `WebFailed`."""
    app = create_app(application, on_change=ticker.nudge)
    config = uvicorn.Config(app, host=wanted.host, port=wanted.port, log_level="warning", access_log=False)
    server = uvicorn.Server(config)
    thread = Thread(target=server.run, name="web", daemon=True)
    thread.start()
    patience = Event()
    for _ in range(int(WEB_STARTS_WITHIN_S * 20)):
        if server.started or not thread.is_alive():
            break
        patience.wait(0.05)
    if not server.started:
        raise WebFailed(port=wanted.port)

    def stop_web() -> None:
        server.should_exit = True
        thread.join(timeout=10)

    parts.callback(stop_web)


def _greet(application: Application, prefect: Embedded | None, tell: Tell) -> None:
    """Print where to look and, for whoever starts the program, a one-time way in."""
    base = application.settings.base_url
    remember_address(application.settings)
    person = first_coordinator(application.store)
    secret = invite(application.store, person.person_id, at=application.clock.now())
    tell("")
    tell("Bảng theo dõi:      {address}", address=base)
    tell(
        "Vào lần đầu (một lần, {name}): {address}/sign-in?token={secret}", name=person.name, address=base, secret=secret
    )
    if application.mailbox is not None:
        tell("Hộp thư thử:        {address}/mailbox", address=base)
    if prefect is not None:
        tell(
            "Prefect:            {address}",
            address=application.board.runs_page() if application.board else prefect.server.ui_url,
        )
    tell("Nhấn Ctrl-C để dừng.")
