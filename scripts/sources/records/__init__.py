"""The records below data/: schema, units, loading, lookup, formatting."""
