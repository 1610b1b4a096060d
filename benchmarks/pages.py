"""How fast the portal's pages are on a busy county, beside a bare Flask and SQL in the same run.

    python -m benchmarks.pages [--postgresql] [--rounds 15] [--only WORD]

Both run on the portal's own server, each in a process of its own; every question is asked of one and the other in turn. Only the
ratio to the floor says something on another machine. The rows are made once, in the temporary folder, and kept for the next run.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from statistics import median

import psutil
from sqlalchemy.engine import URL, make_url

from app import create_app
from app.__main__ import make_server
from benchmarks.asking import Browser
from benchmarks.county import READER, WRITER, fill
from benchmarks.questions import QUESTIONS, RIVALS, WRITES, Question


@dataclass
class Served:
    """One of the two programs in a process of its own."""

    process: psutil.Popen
    port: int
    start_s: float
    idle_mb: float

    @property
    def mb(self) -> float:
        return float(self.process.memory_info().rss) / 1e6


def start(what: str, url: URL, folder: Path) -> Served:
    """Start it and wait for its first answer."""
    began = time.perf_counter()
    address = url.render_as_string(hide_password=False)
    program = ["benchmarks.floor", address] if what == "floor" else ["benchmarks.pages", "--serve", address, str(folder)]
    command = [sys.executable, "-m", *program]
    process = psutil.Popen(command, stdout=subprocess.PIPE, text=True)
    port = int(process.stdout.readline())
    Browser(port).get("/login/" if what == "portal" else "/add")
    taken = time.perf_counter() - began
    return Served(process, port, taken, process.memory_info().rss / 1e6)


def serve(url: URL, folder: Path) -> None:
    """The portal on a free port, as an office runs it; the first line says which."""
    server = make_server(create_app({"INSTANCE": folder, "SQLALCHEMY_DATABASE_URI": url}), "127.0.0.1", 0)
    server.prepare()
    print(server.bind_addr[1], flush=True)
    server.serve()


def milliseconds(browser: Browser, path: str) -> float:
    began = time.perf_counter()
    answer = browser.get(path)
    taken = (time.perf_counter() - began) * 1000
    if answer.status != 200:
        raise SystemExit(f"{path}: {answer.status}")
    return taken


def ask(question: Question, portal: Browser, floor: Browser, rounds: int) -> tuple[float, float]:
    """p50 of both; each asked twice before anything is counted."""
    ours, theirs = [], []
    for number in range(rounds + 2):
        taken = milliseconds(portal, question.portal), milliseconds(floor, question.floor)
        if number > 1:
            ours.append(taken[0])
            theirs.append(taken[1])
        if sum(ours) + sum(theirs) > 6000 and number > 4:
            break
    return median(ours), median(theirs)


def report(name: str, ours: float, floor: float, unit: str = "ms") -> None:
    rival = next((rival for words, rival in RIVALS.items() if name.startswith(words)), None)
    beside = f"{rival:>12.1f}   {'ahead' if ours / floor <= rival else 'BEHIND'}" if rival else ""
    print(f"{name:44}{ours:>10.1f} {unit:3}{floor:>10.1f} {unit:3}{ours / floor:>8.1f}{beside}", flush=True)


def export(served: Served, browser: Browser, path: str) -> tuple[float, float]:
    """Seconds and peak MB of one export."""
    began, peak = time.perf_counter(), served.mb
    browser.send("GET", path)
    while not browser.answered(0.05):
        peak = max(peak, served.mb)
    answer = browser.read()
    if answer.status != 200:
        raise SystemExit(f"{path}: {answer.status}")
    return time.perf_counter() - began, max(peak, served.mb)


def measure(url: URL, folder: Path, rounds: int, only: str) -> None:
    floor, portal = start("floor", url, folder), start("portal", url, folder)
    try:
        print(f"{'p50':44}{'portal':>14}{'floor':>14}{'ratio':>8}{'best rival':>12}")
        browsers = {name: Browser(portal.port).signed_in(name) for name in (READER, WRITER)}
        api, bare = Browser(portal.port).with_token(READER), Browser(floor.port)
        for question in QUESTIONS:
            if only in question.name:
                report(question.name, *ask(question, api if question.rest else browsers[question.who], bare, rounds))
        for write in WRITES:
            if only in write.name:
                report(write.name, *write.measure(browsers[WRITER], bare, rounds))
        if only in "export of 100,000 rows":
            theirs, ours = export(floor, bare, "/export"), export(portal, browsers[READER], "/opinions/export")
            report("export of 100,000 rows: seconds", ours[0], theirs[0], "s")
            report("export of 100,000 rows: peak MB", ours[1], theirs[1], "MB")
        report("start: seconds", portal.start_s, floor.start_s, "s")
        report("idle: MB", portal.idle_mb, floor.idle_mb, "MB")
    finally:
        for served in (floor, portal):
            served.process.terminate()
            served.process.wait()


def main() -> None:
    options = argparse.ArgumentParser()
    options.add_argument("--postgresql", action="store_true")
    options.add_argument("--rounds", type=int, default=15)
    options.add_argument("--only", default="")
    given = options.parse_args()
    folder = Path(tempfile.gettempdir()) / "ledgers-benchmark"
    folder.mkdir(mode=0o700, exist_ok=True)
    url, kept = URL.create("sqlite", database=str(folder / "ledgers.db")), folder / "kept"
    if given.postgresql:
        from tests.support.postgres import start_server

        url, kept = start_server(), folder / "postgresql"
        kept.unlink(missing_ok=True)  # that server's data end with the run
    began = time.perf_counter()
    fill(create_app({"INSTANCE": folder, "SQLALCHEMY_DATABASE_URI": url}), kept)
    print(f"{url.get_backend_name()}, rows ready after {time.perf_counter() - began:.0f} s")
    measure(url, folder, given.rounds, given.only)


if __name__ == "__main__":
    if sys.argv[1:2] == ["--serve"]:
        serve(make_url(sys.argv[2]), Path(sys.argv[3]))
    else:
        main()
