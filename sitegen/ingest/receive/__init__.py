"""From a file or an address to a report: its own paragraphs, and what is known of it."""
