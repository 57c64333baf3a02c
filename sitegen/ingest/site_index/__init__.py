"""Index what the site already has: reports, entries, names, and the drafts that its editor deleted."""
