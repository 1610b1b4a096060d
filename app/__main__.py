"""`python -m app`: brings the database up to date, prepares the first visit and serves until it is stopped.

The server is cheroot, inside this process: threads suit SQLite's single writer, it is the same on Windows, and the office's
old PC holds the program in memory once.
"""

from __future__ import annotations

import argparse
import signal
import sys
from collections.abc import Iterable, Sequence
from types import FrameType
from typing import TYPE_CHECKING, NoReturn, TextIO

from cheroot.wsgi import Server
from flask import Flask

from app import create_app
from app.core.migrating import upgrade
from app.core.security import sync_permissions
from app.first_visit import one_time_address
from config import port_number

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

THREADS = 8
KEPT_CONNECTIONS = 100
REQUEST_TIMEOUT_S = 30
DRAINED_BYTES = 512 * 1024 * 1024
EVERY_ADDRESS = {"0.0.0.0", "::", ""}


def main(arguments: Sequence[str] | None = None) -> None:
    for stream in (sys.stdout, sys.stderr):
        keep_writing(stream)
    app = create_app()
    options = argparse.ArgumentParser(prog="python -m app", description="启动联络站台账")
    options.add_argument("--host", default=app.config["HOST"], help="监听地址，默认只限本机")
    options.add_argument("--port", type=port_number, default=app.config["PORT"], help="端口，默认 8080")
    given = options.parse_args(arguments)

    signal.signal(signal.SIGTERM, stop_as_ctrl_c)
    server = make_server(app, given.host, given.port)
    try:
        take_port(server, given.port)
        prepare(app, browser_address(given.host, given.port))
        server.serve()
    except KeyboardInterrupt:
        print("正在停止……")
    finally:
        server.stop()


def make_server(app: Flask, host: str, port: int) -> Server:
    address, handler = (host, port), with_body_read(app)
    server = Server(address, handler, numthreads=THREADS, server_name="localhost", timeout=REQUEST_TIMEOUT_S, shutdown_timeout=5)
    server.keep_alive_conn_limit = KEPT_CONNECTIONS
    return server


def with_body_read(application: WSGIApplication) -> WSGIApplication:
    """Reads what the application left of a request's body before the answer goes out.

    A browser that is still sending an oversized file when the connection closes shows a broken connection, not our page.
    """

    def respond(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        response = application(environ, start_response)
        body, left = environ["wsgi.input"], DRAINED_BYTES
        while left > 0 and (piece := body.read(64 * 1024)):
            left -= len(piece)
        return response

    return respond


def take_port(server: Server, port: int) -> None:
    """Takes the port before the database is touched: a second start on the same machine ends here, with a sentence."""
    try:
        server.prepare()
    except (OSError, OverflowError) as error:
        raise SystemExit(
            f"无法使用端口 {port}：可能已有一个台账在运行，请先在浏览器中打开它；或换一个端口，例如 --port {port % 60000 + 1}（{error}）"
        ) from None


def prepare(app: Flask, address: str) -> None:
    ran = upgrade(app)
    if ran:
        print(f"数据库已升级：{'、'.join(ran)}")
    sync_permissions(app)
    first_visit = one_time_address(app, address)
    if first_visit:
        print(f"首次使用，请在浏览器中打开（只能使用一次）：\n\n    {first_visit}\n")
    else:
        print(f"联络站台账已启动：{address}")
    print("按 Ctrl+C 停止。")


def browser_address(host: str, port: int) -> str:
    shown = "127.0.0.1" if host in EVERY_ADDRESS else f"[{host}]" if ":" in host else host
    return f"http://{shown}:{port}/"


def keep_writing(stream: TextIO) -> None:
    """A console in another encoding shows `?` for a letter it lacks instead of ending the program; lines appear at once."""
    reconfigure = getattr(stream, "reconfigure", None)
    if reconfigure is not None:
        reconfigure(errors="replace", line_buffering=True)


def stop_as_ctrl_c(_number: int, _frame: FrameType | None) -> NoReturn:
    raise KeyboardInterrupt


if __name__ == "__main__":
    main()
