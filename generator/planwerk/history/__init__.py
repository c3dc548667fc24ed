"""Facts that differ between revisions, not lines; who changed them, when and why."""
