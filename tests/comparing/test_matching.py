"""The same quote and the same claim."""

from __future__ import annotations

import itertools
import random
import time
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from told import INSIDER, MAYOR, POLICE, report, told

import stories
from reportedly.comparing import match
from reportedly.comparing.features import common
from reportedly.comparing.matching import margins
from reportedly.comparing.nearness import Nearness
from reportedly.comparing.statements import page, statements
from reportedly.embedding import Embedded

if TYPE_CHECKING:
    from reportedly.values import Reading

STORIES = stories.load()


@pytest.mark.parametrize(
    "other",
    [
        "“We have carried water up that hill for eleven winters,”",
        "‘We have carried water up that hill for eleven winters’",
        '"We have carried water up that hill for eleven winters"',
        "«We have carried water up that hill for eleven winters»",
        "“We have carried water … for eleven winters,”",
        "“carried water up that hill for eleven winters”",
        "“We have carried water up [Gull Hill] for eleven winters,”",
        "“WE HAVE CARRIED WATER up that hill for eleven winters!”",
    ],
)
def test_the_same_quote(other: str) -> None:
    """Other marks, a shorter piece, an ellipsis, brackets and capitals leave a quotation what it is."""
    (found,) = match([told("A", "“We have carried water up that hill for eleven winters,”"), told("B", other)])
    assert found.kind == "same quote"
    assert found.status == "suggested"
    assert any(e.kind == "quote" and "water" in e.words for e in found.evidence)


def test_a_quote_split_by_its_cue() -> None:
    """“We have carried water,” she said, “for eleven winters” is the quotation it was cut from."""
    whole = told("A", "“We have carried water up that hill for eleven winters,”")
    split = report("B", "⟦t1|“We have carried water up that hill,”⟧ ⟦s1|Ana Ruiz⟧ ⟦c1|said⟧, ⟦t1|“for eleven winters.”⟧", sources={"s": MAYOR})
    (found,) = match([whole, split])
    assert found.kind == "same quote"


def test_words_without_marks_are_no_quote() -> None:
    """Quoted words that the other report retells are the same claim, and the evidence shows the words."""
    (found,) = match([told("A", "“We have carried water up that hill for eleven winters,”"), told("B", "they had carried water up that hill for eleven winters")])
    assert found.kind == "same claim"
    assert any("carried water up that hill" in e.words for e in found.evidence)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("The bridge at Kirkmoy will be closed until June", "that the Kirkmoy crossing would stay shut until June"),
        ("Nine people were killed when the ferry sank off Brenn", "the sinking of a ferry off Brenn had killed 12 people"),
        ("Mr Dorn has stepped down as head of the port", "Dorn resigned as port chief"),
        ("the school roof had been inspected in 2022", "inspectors had last looked at the school's roof in 2022"),
    ],
)
def test_the_same_claim_in_other_words(one: str, other: str) -> None:
    """Synonyms, other forms and other figures make the same claim, with reasons and a score between a half and one."""
    (found,) = match([told("A", one), told("B", other)])
    assert found.kind == "same claim"
    assert 0.5 <= found.score <= 1
    assert found.evidence


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("The bridge at Kirkmoy will be closed until June", "the salmon season had been the worst in years"),
        ("“It was very sad,”", "“It is a fine day,”"),
        ("The council approved a budget for parks", "The hospital treated a man for burns"),
    ],
)
def test_strangers_do_not_match(one: str, other: str) -> None:
    """Statements about different things are not matched, though one source makes both."""
    assert match([told("A", one), told("B", other)]) == []


def test_an_anonymous_voice_is_never_set_beside_a_named_person() -> None:
    """The same words, or the same thing lived through, of an anonymous and a named source are no match; a claim about the world is."""
    quote = "“We slept in the mud and nobody told us where we were,”"
    assert match([told("A", quote, INSIDER), told("B", quote, MAYOR)]) == []
    assert match([told("A", "they took our telephones away two days before the crossing", INSIDER), told("B", "our telephones were taken two days before the crossing", MAYOR)]) == []
    assert match([told("A", quote, INSIDER), told("B", quote, INSIDER)])[0].kind == "same quote"
    (found,) = match([told("A", "Vale Water will close its plant at Hollin in June", INSIDER), told("B", "Vale Water would shut the Hollin plant in June", MAYOR)])
    assert found.kind == "same claim"
    assert not any("source" in e.words or "Ruiz" in e.words or "close to" in e.words for e in found.evidence)


