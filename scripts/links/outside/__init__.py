"""The links that lead elsewhere."""
