"""Workbooks that people read, sort and print: columns and rows in, a file out."""

from app.excel.model import Column, Cover, Kind, Sheet, Words
from app.excel.writer import write_workbook

__all__ = ["Column", "Cover", "Kind", "Sheet", "Words", "write_workbook"]
