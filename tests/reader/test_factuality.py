"""How sure the source is follows from its cue and from what the content says of its own event."""

from __future__ import annotations

import json
import time
from typing import TYPE_CHECKING

import numpy as np
import pytest
from attributed import attributed
from hypothesis import given
from hypothesis import strategies as st

from reportedly.reader.certainty.commitment import commitment
from reportedly.reader.certainty.factuality import factuality
from reportedly.reader.certainty.status import compose
from reportedly.values import Attribution, Span

if TYPE_CHECKING:
    from pathlib import Path

CODES = ("CT+", "PR+", "PS+", "CT-", "PR-", "PS-", "CTu", "Uu")


def code(line: str) -> str:
    return factuality(*attributed(line))


CUES = """
CT+ The mayor <said> [the bridge had closed].
CT+ The mayor <announced> [the closure of the bridge].
CT+ She <admitted> [taking the money].
CT+ She <insisted> [that the vault was locked].
CT+ The coroner <confirmed> [that the body was found].
CT+ <The claim> [that the dam is safe] was repeated.
CT+ She <is convinced> [that the vault was locked].
CT+ The map <leaves little doubt> [that the path was public].
CT+ The premier <warned> [that the dam would burst].
CT- The company <denied> [receiving the money].
CT- He <denied> [that he had known of the leak].
CT- He <rejected> [the claim].
CT- The premier <ruled out> [a second vote].
PR+ She <believes> [the ferry is safe].
PR+ Detectives <suspect> [that the fire was set].
PR+ Economists <predict> [that prices will fall].
PR+ The ship <is believed> [to have sunk].
PR+ The ship <appears> [to have sunk].
PR+ The figures <suggest> [that the drug worked].
PR- The minister <doubts> [that the vote will pass].
PR- He <does not believe> [the ferry is safe].
PR- The rain <is not expected> [to last].
PS+ <The fear> is [that the dam will burst].
PS+ There is <speculation> [that the striker will leave].
PS+ The premier <did not rule out> [a second vote].
Uu She <said> [that if it rained they would stay].
Uu She <said> [that unless the pump held they would lose the boat].
Uu The yard <has yet to announce> [a price].
Uu The coach <hopes> [to sign two players].
Uu Residents <want> [the road to be closed].
Uu The union <urged> [the firm to talk].
Uu There were <calls for> [the minister to resign].
Uu He <warned> [residents not to return].
Uu The council <plans> [to build a bridge].
Uu Workers <threatened> [to strike].
Uu She <promised> [to lower the rent].
Uu He <suggested> [moving the match].
Uu The sisters <pleaded> [for a doctor].
Uu The board <is considering> [the request].
Uu She <asked> [whether the shop was open].
Uu The spokesman <refused to say> [whether the plant would close].
Uu The army <could not confirm> [that the town had fallen].
Uu He <did not say> [whether he would stand].
Uu The clerk <would not give> [a date].
Uu The pilot <could not remember> [switching off the light].
Uu {Nobody} <said> [that the well was dry].
CTu He <knows> [whether the bridge is safe].
CTu The clerk <knows> [who signed the form].
Uu He <does not know> [whether the bridge is safe].
"""

NEGATION = """
CT- Officials <said> [nobody had resigned].
CT- Officials <said> [no one had resigned].
CT- Officials <said> [none of the lamps worked].
CT- She <said> [there was no evidence of fraud].
CT- The firm <said> [neither director was told].
CT- Police <said> [the suspect had never been arrested].
CT- The auditors <said> [the fund failed to file its accounts].
CT- The study <found> [that the drug did not work].
CT- The study <found> [no link between the two].
CT- He <said> [he had nothing to hide].
CT- He <said> [the visit would cost families nothing].
CT- He <said> [that not one street had changed hands].
CT- [“Hardly anyone came,”] he <said>.
CT- [“We no longer trade there,”] he <said>.
CT- [“That’s not true,”] he <said>.
CT- [“We cannot win,”] he <said>.
CT- [“We are unable to pay,”] he <said>.
CT- [“I did not say that,”] he <said>.
CT+ She <said> [the strike not only closed the school but emptied the town].
CT+ He <said> [the road was not finished until 2010].
CT+ [“No doubt we won,”] he <said>.
CT+ [“I have no doubt that we won,”] he <said>.
CT+ [“There is no question that we won,”] he <said>.
CT+ [“We managed to pay,”] he <said>.
CT+ Police <said> [no more than forty people came].
CT- Police <said> [no more people came].
CT+ Scientists <say> [a ring no wider than a mile circles it].
CT+ [When the alarm did not sound, staff left], the firm <said>.
CT+ [The bridge, which was not safe, collapsed], police <said>.
CT+ [The airport says no one cleared it], she <said>.
"""

