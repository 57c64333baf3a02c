"""Read the files of content/ (I/O), and parse them into reports, entries, names and pages (pure)."""
