"""What was said: the records in ``data/``, their schema and the numbers derived from them."""
