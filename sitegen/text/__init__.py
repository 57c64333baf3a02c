"""What reading and comparing texts share: sentences, tokens, spellings."""
