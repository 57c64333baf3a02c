"""How well reports are read, compared with what annotators marked: `python -m bench.reading --help`."""
