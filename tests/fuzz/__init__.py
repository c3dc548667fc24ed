"""Fuzzing of the reader: well-formed files of every kind, broken in every way (see CONTRIBUTING.md)."""
