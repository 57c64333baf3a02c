"""From files to reports, entries and names: read (I/O), then parse (pure)."""
