"""The only part that touches git: what the plans were, who changed them and when."""

from planwerk.repository.log import FileChange
from planwerk.repository.objects import Entry
from planwerk.repository.opened import Repository, open_repository
from planwerk.repository.process import Unreadable
from planwerk.repository.standing import Standing, standing
from planwerk.repository.watch import Watch
from planwerk.repository.writing import NewCommit, create_repository

__all__ = [
    "Entry",
    "FileChange",
    "NewCommit",
    "Repository",
    "Standing",
    "Unreadable",
    "Watch",
    "create_repository",
    "open_repository",
    "standing",
]
