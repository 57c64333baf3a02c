"""Change content files: accept drafts, extend entries and names, and write the files of one change together or not at all."""
