"""The links of the built site."""
