"""Planwerk: key-account plans as code, compiled into portals, documents and decks."""

__version__ = "0.1.0"
