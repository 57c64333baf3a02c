"""`sitegen new`: create a site, an entry, a person or a place."""
