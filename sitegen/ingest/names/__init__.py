"""Names in a report: where people, places and organisations are mentioned."""

from sitegen.ingest.names.mentions import NameKind, NameMention, tag

__all__ = ["NameKind", "NameMention", "tag"]