DEGREES = """
PR+ The mayor <said> [it is likely that the school will shut].
PR+ He <said> [it seems the boat was overloaded].
PR+ The firm <said> [the plant is expected to close].
PR+ The firm <said> [it expected to publish the report].
PR+ He <said> [the town had probably been empty for days].
PR+ He <said> [the train should arrive at noon].
PR+ [“I think we won,”] he <said>.
PR- [“I don't think we won,”] he <said>.
PR- [“I doubt we won,”] he <said>.
PR- [Rain is unlikely this month], <according to> the almanac.
PR- [The pool is unlikely to reopen], <according to> a report.
PR- [“It seems extremely unlikely that he will win,”] she <said>.
PS+ He <said> [the road may have been icy].
PS+ He <said> [there is a chance the boat was overloaded].
PS+ She <said> [perhaps the letter was lost].
PS+ The bank <puts> [the chance of a default at 30 per cent].
PS- [“We may not win,”] he <said>.
PS- She <said> [the letter might not arrive].
CT- [“It is impossible that we won,”] he <said>.
CT+ [“We will win,”] he <said>.
CT+ [The man who may have fled was found], police <said>.
CT+ [Although it might rain, the game is on], the club <said>.
CT+ He <said> [most people believe the bridge is haunted].
"""

OPEN = """
Uu He <said> [the plant would close if the strike went on].
Uu He <said> [that if the strike goes on, the plant will close].
CT+ He <said> [the plant will close even if the strike ends].
CT+ He <said> [he had told them they would leave if it rained].
Uu He <asked>: [“Did the plant close?”]
Uu [“Why did the plant close?”] he <wondered>.
Uu [“Close the road now,”] he <said>.
Uu [“Stay in the cellar,”] they <said>.
Uu [“Don’t wait,”] he <said>.
Uu [“Let them wait,”] he <said>.
Uu [“I hope we won,”] he <said>.
Uu [“It is not clear whether we won,”] he <said>.
Uu [“I don’t know whether we won,”] he <said>.
CTu She <said> [she knew who had rung the bell].
Uu He <was told> [to “log it”].
CT+ [“Work has begun,”] he <said>.
CT+ He <said> [there were refusals to sail].
CT+ [“Support for the plan is growing,”] he <said>.
CT+ She <explained> [why the plant closed].
Uu He <does not know> [why the plant closed].
CT+ She <said> [she was once asked, “Why me?”].
"""


def rows(table: str) -> list[tuple[str, str]]:
    return [tuple(line.split(" ", 1)) for line in table.strip().splitlines()]


@pytest.mark.parametrize(("expected", "line"), rows(CUES))
def test_cue_decides_with_its_negation(expected: str, line: str) -> None:
    """A flat content has the status that its cue gives it, denied or not."""
    assert code(line) == expected


@pytest.mark.parametrize(("expected", "line"), rows(NEGATION))
def test_negation_counts_where_it_reaches_the_main_event(expected: str, line: str) -> None:
    """Negation as verb, subject or object turns the event round; elsewhere, or without force, it does not."""
    assert code(line) == expected


@pytest.mark.parametrize(("expected", "line"), rows(DEGREES))
def test_hedges_count_where_they_reach_the_main_event(expected: str, line: str) -> None:
    """Modals, adverbs and predicates that only measure certainty are read; those of clauses around are not."""
    assert code(line) == expected


@pytest.mark.parametrize(("expected", "line"), rows(OPEN))
def test_conditions_questions_and_orders_commit_to_nothing(expected: str, line: str) -> None:
    """What hangs on a condition, is asked, ordered or hoped is left open; a noun that looks like an order is none."""
    assert code(line) == expected


def test_nested_content_has_its_own_speaker() -> None:
    """The inner attribution is read by its own cue: what the outer speaker denies, the inner one may claim."""
    assert code("The judge denied that the clerk had <said> [the file was lost].") == "CT+"
    assert code("The judge <denied> [that the clerk had said the file was lost].") == "CT-"


def test_split_content_is_read_on() -> None:
    """A content that its cue interrupts is one clause, or two sentences where the second has a capital."""
    assert code("[“The bridge,”] she <said>, [“may never reopen.”]") == "PS-"
    assert code("[“The bridge is safe,”] she <said>. [“It may close.”]") == "CT+"


def test_words_that_the_rules_know_go_before_a_value() -> None:
    """A value for the event decides only where no word of cue or content speaks."""
    flat, hedged = "Officers <say> [the dog barked].", "Officers <say> [the dog may have barked]."
    asked: list[int] = []

    def low(offset: int) -> float:
        asked.append(offset)
        return -2.5

    assert factuality(*attributed(flat), certainty=low) == "CT-"
    assert attributed(flat)[0][asked[0] :].startswith("barked")
    assert factuality(*attributed(hedged), certainty=low) == "PS+"
    assert factuality(*attributed(flat), certainty=lambda _: 2.5) == "CT+"


def test_value_is_asked_at_the_event_in_a_later_piece() -> None:
    """The offset given is that of the event's word also when it stands in the second piece."""
    asked: list[int] = []
    line = "[“The dog,”] she <said>, [“barked all night.”]"
    factuality(*attributed(line), certainty=lambda offset: asked.append(offset) or 3.0)
    assert attributed(line)[0][asked[0] :].startswith("barked")


