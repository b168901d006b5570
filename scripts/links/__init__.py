"""Outside links: which there are, whether they still lead where they did, and what to do."""
