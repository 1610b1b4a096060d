"""run.py sets up once, completely or not at all."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

import run


@pytest.fixture
def machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    """A clone without an environment; gives the list of commands that were run there."""
    commands: list[list[str]] = []
    for name in ("requirements.txt", "requirements-dev.txt"):
        (tmp_path / name).write_text("one==1\n", encoding="utf-8")
    venv = tmp_path / ".venv"
    python = venv / "bin" / "python"
    for name, value in {"ROOT": tmp_path, "VENV": venv, "READY": venv / "ready", "PYTHON": python}.items():
        monkeypatch.setattr(run, name, value)

    def make_environment() -> None:
        python.parent.mkdir(parents=True, exist_ok=True)
        python.touch()
        commands.append(["venv"])

    def call(command: list[str], **_options: object) -> int:
        commands.append(command)
        return 0

    monkeypatch.setattr(run, "make_environment", make_environment)
    monkeypatch.setattr(run.subprocess, "call", call)
    return commands


def test_the_second_start_installs_nothing(machine: list[list[str]]) -> None:
    run.prepare("requirements.txt")
    assert machine[0] == ["venv"]
    assert machine[1][-2:] == ["-r", "requirements.txt"]
    machine.clear()
    run.prepare("requirements.txt")
    assert machine == []


def test_what_the_tests_need_includes_what_the_portal_needs(machine: list[list[str]]) -> None:
    run.prepare("requirements-dev.txt")
    machine.clear()
    run.prepare("requirements.txt")
    assert machine == []


def test_changed_requirements_are_installed_into_the_same_environment(machine: list[list[str]], tmp_path: Path) -> None:
    run.prepare("requirements.txt")
    machine.clear()
    (tmp_path / "requirements.txt").write_text("one==2\n", encoding="utf-8")
    run.prepare("requirements.txt")
    assert [command[-2:] for command in machine] == [["-r", "requirements.txt"]]


def test_an_interrupted_set_up_is_begun_again(machine: list[list[str]], monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*_arguments: object) -> int:
        raise KeyboardInterrupt

    record: Callable[..., int] = run.subprocess.call
    monkeypatch.setattr(run.subprocess, "call", interrupted)
    with pytest.raises(KeyboardInterrupt):
        run.prepare("requirements.txt")
    monkeypatch.setattr(run.subprocess, "call", record)
    machine.clear()
    run.prepare("requirements.txt")
    assert machine[0] == ["venv"]


def test_a_failed_installation_says_what_to_do(machine: list[list[str]], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(run.subprocess, "call", lambda *_arguments: 1)
    with pytest.raises(SystemExit, match="请检查网络"):
        run.prepare("requirements.txt")
    assert not run.READY.exists()


def test_an_unknown_verb_shows_the_three_commands() -> None:
    with pytest.raises(SystemExit, match=r"run\.py demo"):
        run.main(["serv"])
