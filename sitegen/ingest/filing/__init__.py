"""What the site has, and how files get into it: added, extended in their lists, whole or not at all."""
