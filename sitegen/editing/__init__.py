"""Change content files, for commands, ingest and the desk alike: accept drafts, extend entries and names, and write all files of a change or none."""
