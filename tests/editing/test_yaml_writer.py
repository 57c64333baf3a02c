"""Written front matter is read back as the same values."""

from hypothesis import example, given
from hypothesis import strategies as st

from sitegen.content import frontmatter
from sitegen.editing.yaml_writer import front_matter
from sitegen.problems import Problem

values = st.text(st.characters(exclude_categories=["Cs"]), min_size=1).map(str.strip).filter(bool)


@given(st.dictionaries(st.sampled_from(["title", "outlet", "origin"]), values), st.lists(values))
@example({"title": "a: b"}, ["null", "~", "a #b", "a:b", "\\", '"', "'", "---", "a:", "é\x85é", "\ufeff", "\x7f", "a\u2028b"])
def test_front_matter_reads_back_as_it_was(texts: dict[str, str], listed: list[str]) -> None:
    problems: list[Problem] = []
    text = front_matter(
        {**texts, "credits": listed, "empty": "", "accounts": [{"article": value, "passages": [{"quote": value}]} for value in listed]}
    )
    fields = frontmatter.parse("x.md", frontmatter.split(text).yaml, problems)
    assert {key: fields.text(key) for key in texts} == texts
    assert list(fields.texts("credits")) == listed
    quotes = [
        (account.text("article"), passage.text("quote"))
        for account in fields.mappings("accounts", "article")
        for passage in account.mappings("passages", "quote")
    ]
    assert quotes == [(value, value) for value in listed]
    assert not fields.has("empty")
    assert problems == []
