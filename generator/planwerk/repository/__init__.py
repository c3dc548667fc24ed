"""The only part that touches git: what the plans were, who changed them and when."""

from planwerk.repository.process import Unreadable
from planwerk.repository.standing import Standing, standing
from planwerk.repository.writing import NewCommit, create_repository

__all__ = ["NewCommit", "Standing", "Unreadable", "create_repository", "standing"]
