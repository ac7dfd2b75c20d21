"""Many articles asked for at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from made import Said, reading

from reportedly.ledger import corrections, gathered
from reportedly.ledger.corrections import Change, Edit

if TYPE_CHECKING:
    from reportedly.ledger.store import Ledger

ONE = reading(Said("Ana Moreno", "the bridge must close for nine weeks"), Said("Piet Vos", "nobody asked the ferrymen"), title="News", url="https://quay.example/1")
TWO = reading(Said("Ana Moreno", "the bridge will close"), Said("Ana Moreno", "the bridge must close soon"), title="News", url="https://post.example/2", outlet="The Post")
A, B = ONE.article.id, TWO.article.id


def test_it_is_what_one_at_a_time_is(ledger: Ledger) -> None:
    """Readings as they stand now, statements and entries; what is not here is left out."""
    for one in (ONE, TWO):
        ledger.add(one)
    ledger.change(lambda c: corrections.record(c, [Edit(A, 0, (Change("a2", "rejected"),))], "eva"))
    held = ledger.ask(lambda c: gathered.load(c, [A, B, "nowhere"]))
    assert held == {a: ledger.ask(lambda c, a=a: corrections.load(c, a)) for a in (A, B)}
    assert [a.id for a in held[A].rejected] == ["a2"]
    told, entries = ledger.ask(lambda c: gathered.told(c, {(A, "a1"), (B, "a2"), (A, "a2"), ("nowhere", "a1")}))
    assert set(told) == {(A, "a1"), (B, "a2")}  # a2 of the first was rejected, and a2 of the second is another
    assert told[B, "a2"].content == "the bridge must close soon"
    assert entries == {a: ledger.entry(a) for a in (A, B)}


def test_articles_that_share_words(ledger: Ledger) -> None:
    """Counted by statements and questions, among the newest of each; words that nobody could look for ask nothing."""
    for one in (ONE, TWO):
        ledger.add(one)
    assert ledger.ask(lambda c: gathered.sharing(c, ["bridge close", "ferrymen asked"], each=20)) == {A: 2, B: 2}
    assert sum(ledger.ask(lambda c: gathered.sharing(c, ["bridge close"], each=1)).values()) == 1
    assert ledger.ask(lambda c: gathered.sharing(c, [], each=20)) == {}


def test_who_judged_a_statement_from_the_other_side(ledger: Ledger) -> None:
    """Articles whose own corrections name it, of its match or its origin; what was taken back and what only looks alike is left out."""
    for one in (ONE, TWO):
        ledger.add(one)
    for n, target in enumerate([f"a1~{A}/a1", f"a2~{A}/a2~origin", f"a1~{A}/a11"]):
        ledger.change(lambda c, n=n, target=target: corrections.record(c, [Edit(B, n, (Change(target, "accepted"),))], "eva"))
    ledger.change(lambda c: corrections.record(c, [Edit(A, 0, (Change(f"a1~{B}/a2", "rejected"),))], "eva"))

    def judging(article: str, statement: str) -> list[str]:
        return ledger.ask(lambda c: gathered.judging(c, article, statement))

    assert judging(A, "a1") == judging(A, "a2") == judging(A, "a11") == [B]
    assert judging(B, "a2") == [A]
    assert judging(B, "a1") == judging(A, "1") == judging(A, "%") == judging(A, "a_") == []
    ledger.change(lambda c: corrections.undo(c, B, 1, "eva"))
    assert judging(A, "a1") == []


def test_candidates_are_ranked(ledger: Ledger) -> None:
    """Those that share most first, never the one that asks, and no more than wanted."""
    three = reading(Said("Piet Vos", "the bridge must close soon"), title="News", url="https://lantern.example/3", outlet="The Lantern")
    for one in (ONE, TWO, three):
        ledger.add(one)
    wanted = ["bridge close", "close soon", "nine weeks"]
    assert set(ledger.ask(lambda c: gathered.candidates(c, wanted, but=A, each=20, most=5))) == {B, three.article.id}
    assert ledger.ask(lambda c: gathered.candidates(c, wanted, but=three.article.id, each=20, most=5)) == [B, A]
    assert ledger.ask(lambda c: gathered.candidates(c, wanted, but=three.article.id, each=20, most=1)) == [B]
    assert ledger.ask(lambda c: gathered.candidates(c, [], but=A, each=20, most=5)) == []
