"""What the writer adds: what is not known, what is loaded, and what is asserted without a source."""

from __future__ import annotations

import re
import time
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import reportedly
from reportedly.reader.voice import find_voice, judging_words
from reportedly.reader.voice.lexicon import _heads, _phrases
from reportedly.reader.wordlists import lines, sections
from reportedly.values import Attribution, Span

if TYPE_CHECKING:
    from reportedly import Reader
    from reportedly.reader.voice.loaded import Word

TOKEN = re.compile(r"\w+|[^\w\s]")


def of_kind(text: str, kind: str, *contents: str, judging: dict[str, float] | None = None) -> list[str]:
    said = [Attribution(f"a{n}", None, (), (), (Span(text.index(c), text.index(c) + len(c)),), "indirect", 1.0) for n, c in enumerate(contents)]
    return [text[v.start : v.end] for v in find_voice(text, said, words(text, judging or {})) if v.kind == kind]


def words(text: str, judging: dict[str, float]) -> list[Word]:
    """The words and signs of a text that an encoder would take for judging, as likely as it is said for each."""
    tokens = list(TOKEN.finditer(text))
    return judging_words(np.array([t.span() for t in tokens]).reshape(-1, 2), np.array([judging.get(t.group(), 0.0) for t in tokens]))


@pytest.mark.parametrize(
    "sentence",
    [
        "It is not immediately clear whether the wall will hold.",
        "It was still unclear on Friday who had opened the gate.",
        "Why the gate was open is not known.",
        "The claims could not be independently verified.",
        "Neither account could be independently confirmed.",
        "The Quay was unable to verify the letter.",
        "The harbour master declined to comment.",
        "A spokeswoman for the yard declined to say how many had left.",
        "The yard refused to say who had signed.",
        "The owner did not respond to a request for comment.",
        "The owner has not replied to letters from this newspaper.",
        "Calls to the yard were not returned.",
        "The pilot could not be reached.",
        "She would not say how long the stocks would last.",
        "He would neither confirm nor deny it.",
        "The council has yet to answer.",
        "The Quay has not been able to confirm the number.",
        "The yard declined to name them.",
        "No further details were given.",
        "There was no immediate comment from the navy.",
        "No one has claimed responsibility for the fire.",
        "The names of the dead have not been released.",
        "Little is known about the buyer.",
        "It is too early to say what the repairs will cost.",
        "It remains to be seen whether the wall will hold.",
        "The owner has been approached for comment.",
        "He was not available for comment.",
        "The cause of the fire is under investigation.",
    ],
)
def test_what_the_page_says_is_not_known(sentence: str) -> None:
    """Each way of saying that something is not known, verified or answered is found, as its whole sentence, and is no assertion."""
    text = f"The wall fell on Monday. {sentence} The yard opens at noon."
    assert of_kind(text, "unsettled") == [sentence]
    assert sentence not in of_kind(text, "assertion")


@pytest.mark.parametrize(
    "sentence",
    [
        "The water was clear and the harbour master was in a good mood.",
        "The crew did not leave the ship.",
        "She is not yet forty.",
        "He refused to say the words and left.",
        "The boat was unable to sail.",
        "It is not the first time that the wall fell.",
        "Is it not clear why the wall fell?",
        "They declined the offer of a tow.",
        "She has yet to win a cup.",
        "The harbour does not provide an easy way out.",
        "They do not identify with the yard.",
        "There was room though no new berths were available.",
    ],
)
def test_what_is_not_unsettled(sentence: str) -> None:
    """A negation, a refusal or the word "clear" is not enough, and a question is none."""
    assert of_kind(sentence, "unsettled") == []


def test_the_unsettled_clause_stands_alone() -> None:
    """A clause that is coordinated with it, and has a subject of its own, is left out; a relative clause is taken alone."""
    assert of_kind("It is not clear who paid, but the yard is open again.", "unsettled") == ["It is not clear who paid"]
    assert of_kind("The yard is open again, but it is not clear who paid.", "unsettled") == ["it is not clear who paid."]
    assert of_kind("Mr Ode, who declined to comment, owns the yard.", "unsettled") == ["who declined to comment"]


