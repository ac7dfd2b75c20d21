"""What the writer adds: what is not known, what is loaded, and what is asserted without a source."""

from __future__ import annotations

import time
import tomllib
from importlib.resources import files

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportedly.reader.voice import find_voice
from reportedly.values import Attribution, Span


def of_kind(text: str, kind: str, *contents: str) -> list[str]:
    said = [Attribution(f"a{n}", None, (), (), (Span(text.index(c), text.index(c) + len(c)),), "indirect", 1.0) for n, c in enumerate(contents)]
    return [text[v.start : v.end] for v in find_voice(text, said) if v.kind == kind]


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
    assert of_kind("“It is an absurd excuse,” she said.", "loaded") == []
    assert of_kind("She said that it was an absurd excuse.", "loaded", "that it was an absurd excuse") == []


@pytest.mark.parametrize(
    ("text", "phrases"),
    [
        ("The yard put out a deceptive smokescreen.", ["deceptive smokescreen"]),
        ("It was an absurd excuse for a bill.", ["absurd excuse"]),
        ("The regime fell.", ["regime"]),
        ("The so-called Free Coast fell.", ["so-called Free Coast"]),
        ("An ogre of a tax keeps them poor.", ["ogre of a tax"]),
        ("He shamelessly took the money.", ["shamelessly"]),
        ("It was a truly terrible bargain.", ["truly terrible bargain"]),
        ("The scheme is ludicrous.", ["is ludicrous"]),
        ("It was a shabby, cynical trick.", ["shabby, cynical trick"]),
        ("The chairman said, grandly, that it would last.", ["grandly"]),
        ("The mayor walked into a media circus.", ["media circus"]),
        # the same words in plain use
        ("The tax regime changed.", []),
        ("They found an explosive device.", []),
        ("The sanctions regime and the training regime changed.", []),
        ("Police found toxic waste.", []),
        ("It was a bold plan by a hero of the war.", []),
        ("Ms Savage met Mr Noble at the Brilliant Theatre.", []),
        ("The chairman said publicly that it would last.", []),
        ("The petty officer left.", []),
        ("The boat sank.", []),
    ],
)
def test_loaded_wording(text: str, phrases: list[str]) -> None:
    """A judgement is found with its noun; the same word in plain use is not one."""
    assert of_kind(text, "loaded") == phrases


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
    found = find_voice(text, [])
    assert all(0 <= v.start < v.end <= len(text) for v in found)
    assert found == sorted(found, key=lambda v: v.start)


def test_weak_words_are_words_of_the_lexicon() -> None:
    """A weak or ordinary word that is nowhere listed would be a slip of the pen."""
    data = tomllib.loads((files("reportedly.reader") / "data" / "loaded.toml").read_text("utf-8"))
    for weak, group in (("weak", "adjectives"), ("weak_nouns", "nouns"), ("weak_phrases", "phrases"), ("weak_adverbs", "adverbs"), ("weak_verbs", "verbs")):
        assert set(data[weak]) <= set(data[group]), weak
    assert all(word == word.lower() for group in ("adjectives", "nouns", "adverbs", "verbs", "phrases") for word in data[group])


def test_long_texts_take_no_time() -> None:
    """Time is linear in the text, whatever its words."""
    started = time.process_time()
    for piece in ("absurd ", "not clear ", "utterly ", "of course ", "who, which, not known, ", "said, ", "neither a, b, ", "but the ", "calls to the "):
        find_voice(piece * 2_000 + "not known", [])
    assert time.process_time() - started < 20
