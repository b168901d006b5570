"""The site to take along: one PDF, one EPUB, and a copy that opens from disk."""
