"""Build a site's folder into its output. All reading, deciding what is stale, and writing happens here."""
