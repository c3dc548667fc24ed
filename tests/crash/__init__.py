"""Builds that are killed, and builds that meet: `python tests/crash`, or `make proofs`."""
