"""Comparisons with what people use instead, by one command: `make bench`."""
