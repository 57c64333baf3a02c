"""The words by which a clause is read: what opens one, what helps a verb, what says that somebody says something."""

from typing import Final


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


BE_NOW: Final = _words("is are am 's 're isn't aren't it's he's she's that's there's they're we're you're i'm")
BE_THEN: Final = _words("was were wasn't weren't")
HAVE_NOW: Final = _words("has have 've hasn't haven't they've we've i've you've")
HAVE_THEN: Final = _words("had hadn't")
WILL: Final = _words("will shall 'll won't i'll we'll they'll he'll she'll it'll you'll")
WOULD: Final = _words("would could may might should must can cannot wouldn't couldn't can't shouldn't mightn't")
DO_NOW: Final = _words("do does don't doesn't")
DO_THEN: Final = _words("did didn't")
HELPERS: Final = BE_NOW | BE_THEN | HAVE_NOW | HAVE_THEN | WILL | WOULD | DO_NOW | DO_THEN

NOT: Final = _words("not never no neither nor hardly denied denies deny without")

BETWEEN: Final = _words(
    """
    not never also already again just now still since then once long only ever always often soon later yet even both all instead far
    very most more reportedly allegedly recently nearly almost about widely further so well largely likely
    """
)
"what stands between a helper and its verb, beside what ends in -ly"

AWAITED: Final = _words(
    "expected scheduled due set slated planned poised going likely about supposed meant booked planning preparing ready forecast projected"
)
"behind “is”, before “to”: what is expected"

ACCUSING: Final = _words("accuse accuses blame blames")
"who does so tells a past deed"

UNFULFILLED: Final = _words("expected scheduled due set planned hoped meant supposed wanted intended tried vowed promised")
"behind “had been”, before a “but”: what did not come about"

CALLING: Final = _words("called call calls scheduled planned set fixed booked announced arranged organised organized calling")
"who does so “for Friday” tells what is to happen then"

SCHEDULED: Final = _words(
    """
    open opens reopen reopens begin begins start starts end ends close closes meet meets return returns go goes play plays face faces
    host hosts hold holds vote votes leave leaves arrive arrives expire expires launch launches resume resumes air airs visit visits
    travel travels take takes come comes
    """
)
"present forms that tell what is to happen, with a day"

IRREGULAR: Final = _words(
    """
    began came drew drove fell flew forgot froze gave grew knew rang rode rose sang sank saw shook shrank spoke sprang stole strove swam
    swore threw took tore went withdrew woke wore wrote broke chose ate undertook overthrew arose became overcame sought told said
    hid bit did blew ran underwent undid beat
    """
)
"past forms that are no participles, or hardly ever stand without a helper when they are"

IRREGULAR_EITHER: Final = _words(
    """
    bought brought built burnt caught dealt dug fed felt fought found fled got held heard kept laid led left lent lost made meant met
    paid sent shot slid slept sold spent stood struck stuck swept taught thought understood upheld won wound bent bound bred clung flung
    hung leapt lit overheard rebuilt repaid resold shone sped spun stung swung withheld withstood
    """
)
"past forms that are participles too"

SAME_FORM: Final = _words("bid burst cast cost cut hit hurt let put quit read set shed shut split spread upset broadcast forecast")
"past forms that look like the present"

PARTICIPLES: Final = _words(
    """
    been begun come drawn driven fallen flown forgotten frozen given grown known ridden risen sung sunk seen shaken shown spoken stolen
    sworn thrown taken torn gone withdrawn woken worn written broken chosen eaten undertaken overthrown arisen become overcome born
    borne hidden bitten done blown run undergone beaten proven
    """
)
"participles that are no past forms"

NO_VERB: Final = _words(
    """
    united hundred indeed need speed bed red feed seed wed naked wicked sacred rugged armed limited alleged so-called
    breed weed deed creed greed steed shed sled bred unprecedented aged embed exceed proceed succeed unmanned sophisticated
    detailed talented crowded beloved advanced retired estranged unarmed wounded injured disputed based backed related
    """
)

SAYING: Final = _words(
    """
    said told announced stated confirmed claimed added warned declared argued insisted acknowledged admitted explained noted
    predicted estimated vowed pledged promised suggested stressed reiterated wrote tweeted testified revealed disclosed asserted alleged
    conceded cautioned commented remarked replied recalled maintained contended complained concluded emphasized emphasised
    reported denied believed thought hoped feared understood indicated pointed quoted urged demanded
    says say tells tell announces states confirms claims claim adds warns declares argues argue insists insist acknowledges admits explains notes
    predicts estimates suggests stresses writes alleges believe believes reports denies deny hopes fears
    saying adding warning telling stating claiming arguing insisting noting announcing citing
    """
)
"verbs that tell somebody's words or thoughts, in the forms in which they stand alone"

SPEAKING: Final = SAYING - _words(
    """
    believed thought hoped feared understood hopes fears believe believes quoted pointed indicated suggests suggested reports reported citing
    denied denies deny alleged alleges complained concluded predicted predicts estimated estimates
    """
)
"those that somebody spoke aloud"

ADDRESSED: Final = _words("told tells tell telling")
"those behind which the hearer stands"

