"""Read reports: store them, and propose drafts of the events that they describe."""
