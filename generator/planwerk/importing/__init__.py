"""Bringing what a team already has into a workspace: the tables of a CRM."""

from planwerk.importing.crm import import_crm
from planwerk.importing.report import ImportReport, Note

__all__ = ["ImportReport", "Note", "import_crm"]
