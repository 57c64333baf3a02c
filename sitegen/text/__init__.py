"""Words, sentences and spellings: what reading, comparing and linking texts share."""
