"""What an author would otherwise write by hand: a new site, and the first lines of an entry, a person or a place."""
