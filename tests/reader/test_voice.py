"""What the writer adds: what is not known, what is loaded, and what is asserted without a source."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportedly.reader.voice import find_voice
from reportedly.reader.voice.lexicon import Phrases, lexicon
from reportedly.reader.wordlists import lines, table
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
    assert of_kind("“It is an absurd excuse,” she said.", "loaded") == []
    assert of_kind("She said that it was an absurd excuse.", "loaded", "that it was an absurd excuse") == []


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
        ("The regime fell.", ["regime"]),
        ("The so-called Free Coast fell.", ["so-called"]),
        ("He shamelessly took the money.", ["shamelessly"]),
        ("It was a truly terrible bargain.", ["truly terrible"]),
        ("It was a shabby, cynical trick.", ["shabby, cynical"]),
        ("It was the daftest rule on the coast.", ["daftest"]),
        ("The mayor grovelled and the harbour master smirked.", ["grovelled", "smirked"]),
        ("The owners, craven as ever, sent a lawyer.", ["craven as ever"]),
        ("The yard is run by busybodies.", ["busybodies"]),
        ("They are money-grubbing landlords.", ["money-grubbing"]),
        ("The boss left with a cool £4m.", ["cool"]),
        # idioms, with their forms and gaps
        ("An ogre of a tax keeps them poor.", ["ogre of a tax"]),
        ("The mayor walked into a media circus.", ["media circus"]),
        ("It was a witch-hunt, no more.", ["witch-hunt"]),
        ("They dragged their feet for a year.", ["dragged their feet"]),
        ("He threw his own brother under the bus.", ["threw his own brother under the bus"]),
        ("The owner made a pig’s ear of it.", ["made a pig’s ear of"]),
        ("She has the morals of a stray cat.", ["the morals of a stray cat"]),
        ("It was more of the woke agenda.", ["woke agenda"]),
        ("They were fat-cat bosses to a man.", ["fat-cat bosses"]),
        # asides, and how something was said
        ("The owners are, naturally, exempt.", ["naturally"]),
        ("The mayor, to his credit, stayed.", ["to his credit"]),
        ("The chairman said, grandly, that it would last.", ["grandly"]),
        # the same words in plain use
        ("The tax regime changed.", []),
        ("They found an explosive device.", []),
        ("The sanctions regime and the training regime changed.", []),
        ("Police found toxic waste.", []),
        ("It was a bold plan by a hero of the war.", []),
        ("Ms Savage met Mr Noble at the Brilliant Theatre.", []),
        ("They met at the White Elephant in Quay Street.", []),
        ("The chairman said publicly that it would last.", []),
        ("The boat leaned naturally to the left.", []),
        ("The petty officer left.", []),
        ("They threw the rope under the pier.", []),
        ("The boat was cool and the beer cost £4.", []),
        ("A kind-hearted, brown-eyed girl of four was found.", []),
        ("The boat sank.", []),
        ("She woke at six and the crew woke too.", []),
        ("A criminal gang was held under the foreign agent law.", []),
        ("An avalanche of snow, a deluge of rain and a torrent of water came down.", []),
        ("An army of ants crossed the deck.", []),
        ("The boxer threw a body blow.", []),
        ("The fat cat was rescued.", []),
        ("The ship was thundering past and the water gushed out.", []),
    ],
)
def test_loaded_wording(text: str, phrases: list[str]) -> None:
    """The words that judge are found; the same words in plain use are none."""
    assert of_kind(text, "loaded") == phrases


def test_how_a_statement_is_called_is_the_writers() -> None:
    """Inside a content, only what calls the statement something or tells how it was made is the writer's."""
    assert of_kind("She told her sob story of a lost dog.", "loaded", "her sob story of a lost dog") == ["sob story"]
    assert of_kind("He announced the sale in a rambling letter.", "loaded", "the sale in a rambling letter") == ["rambling"]
    assert of_kind("He dismissed it as a sob story.", "loaded", "a sob story") == []
    assert of_kind("He complained of a rambling plan.", "loaded", "a rambling plan") == []


def test_what_is_hardly_an_attribution_leaves_its_words_the_writers() -> None:
    """The content of an attribution that is less likely than not takes no loaded word from the writer."""
    text = "The absurd plan has been shelved."
    unlikely, likely = (Attribution("a1", None, (), (), (Span(0, 15),), "indirect", score) for score in (0.3, 0.8))
    assert [text[v.start : v.end] for v in find_voice(text, [unlikely]) if v.kind == "loaded"] == ["absurd"]
    assert [v for v in find_voice(text, [likely]) if v.kind == "loaded"] == []


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


def test_the_lists_of_loaded_words_hold_no_slips() -> None:
    """Every list is in lower case, no word is both strong and weak, and what a rule names is a word of the lists."""
    for kind in ("adjectives", "adverbs", "nouns", "verbs"):
        listed: dict[str, list[str]] = {}
        for line in lines(f"loaded/{kind}.txt"):
            if line.startswith("["):
                words = listed.setdefault(line, [])
            else:
                words += line.split()
        assert set(listed) == {"[strong]", "[weak]"}
        assert not set(listed["[strong]"]) & set(listed["[weak]"]), kind
        assert all(word == word.lower() for words in listed.values() for word in words), kind
    known = lexicon()
    data = table("loaded")
    assert sorted(word for row in data["ordinary"] for word in row["words"] if word not in known.kinds) == []
    assert all(row == row.lower() for row in lines("loaded/phrases.txt"))


def test_no_phrase_stands_in_two_grades() -> None:
    """The ways on from every first word are laid out, where a phrase in two grades is refused."""
    phrases = lexicon().phrases
    assert all(phrases.after(word) for word in phrases.heads)
    twice = Phrases()
    twice.plant("~threw|throw a fit", "strong")
    twice.plant("threw a fit", "asides")
    with pytest.raises(ValueError, match="two grades"):
        twice.after("threw")


def test_forms_of_phrases_are_words() -> None:
    """A verb has the forms of verbs, irregular ones alone where it is irregular; a noun only its plural."""
    heads = lexicon().phrases.heads
    assert {"blow", "blew", "blown", "blowing"} <= set(heads)
    assert not {"blewed", "blowed", "casted", "putted"} & set(heads)
    phrases = Phrases()
    phrases.plant("village *idiot", "strong")
    assert set(phrases.after("village").next) == {"idiot", "idiots"}


def test_long_texts_take_no_time() -> None:
    """Time is linear in the text, whatever its words."""
    started = time.process_time()
    for piece in ("absurd ", "not clear ", "utterly ", "of course ", "threw a ", "made a pig's ", "as ", "like a ", "witch-", "who, which, not known, ", "said, ", "neither a, b, ", "but the ", "calls to the "):
        find_voice(piece * 2_000 + "not known", [])
    assert time.process_time() - started < 20
