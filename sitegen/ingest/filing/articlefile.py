"""A report's file in content/articles/."""

from collections.abc import Sequence
from datetime import UTC, datetime

from sitegen.editing.yaml_writer import front_matter
from sitegen.ingest.receiving.extract import Report
from sitegen.model import Drafted


def article_text(report: Report, drafted: Sequence[Drafted], now: datetime) -> str:
    """*now*, which has a zone, is told of what was fetched."""
    return front_matter(
        {
            "title": report.title,
            "outlet": report.outlet,
            "url": report.url,
            "published": report.published.edtf,
            "updated": report.updated,
            "retrieved": f"{now.astimezone(UTC):%Y-%m-%dT%H:%MZ}" if report.is_fetched else "",
            "authors": report.authors,
            "credits": report.credits,
            "left_out": report.left_out,
            "language": report.language,
            "origin": report.origin,
            "sha256": report.sha256,
            "drafted": [f"{one.start}-{one.end}" for one in drafted],
        },
        {"drafted": ["kept by sitegen, so that a draft that you delete stays deleted"]} if drafted else {},
    )
