"""Verbs with which a report attributes what it says: say, claim, admit, deny."""

from sitegen.text.words import words

_ALWAYS = """
    say says said saying; tell tells told telling; state states stated stating; according; remark remarks remarked; comment comments commented;
    reply replies replied; recount recounts recounted; testify testifies testified; tweet tweets tweeted; assure assures assured;
    allege alleges alleged allegedly; assert asserts asserted; purport purports purported purportedly; contend contends contended; reportedly;
    insist insists insisted insisting; stress stresses stressed stressing; emphasize emphasizes emphasized; reiterate reiterates reiterated;
    underline underlines underlined; vow vows vowed; warn warns warned warning; boast boasts boasted; admit admits admitted admitting;
    acknowledge acknowledges acknowledged; concede concedes conceded; confess confesses confessed; deny denies denied denying;
    refute refutes refuted; rebut rebuts rebutted
    """
"forms of one verb, between semicolons"
_BY_CONTEXT = """
    report reports reported; add adds added adding; write writes wrote; note notes noted; announce announces announced; explain explains explained;
    describe describes described; answer answers answered; cite cites cited citing; quote quotes quoted quoting; call calls called; ask asks asked;
    estimate estimates estimated; find finds found; claim claims claimed claiming; suggest suggests suggested; maintain maintains maintained;
    argue argues argued; believe believes believed; declare declares declared; promise promises promised; demand demands demanded;
    urge urges urged; pledge pledges pledged; confirm confirms confirmed; reveal reveals revealed; disclose discloses disclosed;
    recognize recognizes recognized; reject rejects rejected; dismiss dismisses dismissed; dispute disputes disputed
    """
"verbs with other meanings as well: Russia “declared annexed”, a bomb “claimed lives”"


def _by_form(listed: str) -> dict[str, str]:
    """The verb by each of its forms, as `words` spells them."""
    verbs = ([word.spelled for word in words(verb)] for verb in listed.split(";"))
    return {form: forms[0] for forms in verbs for form in forms}


ALWAYS = _by_form(_ALWAYS)
BY_CONTEXT = _by_form(_BY_CONTEXT)


def verb(spelled: str) -> str:
    """The reporting verb of which a word is a form; empty for other words."""
    return ALWAYS.get(spelled) or BY_CONTEXT.get(spelled) or ""
