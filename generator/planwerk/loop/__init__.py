"""The loop over all accounts: what is late, unknown, left, known and not acted on.

Pure functions from a portfolio to findings. Each says whose it is, by which day, and from which
record it comes, so that every output can show the same thing with its place.
"""
