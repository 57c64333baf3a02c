"""Recognising reports in English."""

import pytest

from sitegen.ingest.receive.language import is_english

ENGLISH = {
    "news": "Police closed the old bridge on Thursday after a barge had hit one of its piers. Nobody was hurt, the mayor told reporters.",
    "results": "Norden 3 Aurich 1; Leer 2 Emden 2; Jever 0 Wittmund 4. Scorers: Berg, Ek, Holm.",
    "a headline": "Bridge opens",
    "names of everywhere": "General Abdel Fattah al-Burhan met Volodymyr Zelenskyy and Recep Tayyip Erdoğan in Kraków, a spokesman for the three said.",
    "opinion": "A bridge is more than a road over water. It should be kept. Nobody knows this better than a ferryman.",
}
OTHERS = {
    "German": "Ein Frachtschiff hat am Mittwoch die alte Brücke über die Leda gerammt. Zwei Menschen wurden verletzt, wie die Polizei am Freitag mitteilte. Was an Schaden entstanden ist, war in der Nacht noch offen.",
    "Dutch": "Een vrachtschip is woensdag in Norden tegen de oude brug gevaren. Twee mensen raakten gewond, zei de politie. De burgemeester was niet bereikbaar en de brug is dicht, of het lang duurt is onbekend.",
    "French": "Un cargo a heurté mercredi le vieux pont. Deux personnes ont été blessées, a indiqué la police. On ne sait pas encore quand le pont sera rouvert, a dit la maire.",
    "Spanish": "Un carguero chocó el miércoles contra el viejo puente. Dos personas resultaron heridas, según la policía. La alcaldesa no dijo a los vecinos cuándo se reabrirá.",
    "Portuguese": "Um cargueiro bateu na quarta-feira na velha ponte. Duas pessoas ficaram feridas, disse a polícia. As obras começam em maio, segundo a prefeita, e a ponte fica fechada.",
    "Italian": "Un cargo ha urtato mercoledì il vecchio ponte. Due persone sono rimaste ferite, ha detto la polizia. Il sindaco non ha detto quando sarà riaperto.",
    "Polish": "Statek uderzył w środę w stary most. Dwie osoby zostały ranne, podała policja. Burmistrz nie powiedziała, kiedy most zostanie otwarty, a prace mają ruszyć w maju.",
    "Turkish": "Bir yük gemisi çarşamba günü eski köprüye çarptı. Polis iki kişinin yaralandığını açıkladı. Köprünün ne zaman açılacağı henüz belli değil, dedi belediye başkanı.",
    "Ukrainian": "Баржа вдарила в старий міст у середу.",
    "Arabic": "اصطدمت سفينة بالجسر القديم يوم الأربعاء.",
    "Chinese": "星期三，一艘货船撞上了旧桥。",
}


@pytest.mark.parametrize("text", ENGLISH.values(), ids=ENGLISH)
def test_english_is_read(text: str) -> None:
    assert is_english(text)


@pytest.mark.parametrize("text", OTHERS.values(), ids=OTHERS)
def test_other_languages_are_recognised(text: str) -> None:
    assert not is_english(text)
