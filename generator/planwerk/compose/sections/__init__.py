"""One topic, one file: its page, its chapter and its slides, so that they never disagree."""
