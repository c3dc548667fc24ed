"""What lies in an output, looked at as a stranger would who takes every file apart.

Nothing here knows how outputs are made: it opens files, looks for words in them, and asks whether
their parts, scripts and addresses are those that are known.
"""
