"""The words of temporal expressions, each of one kind. Rules are patterns over these kinds.

A word's value is its number (months, weekdays with Monday as 1, numerals) or its TIMEX3 letters (units, seasons, parts of the day).

"""

from typing import Final

WordValue = int | float | str

_LINES: Final = """
MONTH january=1 february=2 april=4 june=6 july=7 august=8 september=9 october=10 november=11 december=12
MARCH march=3 may=5
MONTH_SHORT jan=1 feb=2 mar=3 apr=4 jun=6 jul=7 aug=8 sept=9 sep=9 oct=10 nov=11 dec=12
WEEKDAY monday=1 tuesday=2 wednesday=3 thursday=4 friday=5 saturday=6 sunday=7
WEEKDAY_SHORT mon=1 tue=2 tues=2 wed=3 thu=4 thur=4 thurs=4 fri=5 sat=6 sun=7
WEEKDAYS mondays=1 tuesdays=2 wednesdays=3 thursdays=4 fridays=5 saturdays=6 sundays=7
UNIT day=D week=W month=M year=Y decade=DE millennium=ML weekend=WE fortnight=FN
CENTURY century=CE
QUARTER quarter=Q
UNIT_OF_TIME minute=TM hour=TH min=TM hr=TH
UNITS days=D weeks=W months=M years=Y decades=DE centuries=CE millennia=ML weekends=WE fortnights=FN quarters=Q yrs=Y seconds=TS minutes=TM hours=TH mins=TM hrs=TH nights=NI
SECOND second=2
SEASON spring=SP summer=SU autumn=FA winter=WI
FALL fall=FA
DAYPART morning=MO afternoon=AF evening=EV night=NI dawn=MO dusk=EV daybreak=MO sunrise=MO sunset=EV nightfall=EV lunchtime=MI
NOON noon=12:00 midday=12:00 midnight=24:00
OVERNIGHT overnight=NI
NUMERAL two=2 three=3 four=4 five=5 six=6 seven=7 eight=8 nine=9 ten=10 eleven=11 twelve=12 thirteen=13 fourteen=14 fifteen=15 sixteen=16 seventeen=17 eighteen=18 nineteen=19
TENS twenty=20 thirty=30 forty=40 fifty=50 sixty=60 seventy=70 eighty=80 ninety=90
HUNDRED dozen=12 hundred=100 thousand=1000
ONE one=1
HALF half=0.5
FRACTION ½=0.5 ¼=0.25 ¾=0.75
LASTING daylong=P1D weeklong=P1W monthlong=P1M yearlong=P1Y hourlong=PT1H decadelong=P10Y
VAGUE few several many some numerous countless
COUPLE couple=2
ORDINAL third=3 fourth=4 fifth=5 sixth=6 seventh=7 eighth=8 ninth=9 tenth=10 eleventh=11 twelfth=12 thirteenth=13 fourteenth=14 fifteenth=15 sixteenth=16 seventeenth=17 eighteenth=18 nineteenth=19 twentieth=20
FIRST first=1
DECADE_WORD twenties=2 thirties=3 forties=4 fifties=5 sixties=6 seventies=7 eighties=8 nineties=9
ADVERB_OF_SET annually=P1Y yearly=P1Y monthly=P1M weekly=P1W daily=P1D hourly=PT1H nightly=P1D quarterly=P3M fortnightly=P2W biweekly=P2W biannual=P6M annual=P1Y everyday=P1D
THE the
A a an
THIS this
THAT that
THESE these
THOSE those
LAST last
NEXT next
PAST past
PREVIOUS previous prior preceding
FOLLOWING following subsequent succeeding ensuing
COMING coming upcoming forthcoming
SAME same
CORRESPONDING corresponding comparable
EVERY every each
OTHER other
RECENT recent
FINAL final
OPENING opening
EARLY early
LATE late
MID mid
MIDDLE middle
END end close
ENDED ended ending closed closing finished finishing
BEGINNING beginning start onset outset
LATTER latter
ALL all
LATEST latest
DATE date
PART part half portion days weeks months
REST rest remainder
EARLIER earlier
PREVIOUSLY previously
HENCE hence
LATER later
AGO ago
SINCE since
BEFORE before
AFTER after afterwards afterward
OF of
IN in
ON on
AT at
BY by
FROM from
TO to
UNTIL until till through thru
AND and
OR or
BETWEEN between
DURING during throughout
FOR for
WITHIN within
OVER over
THAN than
MORE more fewer less
ABOUT about around approximately roughly
CIRCA circa c ca
NEARLY nearly almost barely only just exactly some under approximately
LONG long
OLD old olds
LEAST least most
STRAIGHT straight consecutive successive full whole entire trading working business calendar additional further solid
TODAY today
TONIGHT tonight
TOMORROW tomorrow
YESTERDAY yesterday
NOW now nowadays currently presently
CURRENT current
PRESENT present
MOMENT moment
TIME time
BEING being
PERIOD period
RECENTLY recently lately
FUTURE future
VERY very
SOON soon
ERA bc bce ad ce b.c. a.d. b.c.e. c.e.
AMPM am pm a.m a.m. p.m p.m.
ZONE gmt=Z utc=Z est=-05:00 edt=-04:00 cdt=-05:00 cst=-06:00 mst=-07:00 mdt=-06:00 pst=-08:00 pdt=-07:00 bst=+01:00 cet=+01:00 cest=+02:00 eet=+02:00 eest=+03:00 msk=+03:00 et pt ist jst=+09:00 hkt=+08:00 aest=+10:00
LOCAL local eastern pacific
OCLOCK o'clock
PER per
ONCE once
TWICE twice
TIMES times
FISCAL fiscal financial
OUR our its their his her your
S 's
Q q
COMMA ,
DASH - – — ‑ −
SLASH /
DOT .
LEFT (
RIGHT )
QUOTE ' ’ ‘
MONEY $ £ € ¥
PERCENT %
""".strip()


def _entries() -> dict[str, tuple[str, WordValue]]:
    entries: dict[str, tuple[str, WordValue]] = {}
    for line in _LINES.splitlines():
        kind, *words = line.split(" ")
        for item in words:
            word, _, value = item.partition("=")
            entries.setdefault(word, (kind, _read(value)))
    return entries


def _read(value: str) -> WordValue:
    if value.isdigit():
        return int(value)
    return float(value) if value.startswith("0.") else value


ENTRIES: Final = _entries()
"(kind, value) by word, in lower case"

CAPITALISED: Final = frozenset(["MARCH", "MONTH_SHORT", "WEEKDAY_SHORT"])
"kinds whose words mean something else in lower case"
