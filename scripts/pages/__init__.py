"""What an author can write: citations, terms, regions, macros."""
