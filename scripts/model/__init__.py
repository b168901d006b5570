"""The efficiency claim of the V4 report, recomputed from the published configurations."""
