"""Sets the portal up and starts it; needs Python 3.11 or later and nothing else.

    python3 run.py                         sets up and serves
    python3 run.py --lan [--tls]           serves the office's own network, for tablets and other PCs; with a certificate of its own
    python3 run.py demo [--password X]     fills an empty database with the demo first
    python3 run.py test [pytest options]   sets up browser and PostgreSQL too, and runs every test
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
READY = VENV / "ready"
PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
BROWSERS = ["chromium", "google-chrome"]
BROWSER_PACKAGES = ["chromium", "fonts-noto-cjk"]


def main(arguments: list[str]) -> int:
    if sys.version_info < (3, 11):
        sys.exit("需要 Python 3.11 或更高版本，当前是 {}。 / Python 3.11 or later is needed.".format(sys.version.split()[0]))
    os.chdir(ROOT)
    verb = arguments[0] if arguments and not arguments[0].startswith("-") else "serve"
    rest = arguments[1:] if arguments and verb == arguments[0] else arguments
    if verb == "test":
        prepare("requirements-dev.txt")
        prepare_browser()
        return hand_over("-m", "pytest", *([] if any(option.startswith("-n") for option in rest) else ["-n", "2"]), *rest)
    if verb not in ("serve", "demo"):
        sys.exit(__doc__)
    prepare("requirements.txt")
    if verb == "demo":
        failed = subprocess.call([str(PYTHON), "-m", "flask", "--app", "app", "demo", *rest])
        return failed or hand_over("-m", "app")
    return hand_over("-m", "app", *rest)


def prepare(requirements: str) -> None:
    """Makes .venv and installs what is missing. The file `ready` is written last: half a set-up is never taken for a whole."""
    wanted = state_of(requirements)
    found = READY.read_text(encoding="utf-8") if READY.is_file() and PYTHON.is_file() else ""
    if wanted in found.splitlines():
        return
    READY.unlink(missing_ok=True)
    if not found.startswith(version_line()):
        make_environment()
    say("正在安装所需组件，第一次需要几分钟，请保持联网……")
    install = [str(PYTHON), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "-r", requirements]
    if subprocess.call(install) != 0:
        sys.exit("组件安装没有完成，请检查网络后重新运行同一条命令。")
    kept = [state_of("requirements.txt")] if requirements != "requirements.txt" else []
    READY.write_text("\n".join([version_line(), wanted, *kept]), encoding="utf-8")


def make_environment() -> None:
    try:
        import ensurepip  # noqa: F401 - Debian keeps it in a package of its own
        import venv
    except ImportError:
        package = "python{}.{}-venv".format(*sys.version_info[:2])
        sys.exit("这台电脑的 Python 缺少 venv，请先运行： apt-get install {}".format(package))
    say("正在准备运行环境 .venv ……")
    venv.create(VENV, clear=True, with_pip=True)


def version_line() -> str:
    return "python {}.{} {}".format(*sys.version_info[:2], ROOT)


def state_of(requirements: str) -> str:
    """A line that changes whenever the listed packages do; the test list contains the other one."""
    names = {"requirements.txt", requirements}
    digest = hashlib.sha256(b"".join((ROOT / name).read_bytes() for name in sorted(names))).hexdigest()
    return "{} {}".format(requirements, digest)


def prepare_browser() -> None:
    """The tests look at pages in a real browser, with Chinese letters."""
    if os.name == "nt":
        return  # Edge and the letters are part of Windows
    missing = [] if any(map(shutil.which, BROWSERS)) else BROWSER_PACKAGES[:1]
    fonts = subprocess.run(["fc-list", ":lang=zh"], capture_output=True, check=False).stdout if shutil.which("fc-list") else b""
    missing += [] if fonts.strip() else BROWSER_PACKAGES[1:]
    if not missing:
        return
    if not shutil.which("apt-get") or os.geteuid() != 0:
        say("浏览器测试需要先安装（Debian： sudo apt-get install {}）。".format(" ".join(missing)))
        return
    environment = dict(os.environ, DEBIAN_FRONTEND="noninteractive")
    subprocess.check_call(["apt-get", "update", "-qq"], env=environment)
    subprocess.check_call(["apt-get", "install", "-y", "-qq", "--no-install-recommends", *missing], env=environment)


def hand_over(*arguments: str) -> int:
    """Goes on as the portal's own Python. Windows cannot replace a process: there this one waits for the other."""
    command = [str(PYTHON), *arguments]
    sys.stdout.flush()
    if os.name != "nt":
        os.execv(command[0], command)
    with subprocess.Popen(command) as process:
        while process.poll() is None:
            try:
                process.wait()
            except KeyboardInterrupt:
                continue  # Ctrl+C reaches both; the portal ends in its own time
        return process.returncode


def say(sentence: str) -> None:
    print(sentence, flush=True)


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except KeyboardInterrupt:
        sys.exit("已中断。重新运行同一条命令即可继续。")
