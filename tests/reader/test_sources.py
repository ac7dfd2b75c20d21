"""Who is that? Every mention of a source is one source; what the text keeps apart stays apart."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import pytest

import reportedly
from reportedly.reader.attributions import Found
from reportedly.reader.quotes import find_quotations, manner
from reportedly.reader.sources import Voices
from reportedly.values import Source, Span

if TYPE_CHECKING:
    from collections.abc import Sequence


def voices(text: str, *said: tuple[str, str, str]) -> Voices:
    """Voices of a text from attributions given by their words: (source, cue, content), each after the one before."""
    at, found = 0, []
    for source, cue, content in said:
        spans = []
        for words in (source, cue, content):
            start = text.find(words, at) if words else -1
            start = text.index(words) if words and start < 0 else start
            spans.append((Span(start, start + len(words)),) if words else ())
        at = min(s.start for part in spans for s in part)
        at = max(at, min(spans[0][0].end if spans[0] else at, spans[2][0].end))
        found.append(Found(*spans, manner(text, spans[2], find_quotations(text)), 0.9))
    return Voices(text, found, find_quotations(text))


def who(text: str, *said: tuple[str, str, str]) -> list[str | None]:
    """For each attribution the name or description of its source."""
    found = voices(text, *said)
    named = {s.id: s.name or s.description for s in found.sources()}
    return [None if e is None else named[found.id(e)] for e in found.entities]


def only(text: str, *said: tuple[str, str, str]) -> Source:
    found = voices(text, *said)
    entity = found.entities[-1]
    assert entity is not None
    return next(s for s in found.sources() if s.id == found.id(entity))


@pytest.mark.parametrize(
    ("text", "said", "expected"),
    [
        ("Maria Keller, the mayor, said it was safe. Keller said it was old.", [("Maria Keller, the mayor,", "said", "it was safe"), ("Keller", "said", "it was old")], ["Maria Keller", "Maria Keller"]),
        ("The mayor, Maria Keller, said it was safe. She said it was old.", [("The mayor, Maria Keller,", "said", "it was safe"), ("She", "said", "it was old")], ["Maria Keller", "Maria Keller"]),
        ("A junior officer said they were tired. The officer said they left.", [("A junior officer", "said", "they were tired"), ("The officer", "said", "they left")], ["A junior officer", "A junior officer"]),
        ("Dr Ilse Grau said it works. Mr Tom Grau said it fails. Mr Grau said he was sorry.", [("Dr Ilse Grau", "said", "it works"), ("Mr Tom Grau", "said", "it fails"), ("Mr Grau", "said", "he was sorry")], ["Ilse Grau", "Tom Grau", "Tom Grau"]),
        ("Pat Grau said it works. Lee Grau said it fails. Grau said no more.", [("Pat Grau", "said", "it works"), ("Lee Grau", "said", "it fails"), ("Grau", "said", "no more")], ["Pat Grau", "Lee Grau", "Grau"]),
        ("The Water Standards Agency said no. The WSA said it had tested twice.", [("The Water Standards Agency", "said", "no"), ("The WSA", "said", "it had tested twice")], ["Water Standards Agency", "Water Standards Agency"]),
        ("Officials said yes. In the south, officials said no.", [("Officials", "said", "yes"), ("officials", "said", "no")], ["Officials", "officials"]),
        ("A spokesman for Arden said yes. A spokesman for Brome said no.", [("A spokesman for Arden", "said", "yes"), ("A spokesman for Brome", "said", "no")], ["A spokesman for Arden", "A spokesman for Brome"]),
        ("Police Chief Ana Beltre said no. Beltre said it was a fake.", [("Police Chief Ana Beltre", "said", "no"), ("Beltre", "said", "it was a fake")], ["Ana Beltre", "Ana Beltre"]),
        ("The company’s chief executive, Nora Whit, said yes. She said it was done.", [("The company’s chief executive, Nora Whit,", "said", "yes"), ("She", "said", "it was done")], ["Nora Whit", "Nora Whit"]),
        ("He said the bridge would fall.", [("He", "said", "the bridge would fall")], [None]),
        ("Ayr, a driver, waited. Ayr is a town too, the council said.", [("the council", "said", "Ayr is a town too")], ["the council"]),
    ],
)
def test_mentions_of_one_voice_are_one_source(text: str, said: list[tuple[str, str, str]], expected: Sequence[str | None]) -> None:
    """Names, surnames, initials, roles and pronouns lead to one source; a doubtful surname leads to neither."""
    assert who(text, *said) == list(expected)


def test_first_person_in_speech_is_the_speaker() -> None:
    """Inside quotation marks I and my are mentions of the one who speaks, and she is not."""
    text = "“I lost my boat, and she laughed,” said the fisherman."
    source = only(text, ("the fisherman", "said", "“I lost my boat, and she laughed,”"))
    assert [text[m.start : m.end] for m in source.mentions] == ["I", "my", "the fisherman"]


@pytest.mark.parametrize(
    ("source", "rest", "identity", "kind"),
    [
        ("A dock worker, who spoke on condition of anonymity,", "", "anonymous", "person"),
        ("A person familiar with the matter", "", "anonymous", "person"),
        ("Two officials briefed on the talks", "", "anonymous", "group"),
        ("The clerk", ", who asked not to be named", "anonymous", "person"),
        ("A man identified only as Lasse", "", "anonymous", "person"),
        ("The mayor", "", "unnamed", "person"),
        ("Residents", "", "unnamed", "group"),
        ("Ada Brandt", "", "named", "person"),
        ("The Ministry of Works", "", "named", "organisation"),
        ("An audit", "", "unnamed", "document"),
        ("Radio Selby", "", "named", "outlet"),
    ],
)
def test_kind_and_identity(source: str, rest: str, identity: str, kind: str) -> None:
    """What a voice is, and whether the text withholds its name."""
    text = f"{source}{rest} said that the yard would close."
    found = only(text, (source, "said", "the yard would close"))
    assert (found.identity, found.kind) == (identity, kind)


def test_an_anonymous_source_is_never_merged_with_a_named_person() -> None:
    """Even where a role fits both, the one without a name stays alone."""
    text = "A senior officer, who spoke on condition of anonymity, said the base was empty. Jon Vale, an officer, denied it. “We left,” the officer said."
    found = voices(text, ("A senior officer, who spoke on condition of anonymity,", "said", "the base was empty"), ("Jon Vale, an officer,", "denied", "it"), ("the officer", "said", "“We left,”"))
    for source in found.sources():
        words = " ".join(text[m.start : m.end] for m in source.mentions)
        assert not ("senior" in words and "Vale" in words)


def test_a_spokesperson_speaks_for_somebody() -> None:
    """The principal is a source of its own, so that "what did the company say?" has an answer."""
    text = "A spokeswoman for Sound & Isles denied the story."
    found = voices(text, ("A spokeswoman for Sound & Isles", "denied", "the story"))
    spokeswoman, principal = found.sources()
    assert spokeswoman.speaks_for == principal.id
    assert principal.name == "Sound & Isles"


def test_hundreds_of_sources_take_linear_time() -> None:
    """A text with a thousand sources is worked out in seconds, and none of them is another."""
    names = [f"{a}{b} {c}ley" for a in ("An", "Bo", "Ca", "Di", "Ed", "Fa", "Gi", "Ho", "Ir", "Jo") for b in "abcdefghij" for c in ("Ash", "Brad", "Cow", "Dud", "Ever", "Far", "Grim", "Hand", "Ink", "Kel")]
    text = "\n\n".join(f"{name} said number {k} was right." for k, name in enumerate(names))
    started = time.process_time()
    found = voices(text, *((name, "said", f"number {k} was right") for k, name in enumerate(names)))
    assert time.process_time() - started < 20
    assert len({id(e) for e in found.entities}) == len(names)


@pytest.mark.parametrize(
    "text",
    ["Q: Are you sure?\n\nA: I am.\n\nQ: Why?\n\nA: She said so.", "SMITH: It works.\n\nJONES: It does not.\n\nSMITH: He would say that.", "“He said, ‘She said, “They said no,”’” said Ann Lee.", "He said he said he said it.", "Washington told Washington that Post told Post."],
)
def test_odd_texts_are_read(reader: reportedly.Reader, text: str) -> None:
    """Interviews, speech in speech in speech, names that are places and outlets: read, and no source is made up."""
    reading = reader.read(reportedly.article(text, as_is=True))
    assert {a.source for a in reading.attributions if a.source} <= {s.id for s in reading.sources}
