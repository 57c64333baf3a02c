"""Verbs by which a report says who says so, and how far each stands by what was said: “said” leaves it open, “claimed” doubts it."""

from typing import Literal

from sitegen.text.words import words

Strength = Literal["plain", "doubting", "stressing", "granting", "denying"]

_ALWAYS: dict[Strength, str] = {
    "plain": """
        say says said saying; tell tells told telling; state states stated stating; according; remark remarks remarked; comment comments commented;
        reply replies replied; recount recounts recounted; testify testifies testified; tweet tweets tweeted; assure assures assured
        """,
    "doubting": "allege alleges alleged allegedly; assert asserts asserted; purport purports purported purportedly; contend contends contended; reportedly",
    "stressing": """
        insist insists insisted insisting; stress stresses stressed stressing; emphasize emphasizes emphasized; reiterate reiterates reiterated;
        underline underlines underlined; vow vows vowed; warn warns warned warning; boast boasts boasted
        """,
    "granting": "admit admits admitted admitting; acknowledge acknowledges acknowledged; concede concedes conceded; confess confesses confessed",
    "denying": "deny denies denied denying; refute refutes refuted; rebut rebuts rebutted",
}
"forms of one verb stand between semicolons"
_BY_CONTEXT: dict[Strength, str] = {
    "plain": """
        report reports reported; add adds added adding; write writes wrote; note notes noted; announce announces announced; explain explains explained;
        describe describes described; answer answers answered; cite cites cited citing; quote quotes quoted quoting; call calls called; ask asks asked;
        estimate estimates estimated; find finds found
        """,
    "doubting": "claim claims claimed claiming; suggest suggests suggested; maintain maintains maintained; argue argues argued; believe believes believed",
    "stressing": "declare declares declared; promise promises promised; demand demands demanded; urge urges urged; pledge pledges pledged",
    "granting": "confirm confirms confirmed; reveal reveals revealed; disclose discloses disclosed; recognize recognizes recognized",
    "denying": "reject rejects rejected; dismiss dismisses dismissed; dispute disputes disputed",
}
"those that do other things, too: Russia “declared annexed”, a bomb “claimed lives”"


def _lemmas(listed: dict[Strength, str]) -> dict[str, tuple[str, Strength]]:
    """By each form as `words` spells it, the verb and its strength."""
    found: dict[str, tuple[str, Strength]] = {}
    for strength, verbs in listed.items():
        for verb in verbs.split(";"):
            forms = [word.spelled for word in words(verb)]
            found.update((form, (forms[0], strength)) for form in forms)
    return found


ALWAYS = _lemmas(_ALWAYS)
BY_CONTEXT = _lemmas(_BY_CONTEXT)


def verb(spelled: str) -> str:
    """The verb of which a word is a form; empty where it is none of saying."""
    return (ALWAYS.get(spelled) or BY_CONTEXT.get(spelled) or ("", ""))[0]


def strength(spelled: str) -> Strength | None:
    found = ALWAYS.get(spelled) or BY_CONTEXT.get(spelled)
    return found[1] if found else None