def test_evidence_names_what_made_the_match() -> None:
    """Words, figures and sources are reasons of their own, typed, each with its share of the score."""
    (found,) = match([told("A", "At least nine trams were destroyed in the depot", POLICE), told("B", "9 trams had been destroyed at the depot", {"description": "a police spokesman", "kind": "person"})])
    kinds = {e.kind: e for e in found.evidence}
    assert {"words", "figures", "source"} <= set(kinds)
    assert kinds["figures"].words == "figures agree: At least nine trams – 9 trams"
    assert kinds["words"].weight > 0


@settings(max_examples=25)
@given(st.sampled_from(range(len(STORIES))), st.randoms(use_true_random=False))
def test_the_order_of_readings_does_not_matter(number: int, draw: random.Random) -> None:
    """The same matches come of the same readings in any order, also when one is given twice."""
    readings = list(STORIES[number].readings)
    expected = match(readings)
    draw.shuffle(readings)
    assert match([*readings, readings[0]]) == expected


@settings(max_examples=25)
@given(st.sampled_from(range(len(STORIES))))
def test_company_does_not_change_a_score(number: int) -> None:
    """Two readings match alone as they do among others."""
    readings = STORIES[number].readings
    among = {frozenset((m.a, m.b)): m for m in match(readings)}
    for pair in itertools.combinations(readings, 2):
        for m in match(pair):
            assert among[frozenset((m.a, m.b))] == m


def test_what_is_put_side_by_side_is_held_together_by_a_third() -> None:
    """Two reports that have little in common are of one event where a third has something of each, but only if somebody chose them; else company changes nothing."""
    fell, why = "The old bridge over the Tarn fell at noon on Monday while lorries were queueing in both lanes.", "A rusted bolt in the third pier gave way, and eleven drivers ended in the river."
    one, other, both = (
        report(letter, f"⟦t1|{words}⟧, ⟦s1|the mayor⟧ ⟦c1|said⟧. {more}", sources={"s": MAYOR})
        for letter, words, more in (("A", "Nobody had inspected it since spring", fell), ("C", "Nobody had inspected it for a year", why), ("B", "Nobody had inspected it since last spring", f"{fell} {why}"))
    )

    def score(*readings: Reading, prior: float) -> float:
        return next(m.score for m in match(readings, prior=prior) if {m.a.article, m.b.article} == {"test/A", "test/C"})

    assert score(one, other, both, prior=1.0) > score(one, other, prior=1.0) + 0.1
    assert score(one, other, both, prior=0.0) == score(one, other, prior=0.0)


def test_an_article_does_not_match_itself() -> None:
    """Statements of one article are no match, however alike."""
    one = report("A", "⟦t1|The dam is safe⟧, ⟦s1|she⟧ ⟦c1|said⟧. ⟦t2|The dam is safe⟧, ⟦s2|she⟧ ⟦c2|said again⟧.", sources={"s": MAYOR})
    assert match([one, one]) == []
    assert match([]) == []


@given(st.lists(st.sampled_from("abcd")), st.lists(st.sampled_from("abcd")))
def test_common_words_are_symmetric(a: list[str], b: list[str]) -> None:
    """What two texts have in common does not depend on which comes first."""
    assert common(a, b) == common(b, a)
    assert 0 <= common(a, b).coverage <= 1


@given(st.text(max_size=200), st.text(max_size=200))
@settings(max_examples=50)
def test_odd_words_never_raise(one: str, other: str) -> None:
    """Emoji, lone marks and empty words are compared like others."""
    base = told("A", "x")
    for text in (one, other):
        body = f"{text} said he"
        article = replace(base.article, id=repr(text), text=body)
        spans = (replace(base.attributions[0].content_spans[0], start=0, end=len(text)),)
        odd = replace(base, article=article, attributions=(replace(base.attributions[0], content_spans=spans, source_spans=(), cue_spans=(), source=None, manner="mixed"),))
        match([odd, told("B", "The dam is safe")])


class Letters:
    """Embeddings that are none: counts of letters."""

    name = "words"  # a set of weights that is there

    def __init__(self) -> None:
        self.asked = []

    def embed(self, texts):
        rows = np.array([[t.lower().count(c) + 0.1 for c in "abcdefghijklmnopqrstuvwxyz"] for t in texts])
        return rows / np.linalg.norm(rows, axis=1, keepdims=True)

    def embed_words(self, text):
        self.asked.append(text)
        words = tuple(text.split())
        return Embedded(self.embed([text])[0], words, self.embed(words) if words else np.zeros((0, 26)))


def test_an_embedder_needs_weights_of_its_own() -> None:
    """Scores are calibrated for an embedder or it is refused; one that is known is asked once for each text."""
    readings = [told("A", "The dam at Hollin is safe"), told("B", "Hollin's dam is safe"), told("C", "Hollin's dam is safe")]
    letters = Letters()
    assert len(match(readings, embedder=letters)) == 3
    assert sorted(letters.asked) == ["Hollin's dam is safe", "The dam at Hollin is safe"]
    unknown = Letters()
    unknown.name = "letters"
    with pytest.raises(ValueError, match="no weights for letters"):
        match(readings, embedder=unknown)


