"""The macros that pages may call."""
