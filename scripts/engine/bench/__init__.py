"""What a build, an edit, the checks and the search cost."""
