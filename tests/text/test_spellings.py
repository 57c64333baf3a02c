"""Spellings of names: ids, keys and near misses."""

import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from sitegen.text import spellings
from sitegen.text.spellings import SpellingIndex, closest, is_slug, name_key, slug


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Volodymyr Zelensky", "volodymyr-zelensky"),
        ("Łódź", "łódź"),
        ("São Paulo", "são-paulo"),
        ("Sa\u0303o Paulo", "são-paulo"),
        ("Мар'їнка", "марїнка"),
        ("Мар’їнка", "марїнка"),
        ("Marʼinka", "marinka"),
        ("O’Brien", "obrien"),
        ("Jean-Luc  –  Picard", "jean-luc-picard"),
        ("  U.S. Army, 101st  ", "u-s-army-101st"),
        ("--a__b--", "a-b"),
        ("नई दिल्ली", "नई-दिल्ली"),
        ("القاهرة", "القاهرة"),
        ("علی\u200cرضا", "علیرضا"),
        ("北京", "北京"),
        ("İlham Əliyev", "ilham-əliyev"),
        ("Αθήνας", "αθήνας"),
        ("Straße", "straße"),
        ("Brigade 47 ❤️", "brigade-47"),
        ("../../etc/passwd", "etc-passwd"),
        ("a\u00adb", "ab"),
        ("\u0301accent", "accent"),
        ("…", ""),
        ("'", ""),
        ("", ""),
    ],
)
def test_a_name_has_this_slug(name: str, expected: str) -> None:
    assert slug(name) == expected


@given(st.text())
@example("e'\u0301")
@example("İ\u0307")
@example("ΑΣ.Α")
@example("\u1e9e\u0345\u0301")
def test_a_slug_of_a_slug_is_the_same(name: str) -> None:
    once = slug(name)
    assert slug(once) == once
    assert is_slug(once) == (once != "")


@given(st.text())
def test_a_slug_is_safe_as_a_files_name(name: str) -> None:
    made = slug(name)
    assert not set(made) & set("/\\. \n\t\0:?#%&<>\"'_")
    assert "--" not in made
    assert not made.startswith("-")
    assert not made.endswith("-")
    assert unicodedata.is_normalized("NFC", made)


@given(st.text())
def test_two_forms_of_unicode_have_one_slug_and_one_key(name: str) -> None:
    decomposed = unicodedata.normalize("NFD", name)
    assert slug(decomposed) == slug(name)
    assert name_key(decomposed) == name_key(name)


@pytest.mark.parametrize("text", ["bakhmut", "łódź", "2023-04-07", "a", "марїнка", "straße"])
def test_an_id_is_a_slug(text: str) -> None:
    assert is_slug(text)


@pytest.mark.parametrize("text", ["", "Bakhmut", "a b", "-a", "a-", "a--b", "a_b", "a.b", "_main", "..", "sa\u0303o", "o'brien"])
def test_these_are_no_ids(text: str) -> None:
    assert not is_slug(text)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Volodymyr Zelensky", " volodymyr \n ZELENSKY"),
        ("O'Brien", "O’Brien"),
        ("Мар'їнка", "Марʼїнка"),
        ("Ivano-Frankivsk", "Ivano\u2011Frankivsk"),
        ("Ivano-Frankivsk", "Ivano–Frankivsk"),
        ("São Paulo", "Sa\u0303o Paulo"),
        ("Straße", "STRASSE"),
        ("İstanbul", "istanbul"),
        ("Bakh\u00admut", "Bakhmut"),
        ("New\u00a0York", "New York"),
    ],
)
def test_these_are_one_spelling(one: str, other: str) -> None:
    assert name_key(one) == name_key(other)


@pytest.mark.parametrize(
    ("one", "other"), [("Zelensky", "Zelenskiy"), ("São Paulo", "Sao Paulo"), ("Al-Assad", "Al Assad"), ("OBrien", "O'Brien")]
)
def test_these_are_two_spellings(one: str, other: str) -> None:
    assert name_key(one) != name_key(other)


@given(st.text())
def test_a_key_of_a_key_is_the_same(name: str) -> None:
    assert name_key(name_key(name)) == name_key(name)


NAMES = ["Volodymyr Zelensky", "Bakhmut", "Chasiv Yar", "Yevgeny Prigozhin", "Kyiv", "Moscow", "Bakhmutka River"]


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("Bakhmt", "Bakhmut"),
        ("bakhmut", "Bakhmut"),
        ("Bakmuht", "Bakhmut"),
        ("Prigozin", "Yevgeny Prigozhin"),
        ("Zelenski", "Volodymyr Zelensky"),
        ("Volodimir Selensky", "Volodymyr Zelensky"),
        ("Kiev", "Kyiv"),
        ("Moskow", "Moscow"),
        ("Yar", "Chasiv Yar"),
        ("Washington", None),
        ("soon", None),
        ("xyzzy", None),
        ("", None),
    ],
)
def test_the_closest_known_name(word: str, expected: str | None) -> None:
    assert closest(word, NAMES) == expected
    assert closest(word, set(NAMES)) == expected
    assert closest(word, reversed(NAMES)) == expected


def test_of_two_equally_close_names_the_first_by_alphabet_is_meant() -> None:
    assert closest("Markov", ["Markow", "Markos", "Markoi"]) == "Markoi"


def test_no_name_is_close_where_none_is_known() -> None:
    assert closest("Bakhmut", []) is None


