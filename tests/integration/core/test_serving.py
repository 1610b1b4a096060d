"""The server: one at a time on a port, and an answer even to what is far too large."""

from __future__ import annotations

import gc
import http.client
import socket
import threading
from collections.abc import Iterator
from io import BytesIO, TextIOWrapper

import pytest
from flask import Flask, request

from app.__main__ import browser_address, keep_writing, make_server, take_port
from tests.support.server import serving

LIMIT = 1_000_000


@pytest.fixture
def address() -> Iterator[str]:
    """A bare application that takes at most a million bytes."""
    bare = Flask("bare")
    bare.config["MAX_CONTENT_LENGTH"] = LIMIT

    @bare.post("/")
    def take() -> str:
        return str(len(request.get_data()))

    @bare.errorhandler(413)
    def too_large(_error: Exception) -> tuple[str, int]:
        return "文件太大", 413

    with serving(bare) as url:
        yield url.removeprefix("http://")


def post(address: str, size: int) -> tuple[int, str]:
    connection = http.client.HTTPConnection(address, timeout=20)
    connection.request("POST", "/", body=b"x" * size)
    answer = connection.getresponse()
    text = answer.read().decode()
    connection.close()
    return answer.status, text


def test_a_body_of_100_mb_gets_our_answer_not_a_broken_connection(address: str) -> None:
    assert post(address, 100_000_000) == (413, "文件太大")
    assert post(address, LIMIT) == (200, str(LIMIT))


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")  # cheroot forgets the socket it could not bind
def test_a_port_that_is_taken_is_a_sentence() -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        server = make_server(Flask("bare"), "127.0.0.1", port)
        with pytest.raises(SystemExit, match=f"无法使用端口 {port}"):
            take_port(server, port)
        server.stop()
        del server
        gc.collect()


def test_the_server_ends_when_told_to() -> None:
    before = threading.active_count()
    with serving(Flask("bare")):
        assert threading.active_count() > before
    assert threading.active_count() == before


@pytest.mark.parametrize(
    ("host", "shown"),
    [("127.0.0.1", "http://127.0.0.1:8080/"), ("0.0.0.0", "http://127.0.0.1:8080/"), ("::1", "http://[::1]:8080/")],
)
def test_the_printed_address_can_be_clicked(host: str, shown: str) -> None:
    assert browser_address(host, 8080) == shown


def test_a_console_without_a_letter_does_not_end_the_program() -> None:
    console = TextIOWrapper(BytesIO(), encoding="gbk")
    keep_writing(console)
    console.write("台账 🙂\n")
    assert "台账 ?" in console.buffer.getvalue().decode("gbk")  # type: ignore[attr-defined]
