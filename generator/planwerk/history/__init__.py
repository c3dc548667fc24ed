"""A plan's history as facts: what a version says, what changed from one to the next, in words."""
