"""Blocks into files: one module a format; nothing here knows accounts, plans or git."""
