"""Words that show the tense of a clause."""

from typing import Final

_FUTURE_WORDS: Final = """
ahead aim aimed aims begins booked can could deadline due ends expect expected expects expires forthcoming going gonna hope hopes hoping intend
intended intends likely ll looming may might must opens plan planned planning plans poised prepare prepares preparing projected
ready set shall should slated scheduled starts tentatively upcoming want wants will won would
"""
FUTURE: Final = frozenset(_FUTURE_WORDS.split())

_PAST_WORDS: Final = """
ago arose bade beat became been began bent bid bled blew bore bought bound bred broke brought built burst came cast caught chose cost cut dealt did died
drank drew drove dug earlier fed fell felt fled flew flung forgot fought found froze gave got grew heard held hid hit hurt kept killed knew laid lay led left
lent let lost made meant met overthrew overthrown paid put quit ran rang read rode rose said sang sank sat saw sent shook shot showed shrank shut since slept
slid sold sought spent split spoke spread sprang spun stole stood strode struck stuck stung swam swept swore swung taught thought threw told took tore
understood upheld used was went were withdrew woke wore wound wrote
"""
PAST: Final = frozenset(_PAST_WORDS.split())

_NOT_PAST_WORDS: Final = """
need indeed speed feed seed exceed proceed succeed embed hundred united armed limited sacred breed deed related
"""
NOT_PAST: Final = frozenset(_NOT_PAST_WORDS.split())
"words in -ed that are no past tense"

_PARTICIPLES_WORDS: Final = """
beaten begun broken chosen come done driven eaten fallen flown frozen given gone grown known risen run seen shaken shown spoken stolen sworn taken torn worn
written
"""
PARTICIPLES: Final = frozenset(_PARTICIPLES_WORDS.split())
"past after a form of “have”"

PERFECT: Final = frozenset(["has", "have", "had", "having"])

SCHEDULED: Final = frozenset(
    [
        "run",
        "runs",
        "arrives",
        "comes",
        "come",
        "convenes",
        "departs",
        "goes",
        "go",
        "leaves",
        "meets",
        "reopens",
        "resumes",
        "returns",
        "takes",
        "take",
    ]
)
"in the present tense they announce something scheduled"

SCHEDULED_AFTER_PLURAL: Final = frozenset(
    ["arrive", "begin", "convene", "depart", "end", "expire", "leave", "meet", "open", "reopen", "resume", "return", "start"]
)
"likewise after a plural"

INTENTIONS: Final = frozenset(["plan", "plans", "hope", "hopes", "aim", "aims"])
"often nouns"

POSTPONED: Final = frozenset(["adjourned", "delayed", "postponed", "rescheduled", "deferred", "moved", "extended"])
"the verb is past, but a date after “to” or “until” is future"

PROMISES: Final = frozenset(
    [
        "agreed",
        "asked",
        "called",
        "decided",
        "invited",
        "offered",
        "ordered",
        "pledged",
        "promised",
        "proposed",
        "threatened",
        "told",
        "urged",
        "vowed",
    ]
)
"“agreed to leave on Friday” is future, “agreed on Friday” past"

DECLINED: Final = frozenset(["comment", "confirm", "disclose", "discuss", "elaborate", "give", "identify", "say", "speculate"])
"what people who “would not” do it were asked for"

SENTENCE_STARTERS: Final = frozenset(["Will", "Was", "Were", "Did"])
