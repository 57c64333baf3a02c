"""From a site's folder to its output: the only place that reads, decides what is stale, and writes."""
