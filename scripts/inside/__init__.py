"""The inside link check: what a built site holds, what it leads to, where that was written."""
