"""Build aside and swap, serve, editions, bench: the only room that knows MkDocs."""
