"""Turn a file or an address into a report: its own text, and its title, dates, authors and credits."""
