"""What runs inside the build: citations, macros, hooks."""
