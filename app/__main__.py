"""`python -m app`: brings the database up to date, prepares the first visit and serves until it is stopped.

The server is cheroot, inside this process: threads suit SQLite's single writer, it is the same on Windows, and the office's
old PC holds the program in memory once.
"""

from __future__ import annotations

import argparse
import os
import signal
import sys
import threading
from collections.abc import Iterable, Sequence
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING, NoReturn, TextIO

from cheroot.ssl.builtin import BuiltinSSLAdapter
from cheroot.wsgi import Server
from flask import Flask

from app import create_app
from app.certificate import certificate
from app.core.access.security import sync_permissions
from app.core.devices.addresses import own_addresses
from app.core.devices.qr import qr_lines
from app.core.migrating import upgrade
from app.first_visit import one_time_address
from app.reception.deadlines.services import redate_all
from app.review.ballot.services import sweep_until
from config import port_number

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

THREADS = 8
KEPT_CONNECTIONS = 100
WAITING_CONNECTIONS = 128
"""Fifty tablets may come at the same moment: with the usual five the others would be turned away."""
REQUEST_TIMEOUT_S = 30
DRAINED_BYTES = 512 * 1024 * 1024
EVERY_ADDRESS = {"0.0.0.0", "::", ""}


def main(arguments: Sequence[str] | None = None) -> None:
    for stream in (sys.stdout, sys.stderr):
        keep_writing(stream)
    options = argparse.ArgumentParser(prog="python -m app", description="启动联络站台账")
    options.add_argument("--host", help="监听地址，默认只限本机")
    options.add_argument("--port", type=port_number, help="端口，默认 8080")
    options.add_argument("--lan", action="store_true", help="供本单位局域网内的平板和电脑使用")
    options.add_argument("--tls", action="store_true", help="使用 https（自动生成证书）")
    given = options.parse_args(arguments)
    app = create_app({"SESSION_COOKIE_SECURE": given.tls})
    host = given.host or ("0.0.0.0" if given.lan else app.config["HOST"])
    port = given.port or app.config["PORT"]
    scheme = "https" if given.tls else "http"
    own = own_addresses() if host in EVERY_ADDRESS else [host]
    if host in EVERY_ADDRESS and own:
        app.config["LAN_ADDRESS"] = browser_address(own[0], port, scheme)

    signal.signal(signal.SIGTERM, stop_as_ctrl_c)
    server, stopping = make_server(app, host, port), threading.Event()
    if given.tls:
        server.ssl_adapter = BuiltinSSLAdapter(*map(str, certificate(Path(app.config["INSTANCE"]) / "tls", own)))
    try:
        take_port(server, port)
        prepare(app, browser_address(host, port, scheme))
        if given.lan:
            tell_network(app.config["LAN_ADDRESS"], given.tls)
        threading.Thread(target=sweep_until, args=(app, stopping), name="keys of votes", daemon=True).start()
        server.serve()
    except KeyboardInterrupt:
        print("正在停止……")
    finally:
        stopping.set()
        server.stop()


def make_server(app: Flask, host: str, port: int) -> Server:
    address, handler = (host, port), with_body_read(app)
    server = Server(
        address, handler, numthreads=THREADS, server_name="localhost", timeout=REQUEST_TIMEOUT_S, shutdown_timeout=5,
        request_queue_size=WAITING_CONNECTIONS,
    )
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
    with app.app_context():
        redate_all()  # an update may have brought another year's holidays
    first_visit = one_time_address(app, address)
    if first_visit:
        print(f"首次使用，请在浏览器中打开（只能使用一次）：\n\n    {first_visit}\n")
    else:
        print(f"联络站台账已启动：{address}")
    print("按 Ctrl+C 停止。")


def browser_address(host: str, port: int, scheme: str = "http") -> str:
    shown = "127.0.0.1" if host in EVERY_ADDRESS else f"[{host}]" if ":" in host else host
    return f"{scheme}://{shown}:{port}/"


def tell_network(address: str, tls: bool) -> None:
    """How the office's other machines get here: the address, its code for a tablet's camera, and what may stand in the way."""
    if not address:
        print("没有找到局域网地址：请检查网线或无线网络，连接后重新启动。")
        return
    print(f"\n局域网内的平板和电脑请打开：{address}\n\n{qr_lines(address)}")
    if os.name == "nt":
        print("如果打不开，请在 Windows 防火墙弹出的窗口中选择“允许访问”（专用网络）。")
    if tls:
        print("证书由本机生成，浏览器第一次会提示不受信任，选择“继续访问”即可。")


def keep_writing(stream: TextIO) -> None:
    """A console in another encoding shows `?` for a letter it lacks instead of ending the program; lines appear at once."""
    reconfigure = getattr(stream, "reconfigure", None)
    if reconfigure is not None:
        reconfigure(errors="replace", line_buffering=True)


def stop_as_ctrl_c(_number: int, _frame: FrameType | None) -> NoReturn:
    raise KeyboardInterrupt


if __name__ == "__main__":
    main()
