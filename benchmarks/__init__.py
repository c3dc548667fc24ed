"""Comparisons with what people use instead; see run.py."""