def test_nearness_is_measured_alike_alone_and_among_others() -> None:
    """The same text is as near as can be; one without a word is near to nothing, and no company changes a number."""
    some = [s for name, text in (("A", "The dam at Hollin is safe"), ("B", "the dam at Hollin is safe"), ("C", "…"), ("D", "Salmon leap")) for s in statements(page(told(name, text)))]
    near = Nearness(some, Letters())
    meaning, wording = near.between([0, 3], [1, 2])
    assert meaning[0, 0] == pytest.approx(1)
    assert wording[0, 0] == pytest.approx(1, abs=1e-3)
    assert wording[0, 1] < wording[0, 0]
    alone = near.between([0], [1])
    assert (alone[0][0, 0], alone[1][0, 0]) == (pytest.approx(meaning[0, 0]), pytest.approx(wording[0, 0]))


def test_a_pair_is_judged_beside_its_rivals() -> None:
    """Of statements that look alike the best fit is matched with the higher score, and the match says that it has no rival."""
    one = report("A", "⟦t1|The Hollin dam was inspected in March⟧, ⟦s1|Ana Ruiz⟧ ⟦c1|said⟧.", sources={"s": MAYOR})
    two = report("B", "⟦t1|The Hollin dam had been inspected in March⟧, ⟦s1|Ana Ruiz⟧ ⟦c1|said⟧. ⟦t2|The dam at Hollin will be rebuilt⟧, ⟦s2|she⟧ ⟦c2|said⟧.", sources={"s": MAYOR})
    best, *others = match([one, two], least=0.01)
    assert (best.a.attribution, best.b.attribution) == ("1", "1")
    assert any(e.kind == "rivals" and e.weight > 0 for e in best.evidence)
    assert all(m.score < best.score / 2 for m in others)


def test_margins_over_rivals() -> None:
    """A margin is over the best other pair of a statement, within bounds; without a rival it says little."""
    odds = np.array([[3.0, 1.0], [-8.0, 2.5]])
    lesser, greater = margins(odds)
    assert lesser.tolist() == [[2.0, -2.0], [-4.0, 1.5]]
    assert greater.tolist() == [[4.0, -1.5], [-4.0, 4.0]]
    assert [m.tolist() for m in margins(np.array([[3.0]]))] == [[[1.0]], [[1.0]]]


def test_the_quoted_words_of_an_anonymous_source_stay_its_own() -> None:
    """What it said verbatim is never set beside a named person's words, however alike; retold by another nameless one it may be."""
    quote = "“The pumps at Hollin were switched off in May,”"
    assert match([told("A", quote, INSIDER), told("B", "the pumps at Hollin were switched off in May", MAYOR)]) == []


def test_ten_thousand_statements_take_seconds() -> None:
    """2,500 reports of 500 events with four statements each, about as many matches as there would be in the wild."""
    draw = random.Random(5)
    nouns = [f"{a}{d}{b}{c}" for d in ("", "ra", "ne", "lo", "mi", "su", "ka", "po") for a in ("brak", "tol", "mer", "sin", "gol", "var", "ped", "lun") for b in ("ena", "oti", "ulo", "ari", "isk", "ond") for c in ("", "ville", "ford", "mark", "stad", "wick")]
    verbs = ["closed", "opened", "burned", "flooded", "sold", "rebuilt", "inspected", "searched", "guarded", "emptied"]
    readings = []
    for event in range(500):
        place, *topic = draw.sample(nouns, 13)
        facts = [f"the {topic[k]} at {place} {draw.choice(verbs)} the {topic[k + 1]} with {draw.randrange(3, 9000)} {topic[k + 2]}" for k in range(0, 12, 3)]
        for outlet in range(5):
            said = [" ".join(w for w in f.split() if draw.random() > 0.15) for f in facts]
            base = report(f"{event}-{outlet}", *[f"⟦t{k}|{f}⟧, ⟦s{k}|he⟧ ⟦c{k}|said⟧." for k, f in enumerate(said, 1)], sources={"s": MAYOR})
            readings.append(base)
    started = time.process_time()
    found = match(readings)
    assert time.process_time() - started < 60
    right = sum(m.a.article.split("/")[1].split("-")[0] == m.b.article.split("/")[1].split("-")[0] and m.a.attribution == m.b.attribution for m in found)
    assert right > 0.9 * 500 * 4 * 10
    assert right > 0.75 * len(found)
