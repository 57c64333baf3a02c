"""How the forms that are ours are written, and what no page can hold."""

import re

UNSHOWN = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f-\x9f\ufdd0-\ufdef\ufffe\uffff]")
"what no page can hold"

CROSS_LINK = re.compile(r"\[\[\s*([^\[\]|\s][^\[\]|]*)(?:\|([^\[\]]+))?\]\]")
CITATION = re.compile(r"\[@([^\[\]\s]+)\]")
LOST_FOOTNOTE = re.compile(r"\[\^([^\[\]\n]+)\]")
FORMS = re.compile("|".join(form.pattern for form in (CROSS_LINK, CITATION, LOST_FOOTNOTE)))

PLAIN_ADDRESS = re.compile(r"https?://[a-z0-9-]{1,60}(?:\.[a-z0-9-]{1,60}){1,3}(?:[/?#][A-Za-z0-9/._~=?#,;+:@$!'-]*)?")
"an address that is the same before and after normalizing"
