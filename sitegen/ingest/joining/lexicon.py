"""Words that newsrooms use of the same deed, numbers, and what tells only the time."""

_COUNTED = "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty"
NUMBERS = {word: str(number) for number, word in enumerate(_COUNTED.split())} | {"dozen": "12", "hundred": "100", "thousand": "1000"}
"as `text.words` spells them"

SAME_DEED = (
    "killed kill kills killing die dies died dead death deaths fatalities slain toll",
    "wounded wounding wounds injured injures injuring injuries injury hurt",
    "missing unaccounted",
    "arrested arrest arrests detained detains detain detention custody",
    "jailed jail prison imprisoned imprisonment sentenced sentence",
    "acquitted acquit acquittal cleared clears",
    "charged charges indicted indictment",
    "shelled shelling shells artillery bombarded bombardment",
    "blast explosion exploded explodes explode blew bomb bombing bombed",
    "crashed crash crashes collided collision collide",
    "burst breach breached collapsed collapse collapses",
    "fire blaze flames",
    "flooded flood floods flooding inundated",
    "earthquake quake tremor",
    "storm hurricane typhoon cyclone",
    "ceasefire truce armistice",
    "talks negotiations negotiation negotiated negotiating negotiators negotiator",
    "agreement accord pact deal treaty",
    "meeting meet meets met summit",
    "visit visits visited visiting toured tours tour trip",
    "resigned resign resigns resignation quit quits",
    "strike struck walkout stoppage",
    "election elections vote votes voted ballot polls",
    "protest protests protested protesters demonstration demonstrations demonstrated demonstrators rally",
    "troops soldiers soldier army",
    "firefighters firefighter firemen fireman",
    "mine mines colliery pit",
    "lorry truck",
    "railway railroad rail train trains",
    "doctors doctor medics physicians",
    "sacked dismissed fired ousted",
    "cancelled scrapped axed",
    "approved adopted ratified",
    "rejected refused",
    "destroyed wrecked razed gutted",
    "beat defeated beaten defeat",
    "elected reelected",
    "appointed named nominated",
    "captured capture captures seized seize seizes retook recaptured recapture",
    "ship vessel boat ferry tanker freighter",
    "plane aircraft jet airliner airplane aeroplane",
    "evacuated evacuation evacuate evacuates",
    "rescued rescue rescues saved",
    "lawmakers parliament legislators deputies",
    "spokesman spokeswoman spokesperson",
    "firm company corporation",
    "buy buys bought purchase purchased acquire acquires acquired acquisition takeover",
    "bid offer offers offered",
    "rose rise rises climbed increase increased gained",
    "fell fall falls dropped drop declined decline slid slide tumbled plunged",
    "unveiled unveil unveils launched launch launches introduced introduces",
)
"of each line the first word stands for all"

ROLES = (
    "president minister ministry prime premier chancellor governor mayor secretary foreign defence interior deputy vice chief executive head "
    "leader chairman chairwoman chair director manager spokesman spokeswoman spokesperson official officials ambassador general colonel "
    "commander judge prosecutor lawyer coach professor king queen pope bishop mr mrs ms dr "
    "reporters journalists news press conference interview statement"
)
"what people are called by, and where they speak: who shares it shares no deed"

TIMES = (
    "Monday Tuesday Wednesday Thursday Friday Saturday Sunday January February March April May June July August September October November "
    "December today yesterday tomorrow day days week weeks weekend month months year years morning afternoon evening night early late "
    "earlier later last next ago"
)