def test_what_a_source_does_not_know_is_its_own() -> None:
    """Within a content or a quotation nothing is the writer's."""
    text = "Police said it was not clear who had paid."
    assert of_kind(text, "unsettled", "it was not clear who had paid") == []
    assert of_kind("“It is not clear who paid, and it is an absurd excuse,” she said.", "unsettled") == []
    assert of_kind("“It is an absurd excuse,” she said.", "loaded", judging={"absurd": 1.0}) == []
    assert of_kind("She said that it was an absurd excuse.", "loaded", "that it was an absurd excuse", judging={"absurd": 1.0}) == []


def test_a_sentence_of_the_pages_between_two_of_a_source_is_the_pages() -> None:
    """A whole sentence that is taken for more of a source's account, with nothing in it that says so, stays the page's when it says what is not known."""
    text = "“They ran,” the harbour master said. There was no independent confirmation. “They swam.”"
    sentence = "There was no independent confirmation."
    assert of_kind(text, "unsettled", sentence) == [sentence]


@pytest.mark.parametrize(
    ("text", "phrases"),
    [
        # words: those that judge, not what they judge
        ("The yard put out a deceptive smokescreen.", ["deceptive smokescreen"]),
        ("It was an absurd excuse for a bill.", ["absurd"]),
        ("The so-called Free Coast fell.", ["so-called"]),
        ("He shamelessly took the money.", ["shamelessly"]),
        ("Shamelessly he took the money.", ["Shamelessly"]),
        ("It was a shabby, cynical trick.", ["shabby, cynical"]),
        ("It was the daftest rule on the coast.", ["daftest"]),
        ("The mayor grovelled and the harbour master smirked.", ["grovelled", "smirked"]),
        ("The yard is run by busybodies.", ["busybodies"]),
        ("They are money-grubbing landlords.", ["money-grubbing"]),
        # idioms, with their forms and gaps
        ("An ogre of a tax keeps them poor.", ["ogre of a tax"]),
        ("It was a witch-hunt, no more.", ["witch-hunt"]),
        ("They dragged their feet for a year.", ["dragged their feet"]),
        ("He threw his own brother under the bus.", ["threw his own brother under the bus"]),
        ("The owner made a pig’s ear of it.", ["made a pig’s ear of"]),
        # the same words in plain use
        ("It was a bold plan by a hero of the war.", []),
        ("Ms Savage met Mr Noble at the Brilliant Theatre.", []),
        ("They met at the White Elephant in Quay Street.", []),
        ("They threw the rope under the pier.", []),
        ("The petty officer found toxic waste.", []),
        ("A kind-hearted, brown-eyed girl of four was found.", []),
        ("The boat sank.", []),
    ],
)
def test_listed_wording(text: str, phrases: list[str]) -> None:
    """Strong words and phrases of the lists judge by themselves; weak words and names do not."""
    assert of_kind(text, "loaded") == phrases


@pytest.mark.parametrize(
    ("judging", "phrases"),
    [
        ({"more": 0.7, "hole": 0.1}, []),
        ({"more": 0.9, "hole": 0.1}, ["more"]),
        ({"more": 0.9, "hole": 0.9, "than": 0.3}, ["more hole than"]),
        ({"more": 0.4, "hole": 0.4, "than": 0.4}, []),
        ({"more": 0.7, "hole": 0.01, "than": 0.7}, []),
        ({"roof": 0.7, ",": 0.7, "bold": 0.7, "they": 0.7, ".": 0.7}, ["roof, bold"]),
        ({"bold": 0.4}, ["bold"]),
        ({"bold": 0.1}, []),
        ({".": 0.9, ",": 0.9}, []),
    ],
)
def test_what_the_encoder_takes_for_judging(judging: dict[str, float], phrases: list[str]) -> None:
    """Several words together judge when one of them is likely to, a lone one when it is all but sure, or the list has it; signs at the ends are none of it."""
    assert of_kind("It was more hole than roof, bold. Then they left.", "loaded", judging=judging) == phrases


def test_no_passage_goes_over_a_line() -> None:
    """What ends one line and begins the next are two passages."""
    judging = dict.fromkeys(["more", "hole", "than", "roof"], 0.9)
    assert of_kind("Now more hole\nthan roof.", "loaded", judging=judging) == ["more hole", "than roof"]


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("The minister gave a pathetic excuse and left the hall at noon.", "pathetic"),
        ("The committee dithered for a year before it bought the pumps.", "dithered"),
        ("The team put on a spineless display and lost by four goals.", "spineless"),
        ("Shamefully, the council sold the field to a builder in May.", "Shamefully"),
    ],
)
def test_the_shipped_weights_know_words_that_judge(reader: Reader, text: str, word: str) -> None:
    """Plain cases are found by the weights that ship, and the same words said by a source are not."""
    found = [text[v.start : v.end] for v in reader.read(reportedly.article(text, as_is=True)).voice if v.kind == "loaded"]
    assert any(word in passage for passage in found)
    said = f"“{text}” the union’s secretary said on Monday."
    assert [v for v in reader.read(reportedly.article(said, as_is=True)).voice if v.kind == "loaded"] == []


