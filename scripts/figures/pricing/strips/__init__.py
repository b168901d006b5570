"""How a bill comes about, in a strip of pictures."""
