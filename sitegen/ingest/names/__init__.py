"""Named-entity recognition: find people, places and organisations in a report, and merge their spellings."""

from sitegen.ingest.names.mentions import EntityKind, NameMention, tag

__all__ = ["EntityKind", "NameMention", "tag"]
