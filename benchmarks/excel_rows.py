"""How long a big list takes to become a workbook, beside a bare loop over xlsxwriter in the same run.

    python -m benchmarks.excel_rows [rows]

Prints seconds, the ratio to the bare loop, and the peak memory of each writer in a process of its own, for a tenth of the rows and for
all of them: memory must not grow with the rows.
"""

import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import psutil
import xlsxwriter

from app.excel import Column, Sheet, write_workbook

COLUMNS = [
    Column("编号"),
    Column("接待日期", "date"),
    Column("登记时间", "datetime"),
    Column("反映人"),
    Column("联系电话"),
    Column("意见建议内容", "long"),
    Column("承办单位"),
    Column("办理期限", "date"),
    Column("是否公开", "boolean"),
    Column("附件数", "integer"),
]
CONTENT = "县道重阳镇段路面破损，雨天积水，影响群众出行，建议尽快修复并增设排水沟。"


def rows(count: int) -> Iterator[tuple[Any, ...]]:
    """Rows as they come from the database: plain tuples, every third text long enough to wrap."""
    first = datetime(2024, 1, 1, 9, 30)
    for i in range(count):
        day = first + timedelta(days=i % 700)
        content = CONTENT if i % 3 == 0 else "路灯不亮"
        yield (f"重阳〔2026〕{i}号", day.date(), day, "李建国", "013800138000", content, "重阳镇人民政府", date(2026, 9, 20), i % 2 == 0, i)


def portal(target: Path, count: int) -> None:
    """Through the portal's interface."""
    write_workbook(target, [Sheet("意见建议", "意见建议台账", COLUMNS, rows(count))])


def bare(target: Path, count: int) -> None:
    """The least that xlsxwriter needs for the same cells: no heading, no wrapped rows, nothing checked."""
    workbook = xlsxwriter.Workbook(target, {"constant_memory": True})
    worksheet = workbook.add_worksheet()
    text = workbook.add_format({"border": 1, "text_wrap": True})
    day = workbook.add_format({"border": 1, "num_format": "yyyy-mm-dd"})
    for row, (number, on, at, who, phone, content, unit, due, public, files) in enumerate(rows(count)):
        worksheet.write_string(row, 0, number, text)
        worksheet.write_datetime(row, 1, on, day)
        worksheet.write_datetime(row, 2, at, day)
        worksheet.write_string(row, 3, who, text)
        worksheet.write_string(row, 4, phone, text)
        worksheet.write_string(row, 5, content, text)
        worksheet.write_string(row, 6, unit, text)
        worksheet.write_datetime(row, 7, due, day)
        worksheet.write_string(row, 8, "是" if public else "否", text)
        worksheet.write_number(row, 9, files, text)
    workbook.close()


def measure(writer: str, count: int) -> tuple[float, float]:
    """Seconds and peak MB of one writer in a fresh process."""
    with TemporaryDirectory() as folder:
        command = [sys.executable, "-m", "benchmarks.excel_rows", "--one", writer, str(count), str(Path(folder, "rows.xlsx"))]
        process = psutil.Popen(command, stdout=subprocess.PIPE, text=True)
        peak = 0
        while process.poll() is None:
            try:
                peak = max(peak, process.memory_info().rss)
            except psutil.NoSuchProcess:
                break
            time.sleep(0.02)
        output, _ = process.communicate()
    return float(output), peak / 1e6


def main(count: int) -> None:
    """Measure both writers, small and large."""
    print(f"{'writer':8}{'rows':>10}{'seconds':>10}{'peak MB':>10}")
    seconds: dict[str, float] = {}
    for writer in ("bare", "portal"):
        for size in (count // 10, count):
            seconds[writer], peak = measure(writer, size)
            print(f"{writer:8}{size:>10}{seconds[writer]:>10.2f}{peak:>10.1f}")
    print(f"ratio to the bare loop: {seconds['portal'] / seconds['bare']:.2f}")


if __name__ == "__main__":
    if sys.argv[1:2] == ["--one"]:
        name, size, path = sys.argv[2:]
        began = time.perf_counter()
        {"portal": portal, "bare": bare}[name](Path(path), int(size))
        print(time.perf_counter() - began)
    else:
        main(int(sys.argv[1]) if len(sys.argv) > 1 else 100_000)
