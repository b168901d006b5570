"""references.bib: read, formatted, exported, written."""
