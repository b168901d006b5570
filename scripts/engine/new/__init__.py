"""New facts, sources, pages, events and prices: asked for, written in their place, checked."""
