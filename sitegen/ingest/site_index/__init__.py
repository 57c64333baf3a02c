"""What the site has when reports come in: its reports, entries and names, and the drafts that its editor deleted."""
