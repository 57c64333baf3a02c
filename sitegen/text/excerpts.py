"""Cut a text to a length that fits a line or a list."""


def excerpt(text: str, max_length: int) -> str:
    """*text* on one line, cut after a word to at most *max_length* characters. It ends in … where it was cut."""
    folded = " ".join(text.split())
    if len(folded) <= max_length:
        return folded
    cut = folded[:max_length].rsplit(" ", 1)[0] if " " in folded[:max_length] else folded[: max_length - 1]
    return cut[: max_length - 1].rstrip(" ,;:–—-") + "…"
