"""Asking: the same question gives the same answer in both databases."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

import pytest
from made import Said, reading
from places import database

from reportedly.errors import BadInput
from reportedly.ledger.results import Query
from reportedly.ledger.store import Ledger

if TYPE_CHECKING:
    from collections.abc import Iterator

READINGS = (
    reading(
        Said("Ana Moreno", "the bridge must close for 9 weeks", figures=(("9 weeks", "9", "=", None, "weeks"),), said=("on Monday", "2024-03-11")),
        Said("an officer", "the pier “is not safe”", identity="anonymous", via=("Harbour Radio",), manner="mixed", factuality="CT-", score=0.5),
        Said("Ana Moreno", "it may reopen in May", factuality="PS+", happened=("May", "2024-05")),
        url="https://quay.example/bridge",
    ),
    reading(
        Said("Señora Vélez", "between 40 and 60 % refused to pay", cue="claimed", stance="distances", figures=(("between 40 and 60 %", "40", "=", "60", "%"),)),
        Said("the officer", "refusing is a crime", identity="unnamed"),
        title="Toll strike",
        outlet="The Gull",
        published="2024-04-02T08:30:00+02:00",
        url="https://gull.example/toll",
    ),
    reading(Said("ANA MORENO", "nobody was asked", manner="direct"), title="Undated", outlet=None, published=None),
)


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def full(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ledger]:
    """One ledger for all that only ask."""
    place = tmp_path_factory.mktemp("full") / "ledger.sqlite" if request.param == "sqlite" else database(request.getfixturevalue("postgres"))
    with Ledger.open(place) as made:
        for one in READINGS:
            made.add(one)
        yield made


def found(ledger: Ledger, **query: object) -> list[str]:
    return [s.content for s in ledger.search(Query(**query))]


@pytest.mark.parametrize(
    ("query", "beginnings"),
    [
        ({}, ["between 40", "refusing", "the pier", "it may", "the bridge", "nobody"]),
        ({"words": "refuse"}, ["between 40", "refusing"]),
        ({"words": "REFUSED velez"}, ["between 40"]),
        ({"words": '"refused to pay"'}, ["between 40"]),
        ({"words": '"pay to refused"'}, []),
        ({"words": "bridge"}, ["the pier", "it may", "the bridge"]),
        ({"words": "“must close”"}, ["the bridge"]),
        ({"words": "re*"}, ["between 40", "refusing", "it may"]),
        ({"words": "toll OR strike"}, []),
        ({"words": "crime) OR (content:x*"}, []),
        ({"source": "moreno"}, ["it may", "the bridge", "nobody"]),
        ({"source": "Officer"}, ["refusing", "the pier"]),
        ({"source": "bridge"}, []),
        ({"outlet": "the gull"}, ["between 40", "refusing"]),
        ({"outlet": "gull"}, []),
        ({"factuality": "PS+"}, ["it may"]),
        ({"factuality": "CT-", "manner": "mixed"}, ["the pier"]),
        ({"manner": "direct"}, ["nobody"]),
        ({"stance": "distances"}, ["between 40"]),
        ({"figure": "9"}, ["the bridge"]),
        ({"figure": "9 weeks"}, ["the bridge"]),
        ({"figure": "9 men"}, []),
        ({"figure": "50"}, ["between 40"]),
        ({"figure": "50%"}, ["between 40"]),
        ({"figure": ">=10"}, ["between 40"]),
        ({"figure": "<10"}, ["the bridge"]),
        ({"figure": "8..45"}, ["between 40", "the bridge"]),
        ({"figure": "~8.5"}, ["the bridge"]),
        ({"since": "2024-04"}, ["between 40", "refusing"]),
        ({"since": "2024-04-02T06:30Z"}, ["between 40", "refusing"]),
        ({"since": "2024-04-02T06:32Z"}, []),
        ({"until": "2024-03-11"}, ["the bridge"]),
        ({"since": "2024-03-11", "until": "2024-03-12"}, ["the pier", "it may", "the bridge"]),
        ({"until": "1999"}, []),
        ({"min_score": 0.8, "words": "bridge"}, ["it may", "the bridge"]),
        ({"words": "bridge", "outlet": "The Gull"}, []),
    ],
)
def test_search(full: Ledger, query: dict[str, object], beginnings: list[str]) -> None:
    """Everything asked for must hold; the newest statement comes first, what has no date last."""
    assert sorted(b for c in found(full, **query) for b in beginnings if c.startswith(b)) == sorted(beginnings)
    assert len(found(full, **query)) == len(beginnings)


def test_order_and_limit(full: Ledger) -> None:
    """Newest first, oldest first, and only so many."""
    times = [s.said for s in full.search(limit=10)]
    assert times == [*sorted((t for t in times if t), reverse=True), None]
    assert [s.content for s in full.search(limit=2)] == [s.content for s in full.search()][:2]
    assert [s.content for s in full.search(order="oldest")] == [s.content for s in full.search()][::-1]
    for limit in (0, -1, 10**9):
        with pytest.raises(BadInput, match="number of results"):
            full.search(limit=limit)


def test_a_statement_carries_all_that_is_known_of_it(full: Ledger) -> None:
    """Source, chain, time and who gave it, figures, article."""
    (s,) = full.search("pier")
    assert (s.source, s.identity, s.via, s.manner, s.factuality, s.said_by) == ("an officer", "anonymous", ("Harbour Radio",), "mixed", "CT-", "published")
    assert (s.outlet, s.title, s.url, s.article, s.attribution) == ("The Quay", "Bridge to close", "https://quay.example/bridge", READINGS[0].article.id, "a2")
    (s,) = full.search("bridge close weeks")
    assert (s.said, s.said_until, s.said_by) == ("2024-03-11T00:00:00Z", "2024-03-11T23:59:59Z", "text")
    assert [(f.words, f.value, f.unit) for f in s.figures] == [("9 weeks", "9", "weeks")]


@pytest.mark.parametrize(
    "query",
    [{"words": "!!!"}, {"source": "…"}, {"since": "soon"}, {"until": "12/03/2024"}, {"since": "2024-13"}, {"factuality": "sure"}, {"manner": "loud"}, {"stance": "x"}, {"figure": "dozens"}, {"figure": ">"}],
)
def test_what_cannot_be_asked_is_said(full: Ledger, query: dict[str, str]) -> None:
    """One sentence that says how it is written."""
    with pytest.raises(BadInput, match=r": (write|choose)"):
        full.search(Query(**query))


def test_older_versions_are_asked_only_on_demand(ledger: Ledger) -> None:
    """What an article no longer says is found with `versions`."""
    url = "https://quay.example/a"
    ledger.add(reading(Said("Ana Moreno", "nine men fell"), url=url))
    ledger.add(reading(Said("Ana Moreno", "eight men fell"), url=url))
    assert found(ledger, words="men") == ["eight men fell"]
    assert len(found(ledger, words="men", versions=True)) == 2
    assert [v.statements for v in ledger.voices("Moreno").voices] == [1]


def test_timeline_begins_with_the_earliest_known(full: Ledger) -> None:
    """Oldest first; statements without any date are left out."""
    line = full.timeline()
    assert [s.content for s in line][:1] == ["the bridge must close for 9 weeks"]
    assert len(line) == 5
    assert [s.content for s in full.timeline("refuse")][-1] == "refusing is a crime"


def test_what_happened_when_and_who_says_so(full: Ledger) -> None:
    """Events by their own time, each with its statement."""
    (event,) = full.happened()
    assert (event.words, event.earliest, event.statement.source) == ("May", "2024-05", "Ana Moreno")
    assert full.happened("toll") == ()
    assert len(full.happened("reopen")) == 1
    assert full.happened(Query(until="2024-04")) == ()
    assert len(full.happened(Query(since="2024-05", min_score=0.1))) == 1


def test_a_named_source_is_one_across_articles(full: Ledger) -> None:
    """Capitals and articles make no difference to a name."""
    (moreno,) = full.voices("moreno").voices
    assert (moreno.name, moreno.identity, moreno.statements, moreno.articles, moreno.outlets) == ("Ana Moreno", "named", 3, 2, ("The Quay",))
    assert moreno.earliest == "2024-03-11T00:00:00Z"
    assert len(moreno.said) == 3
    assert [v.name for v in full.voices("velez").voices] == ["Señora Vélez"]
    (radio,) = full.voices("harbour radio").voices
    assert (radio.statements, radio.passed_on) == (0, 1)


def test_a_voice_without_a_name_stays_within_one_article(full: Ledger) -> None:
    """Two officers of two articles are never counted together; one is shown where the article is named."""
    both = full.voices("officer")
    assert both.voices == ()
    assert [(a.description, a.article) for a in both.accounts] == [("an officer", READINGS[0].article.id), ("the officer", READINGS[1].article.id)]
    (one,) = full.voices("officer", article=READINGS[0].article.id).voices
    assert (one.name, one.identity, one.article, one.statements, one.articles) == ("an officer", "anonymous", READINGS[0].article.id, 1, 1)
    assert full.voices("nobody of that name").accounts == ()
    with pytest.raises(BadInput, match="no article"):
        full.voices("officer", article="0" * 32)


def test_an_anonymous_voice_is_never_set_beside_a_name(ledger: Ledger) -> None:
    """Where a name fits, no anonymous source is shown, in any article and within one."""
    ledger.add(reading(Said("Officer Jonas Ruud", "the pier is safe"), Said("a fellow officer", "it is not", identity="anonymous"), title="One"))
    ledger.add(reading(Said("an officer", "he was warned", identity="anonymous"), title="Two"))
    answer = ledger.voices("officer")
    assert [v.name for v in answer.voices] == ["Officer Jonas Ruud"]
    assert answer.accounts == ()
    undetermined = reading(Said("Officer Ruud", "no", identity=None), Said("some officer", "yes", identity="anonymous"), title="Three")
    ledger.remove(ledger.search("safe")[0].article)
    ledger.add(undetermined)
    assert [v.name for v in ledger.voices("officer").voices] == ["Officer Ruud"]
    assert [v.identity for v in ledger.voices("officer", article=undetermined.article.id).voices] == [None]


def test_common_words_and_rare_choices_agree_with_a_plain_search(ledger: Ledger) -> None:
    """Three hundred statements asked in many ways give what going through them one by one gives."""
    chance = random.Random(7)
    said = []
    for n in range(60):
        some = [
            Said(
                chance.choice(["Ana Moreno", "Piet Vos", "Ida Kern"]), f"the {chance.choice(['yard', 'pier', 'ferry'])} costs {(value := chance.randrange(30))} crowns",
                manner=chance.choice(["direct", "indirect"]), factuality=chance.choice(["CT+", "CT+", "PS+"]), figures=((f"{value} crowns", str(value), "=", None, "crowns"),),
            )
            for _ in range(5)
        ]  # fmt: skip
        one = reading(*some, title=f"Report {n}", outlet=chance.choice(["The Quay", "The Gull"]), published=f"2024-{1 + n % 12:02}-{1 + n % 28:02}")
        ledger.add(one)
        said += [(s, one.article) for s in some]
    for _ in range(25):
        low, word, outlet, manner, since = chance.randrange(30), chance.choice(["yard", "pier", "the"]), chance.choice([None, "The Quay"]), chance.choice([None, "direct"]), f"2024-{chance.randrange(1, 13):02}"
        expected = sorted(
            s.content for s, a in said if word in s.content.split() and int(s.figures[0][1]) >= low and outlet in (None, a.outlet) and manner in (None, s.manner) and a.published >= since
        )
        answer = ledger.search(Query(words=word, figure=f">={low}", outlet=outlet, manner=manner, since=since), limit=1000)
        assert sorted(s.content for s in answer) == expected
