"""The site's pages: their addresses and their views."""
