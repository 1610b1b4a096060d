"""Serving the office's own network: addresses that a tablet can open, and https with a certificate made on the spot."""

from __future__ import annotations

import ssl
import threading
from datetime import UTC, datetime, timedelta
from http.client import HTTPSConnection
from ipaddress import ip_address
from pathlib import Path

import pytest
from cheroot.ssl.builtin import BuiltinSSLAdapter
from flask import Flask

from app.__main__ import browser_address, make_server, tell_network
from app.certificate import certificate
from app.core.devices.addresses import own_addresses, reachable, screens_base
from app.core.devices.qr import qr_lines, qr_svg


def test_https_is_spoken_with_a_certificate_that_names_the_address(tmp_path: Path) -> None:
    cert, key = certificate(tmp_path / "tls", ["127.0.0.1"])
    bare = Flask("bare")
    bare.add_url_rule("/", view_func=lambda: "您好")
    server = make_server(bare, "127.0.0.1", 0)
    server.ssl_adapter = BuiltinSSLAdapter(str(cert), str(key))
    server.prepare()
    thread = threading.Thread(target=server.serve, daemon=True)
    thread.start()
    try:
        trusting = ssl.create_default_context(cafile=str(cert))
        connection = HTTPSConnection("127.0.0.1", server.bind_addr[1], context=trusting, timeout=20)
        connection.request("GET", "/")
        assert connection.getresponse().read().decode() == "您好"
        connection.close()
    finally:
        server.stop()
        thread.join(timeout=10)


def test_a_certificate_is_kept_until_it_no_longer_fits(tmp_path: Path) -> None:
    first = certificate(tmp_path, ["192.168.1.7"])[0].read_bytes()
    assert certificate(tmp_path, ["192.168.1.7"])[0].read_bytes() == first
    moved = certificate(tmp_path, ["192.168.1.8"])[0].read_bytes()
    assert moved != first
    assert certificate(tmp_path, ["192.168.1.8"], datetime.now(UTC) + timedelta(days=380))[0].read_bytes() != moved


def test_own_addresses_are_those_that_others_can_reach() -> None:
    for each in own_addresses():
        assert not ip_address(each).is_loopback


@pytest.mark.parametrize(
    ("served", "asked", "base", "opens"),
    [
        ("http://192.168.1.7:8080/", "http://127.0.0.1:8080/", "http://192.168.1.7:8080", True),
        ("", "http://127.0.0.1:8080/", "http://127.0.0.1:8080", False),
        ("", "http://localhost:8080/", "http://localhost:8080", False),
        ("", "https://station.example/", "https://station.example", True),
    ],
)
def test_screens_get_an_address_that_their_device_can_open(served: str, asked: str, base: str, opens: bool) -> None:
    bare = Flask("bare")
    bare.config["LAN_ADDRESS"] = served
    with bare.test_request_context(base_url=asked):
        assert (screens_base(), reachable()) == (base, opens)


def test_the_terminal_tells_the_address_and_draws_it(capsys: pytest.CaptureFixture[str]) -> None:
    address = browser_address("192.168.1.7", 8080, "https")
    tell_network(address, tls=True)
    told = capsys.readouterr().out
    assert address == "https://192.168.1.7:8080/"
    assert address in told
    assert qr_lines(address).strip() in told
    assert "证书" in told
    tell_network("", tls=False)
    assert "没有找到局域网地址" in capsys.readouterr().out
    assert "<script" not in qr_svg("<script>")