TRANSLITERATIONS = [
    ("Zelenskiy", "Zelensky"),
    ("Zelenskyy", "Zelenskiy"),
    ("Zelenskyi", "Zelenskij"),
    ("Volodymyr Zelenskiy", "Volodymyr Zelensky"),
    ("Mohamed", "Mohammed"),
    ("Muhammad", "Mohamed"),
    ("Leontyev", "Leontiev"),
    ("Leont’ev", "Leontyev"),
    ("Sergei", "Sergey"),
    ("Sergej Lavrov", "Sergey Lavrov"),
    ("Yuri", "Yury"),
    ("Iurii", "Yuriy"),
    ("Evgeny Prigozhin", "Yevgeniy Prigozhin"),
    ("Aleksandr", "Alexandr"),
    ("Ramzan Akhmadovich", "Ramzan Ahmadovich"),
    ("al-Assad", "Al Asad"),
    ("Zaporizhzhia", "Zaporizhia"),
    ("Yuliya", "Iuliia"),
    ("Erdoğan", "Erdogan"),
    ("Łódź", "Lodz"),
    ("São Paulo", "Sao Paulo"),
    ("Mar'inka", "Marinka"),
]
EDITS = [
    ("Bakhmut", "Bahkmut"),
    ("Bakhmut", "Bakhmuth"),
    ("Bakhmut", "Bakmut"),
    ("Bakhmut", "Vakhmut"),
    ("Bakhmut", "Bakhmu"),
    ("Kharkiv", "Kharkov"),
    ("Jon Smith", "John Smith"),
    ("Соловьёв", "Соловьев"),
    ("Bakh mut", "Bakhmut"),
    ("47th Brigade", "47th Brigad"),
]
APART = [
    ("Kyiv", "Kiev"),
    ("Iran", "Iraq"),
    ("Oman", "Omar"),
    ("Lviv", "Lvov"),
    ("Austria", "Australia"),
    ("Bakhmut", "Bakhmut"),
    ("Bakhmut", "BAKHMUT"),
    ("Bakhmut", "Baxnut"),
    ("46th Brigade", "47th Brigade"),
    ("Brigade 4", "Brigade 47"),
    ("Brigade 74", "Brigade 47"),
    ("Witness A", "Witness B"),
    ("John A. Smith", "John B. Smith"),
    ("11th Army", "1th Army"),
    ("abcde", "bcdef"),
    ("北京", "南京"),
    ("ab" * 31, "ab" * 30 + "a"),
]


@pytest.mark.parametrize(("one", "other"), TRANSLITERATIONS + EDITS)
def test_these_are_near(one: str, other: str) -> None:
    assert SpellingIndex(["Someone Else", one]).near(other) == one
    assert SpellingIndex(["Someone Else", other]).near(one) == other


@pytest.mark.parametrize(("one", "other"), APART)
def test_these_are_not_near(one: str, other: str) -> None:
    assert SpellingIndex([one]).near(other) is None
    assert SpellingIndex([other]).near(one) is None


def test_a_transliteration_comes_before_an_edit() -> None:
    assert SpellingIndex(["Zelenska", "Zelenskiy"]).near("Zelensky") == "Zelenskiy"


def test_a_name_near_two_finds_the_first_by_alphabet_whatever_the_order() -> None:
    assert SpellingIndex(["Markow", "Markos"]).near("Markov") == SpellingIndex(["Markos", "Markow"]).near("Markov") == "Markos"


def test_a_known_name_may_be_near_another_known_one() -> None:
    assert SpellingIndex(["Bakhmut", "Bakmut"]).near("Bakmut") == "Bakhmut"


letters = st.text("abcdefgh ", min_size=5, max_size=12).filter(lambda name: sum(map(str.isalpha, name)) >= 6)


@given(letters, st.data())
def test_one_more_letter_in_a_long_word_is_always_found(name: str, data: st.DataObject) -> None:
    key = "zelen" + name_key(name).replace(" ", "")
    position = data.draw(st.integers(0, len(key)))
    assert SpellingIndex([key]).near(key[:position] + "z" + key[position:]) == key


@given(st.text(max_size=80), st.text(max_size=80))
def test_any_two_texts_can_be_compared(one: str, other: str) -> None:
    assert SpellingIndex([one]).near(other) in (one, None)
    assert closest(one, [other]) in (other, None)


def test_a_look_up_compares_a_few_candidates_however_many_are_known(monkeypatch: pytest.MonkeyPatch) -> None:
    compared: list[tuple[str, str]] = []
    is_slip = spellings._is_slip

    def counted(one: str, other: str) -> bool:
        compared.append((one, other))
        return is_slip(one, other)

    # No result shows how many names were compared.
    monkeypatch.setattr(spellings, "_is_slip", counted)
    first_names = [
        f"{a}{b}{c}" for a in ("Ana", "Boris", "Chiara", "Dmytro") for b in ("", "lin", "mar", "vik") for c in ("", "a", "o", "us")
    ]
    last_names = [f"{a}{b}" for a in ("Koval", "Shevchenk", "Melnyk", "Bond") for b in ("o", "arenko", "chuk")]
    names = [f"{first} {last}" for first in first_names for last in last_names]
    neighbours = SpellingIndex(names)
    found = [neighbours.near(name) for name in names]
    assert any(found)
    assert len(compared) < 20 * len(names)


@pytest.mark.parametrize(
    ("written", "known"),
    [
        ("Бахмут", "Bakhmut"),
        ("Сергей Лавров", "Sergei Lavrov"),
        ("Володимир Зеленський", "Volodymyr Zelensky"),
        ("Сергій Череватий", "Serhiy Cherevatyi"),
    ],
)
def test_a_name_in_cyrillic_is_near_its_transliteration(written: str, known: str) -> None:
    assert SpellingIndex([known, "Ankara"]).near(written) == known