@pytest.mark.parametrize(
    ("outer", "inner", "expected"), [("CT-", "CT-", "CT+"), ("CT-", "PS+", "PS-"), ("PR+", "CT-", "PR-"), ("Uu", "CT+", "Uu"), ("CTu", "CT+", "CTu"), ("PR-", "PS-", "PS+")]
)
def test_statuses_compose(outer: str, inner: str, expected: str) -> None:
    """Two operators give the weaker certainty and the product of the polarities."""
    assert compose(outer, inner) == expected


@given(st.sampled_from(CODES), st.sampled_from(CODES), st.sampled_from(CODES))
def test_composition_is_associative_with_certainty_as_unit(a: str, b: str, c: str) -> None:
    """A chain of operators may be read from either end."""
    assert compose(compose(a, b), c) == compose(a, compose(b, c))
    assert compose("CT+", a) == a == compose(a, "CT+")


SCRAPS = st.lists(
    st.sampled_from(["he", "said", "denied", "that", "if", "not", "no", "nobody", "to", "may", "think", "whether", ",", ".", "“", "”", "?", "believes", "never", "it", "is", "seems", "likely", "who", "which", "until", "–", "9", "n't", "'s", "I"]) | st.text(max_size=5), max_size=30
).map(" ".join)


@given(SCRAPS, st.lists(st.integers(0, 60), min_size=2, max_size=8))
def test_never_fails_and_gives_a_code(text: str, edges: list[int]) -> None:
    """Any words with any spans give one of the eight codes, the same every time."""
    edges = sorted(min(edge, len(text)) for edge in edges)
    spans = [Span(a, b) for a, b in zip(edges[::2], edges[1::2], strict=False)]
    attribution = Attribution("a1", None, tuple(spans[3:]), tuple(spans[:1]), tuple(spans[1:3]), "direct" if len(edges) % 4 else "indirect", 1.0)
    first = factuality(text, attribution, lambda _: 0.0)
    assert first in CODES
    assert factuality(text, attribution, lambda _: 0.0) == first


@pytest.mark.parametrize("content", ["", " ", "“”", "9" * 5000, "\u202egnirb\u202c", "🐟" * 50, "İstanbul’da", "that that that", "not " * 3000, "to", "if", "“" * 999, "a-" * 4000])
def test_odd_contents_are_read_in_no_time(content: str) -> None:
    """Empty, endless, reversed or broken contents give a code at once."""
    text = f"He denied {content}"
    started = time.perf_counter()
    assert factuality(text, Attribution("a1", None, (), (Span(3, 9),), (Span(10, len(text)),), "indirect", 1.0)) in CODES
    assert time.perf_counter() - started < 1


def test_no_cue_and_no_content() -> None:
    """An attribution without words is taken as it stands."""
    assert factuality("", Attribution("a1", None, (), (), (), "indirect", 1.0)) == "CT+"


@pytest.mark.parametrize(
    ("higher", "lower", "scales"),
    [
        ("The bridge *collapsed* .", "The bridge may *collapse* .", ["uw", "uds"]),
        ("The bridge may *collapse* .", "The bridge did not *collapse* .", ["uw"]),  # on UDS what may come has not happened
        ("He managed to *swim* ashore .", "He failed to *swim* ashore .", ["uw", "uds"]),
        ("She knew that he *swam* .", "She doubted that he *swam* .", ["uw", "uds"]),
        ("They *won* the match .", "Nobody *won* the match .", ["uw", "uds"]),
        ("He *paid* .", "If he *paid* , they left .", ["uw", "uds"]),
        ("He *paid* .", "Did he *pay* ?", ["uw", "uds"]),
    ],
)
def test_commitment_orders_what_is_said_of_a_predicate(higher: str, lower: str, scales: list[str]) -> None:
    """A predicate that is asserted has a higher value than one that is hedged, denied, asked or supposed."""

    def value(line: str, scale: str) -> float:
        before, predicate, after = line.split("*")
        return commitment(before + predicate + after, len(before), len(before + predicate), scale)

    for scale in scales:
        assert value(higher, scale) > value(lower, scale)


@given(SCRAPS, st.integers(0, 80), st.integers(0, 80))
def test_commitment_stays_on_its_scale(sentence: str, start: int, end: int) -> None:
    """Any place of any words has a value from -3 to 3."""
    assert -3 <= commitment(sentence, start, end) <= 3


def test_commitment_agrees_with_people(shared: Path) -> None:
    """On UW dev the correlation is near that of benchmarks/RESULTS.md."""
    found, labels = [], []
    for line in (shared / "data" / "factuality" / "uw" / "dev.jsonl").read_text("utf-8").splitlines():
        record = json.loads(line)
        words = record["text"].split(" ")
        for target in record["targets"]:
            a, b = target["span1"]
            start = len(" ".join(words[:a])) + (a > 0)
            found.append(commitment(record["text"], start, start + len(" ".join(words[a:b]))))
            labels.append(target["label"])
    assert np.corrcoef(found, labels)[0, 1] > 0.74
