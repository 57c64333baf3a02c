"""Compare two reports: which sentences match, what changed in them, and whether they share one text."""
