"""Workbooks that people read, sort and print: columns and rows in, a file out. Blank ones that people fill in."""

from app.excel.model import Column, Cover, Kind, Sheet, Words
from app.excel.template import TemplateColumn, TemplateWords, write_template
from app.excel.writer import write_workbook

__all__ = ["Column", "Cover", "Kind", "Sheet", "TemplateColumn", "TemplateWords", "Words", "write_template", "write_workbook"]
