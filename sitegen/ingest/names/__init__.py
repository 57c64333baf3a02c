"""Names in a report: where people, places and organisations are mentioned."""

from sitegen.ingest.names.mentions import Kind, Mention, tag

__all__ = ["Kind", "Mention", "tag"]