PRESENT: Final = _words(
    """
    says say tells wants want plans plan claims claim denies deny remains remain continues continue faces faced hopes hope expects expect
    believes believe seeks seek aims aim includes include makes make gives give takes take shows show means mean needs need comes come
    goes go holds hold keeps keep becomes become begins begin appears appear seems seem lies lie lives live works work knows know
    controls control supports support accuses accuse blames blame calls describes describe considers consider contains contain
    requires require represents represent accounts operates operate belongs belong depends depend exists exist allows allow argues argue
    insists insist warns warn suggests suggest announces states confirms adds declares acknowledges admits explains notes predicts estimates
    stresses writes alleges reports follows marks brings puts leaves leads runs stands sits uses
    """
)

DETERMINERS: Final = _words(
    """
    a an the his her its their our my your this that these those some any each every no another such both several many few more most
    one two three four five six seven eight nine ten dozens hundreds thousands new former first second third last next
    """
)

PRONOUNS: Final = _words("he she it they we i you who which there")
"what stands before a finite verb as its subject"

POSSESSIVES: Final = _words("his her its their")

PREPOSITIONS: Final = _words(
    """
    of in on at by with from for to into onto over under about against between among through during without within toward towards
    amid despite including near behind beside beyond upon across along alongside around as than per via
    """
)

RELATIVES: Final = _words("which who whose whom where")

SUBORDINATORS: Final = {
    "when": "when",
    "while": "when",
    "as": "when",
    "once": "when",
    "after": "after",
    "before": "before",
    "because": "cause",
    "since": "after",
    "until": "before",
    "although": "cause",
    "though": "cause",
    "whereas": "cause",
    "if": "if",
    "unless": "if",
    "whether": "if",
}

JOINERS: Final = _words("and but or yet however so nor")

DOUBTS: Final = _words(
    "alleged allegedly reportedly likely unlikely possibly probably apparently may might could would if unless not never no suspected purported"
)
"what a quotation must not lose"

STOP: Final = (
    DETERMINERS
    | PRONOUNS
    | PREPOSITIONS
    | HELPERS
    | JOINERS
    | RELATIVES
    | frozenset(SUBORDINATORS)
    | BETWEEN
    | _words(
        "been being be have having do doing him them us me himself itself themselves what how why other others also up down out off back percent %"
    )
)
"words that don't tell what a clause is about"

WEEKDAYS: Final = _words("monday tuesday wednesday thursday friday saturday sunday")

MONTHS: Final = _words(
    "january february march april may june july august september october november december jan feb mar apr jun jul aug sep sept oct nov dec"
)

CLOCKS: Final = _words("a.m. p.m. a.m p.m am pm gmt midnight noon midday dawn dusk sunrise sunset")

MONTHS_AND_DAYS: Final = (
    WEEKDAYS | MONTHS | _words("today yesterday tomorrow week month year day night morning evening afternoon weekend quarter")
)

CONTINUING: Final = _words("he she it they this these both later then afterwards after earlier his her their its that")
"sentences that begin so go on with what was told"

COMPARING: Final = _words(
    """
    lowest highest worst best largest biggest first smallest fastest slowest deadliest bloodiest strongest weakest steepest level levels
    low high fewest most least record seen only longest
    """
)
"before “since 1997”: a comparison, no date of the deed"

WHAT_IS_SAID: Final = _words(
    """
    announcement claim claims worry worries fear fears report reports statement allegation allegations suggestion news hope hopes idea
    concern concerns belief warning warnings promise evidence sign signs clear sure likely confident concerned worried afraid fact
    """
)
"before a “that” which opens what is said or thought"

TIMES_OF_SAYING: Final = _words(
    "monday tuesday wednesday thursday friday saturday sunday today yesterday night morning evening afternoon week month year"
)

ADJUNCT_OPENERS: Final = _words("on in at by late early earlier to during after from last through via")
"what stands between “said” and what is said: “on Friday in Kyiv”"

TELLERS: Final = _words(
    """
    authorities police officials officers residents witnesses analysts experts rescuers medics doctors prosecutors investigators
    activists lawyers relatives local state regional government military media agencies diplomats survivors
    """
)
"who is said to have told, with a small letter inside a sentence"

SPOKEN_OF: Final = _words(
    """
    about potential possible proposed planned upcoming coming
    """
)
"before what is spoken of: “concerned about a possible offensive in the spring”"

OCCASIONS: Final = _words(
    """
    conference summit rally parliament meeting briefing ceremony speech address talks hearing court congress
    assembly forum alongside
    """
)
"where people meet: what is said there is news of its day"

LONE: Final = _words(
    """
    contrasted meant seemed appeared remained included followed marked came made had knew understood wanted
    needed felt became posed
    """
)
"verbs that tell how things stand, or nothing alone"

KEPT: Final = _words(
    """
    said doing if after before when folded
    """
)
"clauses that stay in the quotation of the one they hang on"

NAMELESS: Final = _words(
    """
    he she it they who i we this that there nobody none neither one some many
    """
)
"subjects that name no speaker"

OPENING: Final = _words(
    """
    however meanwhile earlier later separately also still then instead yet meantime today yesterday tomorrow
    turn afterwards
    """
)
"before a comma, these open a sentence ahead of its subject"

BEFORE_DATES: Final = _words("on in at during late early earlier later over throughout around about")
"what goes out of a title with a date"

WITH_DATES: Final = BEFORE_DATES | _words("from between")
"and with a length of days"

UNCUT: Final = _words(
    """
    of by to into from than against as for about over between under
    """
)
"prepositions that a title isn't cut before"

ARTICLES: Final = _words(
    """
    a an the his her its their our my your every no new former
    """
)
"a participle behind these describes a noun"
