"""`flask --app app <verb>`."""

from __future__ import annotations

from pathlib import Path

import click
from flask import Flask, current_app
from flask.cli import with_appcontext
from flask_babel import force_locale
from sqlalchemy import select

from app.core.access.actor import program
from app.core.access.security import sync_permissions
from app.core.database import db, write_transaction
from app.core.files.attachments import file_store, named_files
from app.core.files.filestore import sweep
from app.core.lists.filters import month_span
from app.core.migrating import upgrade
from app.core.records.search import Searchable, index_ledgers
from app.core.refusals import Refused
from app.core.workflows.diagrams import document
from app.excel import write_workbook
from app.importing import command as importing_commands
from app.people.models import Station
from app.reception.deadlines.services import redate_all
from app.work.month import month_workbook, monthly_ledgers


def register(app: Flask) -> None:
    for command in (export_month, import_workbook, redate, reindex, sweep_files, workflows, demo):
        app.cli.add_command(command)


@click.command("export-month")
@click.option("--station", required=True, help="Name of the station.")
@click.option("--month", required=True, help="For example 2026-10.")
@click.argument("out", type=click.Path(dir_okay=False, writable=True))
@with_appcontext
def export_month(station: str, month: str, out: str) -> None:
    """The month's Excel of one station."""
    with force_locale("zh"):
        row = _station(station)
        if month_span(month) is None:
            raise click.ClickException(f"月份应写成 2026-10 的样子：{month}")
        actor = program(row.id, "command", "命令行")
        sheets, cover = month_workbook(db.session, actor, month, monthly_ledgers(actor), row.name)
        rows = write_workbook(Path(out), sheets, cover)
        click.echo(f"{out}：{len(sheets)} 本台账，{sum(rows)} 条")


@click.command("import-workbook")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--station", required=True, help="Name of the station.")
@click.option("--dry-run", is_flag=True, help="Only tell what would be written.")
@with_appcontext
def import_workbook(file: Path, station: str, dry_run: bool) -> None:
    """Take a workbook of a station into the ledgers; prints the counts and the refused rows."""
    with force_locale("zh"):
        row = _station(station)
        actor = program(row.id, "command", "命令行")
        try:
            for line in importing_commands.import_file(actor, row.id, file.name, file.read_bytes(), keep=not dry_run):
                click.echo(line)
        except Refused as refused:
            raise click.ClickException("；".join(refusal.sentence() for refusal in refused.refusals)) from None


def _station(name: str) -> Station:
    row = db.session.scalars(select(Station).where(Station.name == name)).first()
    if row is None:
        names = "、".join(db.session.scalars(select(Station.name).order_by(Station.name)))
        raise click.ClickException(f"没有这个联络站：{name}。已有：{names}")
    return row


@click.command("redate")
@with_appcontext
def redate() -> None:
    """Count the time for assigning of open opinions anew, by the working days as they are known now."""
    with force_locale("zh"):
        click.echo(f"已重算未办结意见的交办期限，{redate_all()} 件有变动")


@click.command("reindex")
@with_appcontext
def reindex() -> None:
    """Build the search table anew from the ledgers."""
    with force_locale("zh"), write_transaction(db.session) as session:
        session.execute(Searchable.__table__.delete())
        index_ledgers(session)
        click.echo("搜索索引已重建")


@click.command("sweep-files")
@click.option("--dry-run", is_flag=True, help="Report only.")
@with_appcontext
def sweep_files(dry_run: bool) -> None:
    """Remove files that belong to no row any more, nor to one in the recycle bin, and are older than a day."""
    found = sweep(file_store(), named_files(db.session()), remove=not dry_run)
    for path in found.removed:
        click.echo(f"无主文件：{path.name}")
    done = "可清理" if dry_run else "已清理"
    click.echo(f"在用附件 {found.kept} 个；{done}无主文件 {len(found.removed)} 个，{found.freed / 1024 / 1024:.1f} MB")
    if found.young:
        click.echo(f"不足一天、暂不清理的文件 {found.young} 个")
    if found.settled:
        click.echo(f"{'待归位' if dry_run else '已归位'}的附件 {found.settled} 个")
    for name in found.missing:
        click.echo(f"有记录但找不到文件：{name}", err=True)


@click.command("workflows")
@with_appcontext
def workflows() -> None:
    """The workflows as diagrams in the office's words, for docs/workflows.md."""
    with force_locale("zh"):
        click.echo(document(), nl=False)


@click.command("demo")
@click.option("--password", help="One password for all accounts; random ones otherwise.")
@click.option("--seed", default=20261111, show_default=True, help="The same seed and date give the same rows.")
@with_appcontext
def demo(password: str | None, seed: int) -> None:
    """Fill an empty database with one living county."""
    from app.demo import NotEmpty, fill

    upgrade(current_app)
    sync_permissions(current_app)
    with force_locale("zh"):
        try:
            accounts = fill(password=password, seed=seed)
        except NotEmpty:
            raise click.ClickException("数据库里已有数据，演示数据只能写入空库。") from None
        for account in accounts:
            click.echo(f"{account.username:<14}{account.password:<18}{account.roles}  {account.station}")
