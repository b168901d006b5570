"""What the search reads: sections of pages and records as words, in an index for lunr.js."""