@pytest.mark.parametrize(
    "text",
    [
        "The council will rebuild the harbour wall. The work takes two years and costs £4m.",
        "A fatal crash closed the coast road for six hours on Monday, police said.",
        "The storm tore roofs from 60 houses on the coast overnight. Two people were killed, the fire service said.",
    ],
)
def test_the_shipped_weights_leave_plain_news_alone(reader: Reader, text: str) -> None:
    """Strong words that are plain facts judge nothing."""
    assert [v for v in reader.read(reportedly.article(text, as_is=True)).voice if v.kind == "loaded"] == []


def test_what_is_hardly_an_attribution_leaves_its_words_the_writers() -> None:
    """The content of an attribution that is less likely than not takes no loaded word from the writer."""
    text = "The absurd plan has been shelved."
    unlikely, likely = (Attribution("a1", None, (), (), (Span(0, 15),), "indirect", score) for score in (0.3, 0.8))
    judging = words(text, {"absurd": 1.0})
    assert [text[v.start : v.end] for v in find_voice(text, [unlikely], judging) if v.kind == "loaded"] == ["absurd"]
    assert [v for v in find_voice(text, [likely], judging) if v.kind == "loaded"] == []


def test_assertions_have_no_source() -> None:
    """Sentences with a verb that nothing attributes, and no headings, questions or lead-ins."""
    text = "Wall falls at last\n\nThe wall fell on Monday. Who paid? Nobody was hurt. Ann Ode said that it was old. She put it so:\n\n“It was old.”\n\nA sad day."
    assert of_kind(text, "assertion", "that it was old") == ["The wall fell on Monday.", "Nobody was hurt."]


def test_an_attribution_anywhere_in_the_sentence_is_its_source() -> None:
    """A cue or a source without content in the sentence is enough."""
    text = "Ann Ode said so. The wall fell."
    said = Attribution("a1", "s1", (Span(0, 7),), (Span(8, 12),), (Span(17, 31),), "indirect", 1.0)
    assert [v for v in find_voice(text, [said]) if v.kind == "assertion"] == []


@given(st.lists(st.sampled_from(["absurd ", "not clear ", "“", "”", '"', "'", ". ", ", ", "who ", "declined to comment", "utterly ", "of a ", "monster ", "said, ", "grandly ", "\n", "\u200f", "No one ", "is ", "but it ", "?"]), max_size=30).map("".join))
def test_never_fails_and_stays_inside(text: str) -> None:
    """Any heap of such words gives passages inside the text, in order."""
    found = find_voice(text, [], words(text, {"absurd": 0.9, "utterly": 0.3, "monster": 0.9, ",": 0.3, "“": 0.9}))
    assert all(0 <= v.start < v.end <= len(text) for v in found)
    assert found == sorted(found, key=lambda v: v.start)


def test_the_lists_hold_no_slips() -> None:
    """Every list is in lower case, no word is both strong and weak, and every phrase makes a pattern."""
    known = sections("loaded/words.txt")
    assert set(known) == {"strong", "weak"}
    assert not known["strong"] & known["weak"]
    assert all(word == word.lower() for words_ in known.values() for word in words_)
    assert all(row == row.lower() for row in lines("loaded/phrases.txt"))
    assert all(_phrases(head) for head in _heads())


def test_long_texts_take_no_time() -> None:
    """Time is linear in the text, whatever its words."""
    started = time.process_time()
    for piece in ("absurd ", "not clear ", "utterly ", "of course ", "threw a ", "made a pig's ", "as ", "like a ", "witch-", "who, which, not known, ", "said, ", "neither a, b, ", "but the ", "calls to the "):
        text = piece * 2_000 + "not known"
        find_voice(text, [], words(text, {"absurd": 0.9, "utterly": 0.3, ",": 0.3}))
    assert time.process_time() - started < 20
