"""What a contribution changes for readers: two states of the project, compared."""
