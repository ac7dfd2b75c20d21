"""What people say of a reading is kept beside what the program said, one change a row, and nobody overwrites what he has not seen."""

from __future__ import annotations

import threading
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from made import Said, reading

from reportedly.errors import BadInput, BadReading, Conflict, LedgerBusy
from reportedly.ledger import accounts, corrections, listing
from reportedly.ledger.corrections import Change, Edit
from reportedly.ledger.results import Query
from reportedly.ledger.store import Ledger
from reportedly.values import Source, Span

if TYPE_CHECKING:
    from pathlib import Path

    from sqlalchemy import Connection

    from reportedly.ledger.corrected import Corrected

ONE = reading(
    Said("Ana Moreno", "the bridge must close", score=0.4), Said("an officer", "nobody was hurt", identity="anonymous", via=("Harbour Radio",)), Said("Piet Vos", "ferries will run"), url="https://quay.example/bridge"
)
A1, A2, A3 = ONE.attributions


def load(ledger: Ledger) -> Corrected:
    found = ledger.ask(lambda c: corrections.load(c, ONE.article.id))
    assert found is not None
    return found


def record(ledger: Ledger, *changes: Change, seen: int = 0, who: str = "eva") -> corrections.Done:
    return ledger.change(lambda c: corrections.record(c, [Edit(ONE.article.id, seen, changes)], who))


def test_the_programs_answer_stays_beside_the_persons(ledger: Ledger) -> None:
    """A change of words, source and codes holds; what the program said, its score, who and when are kept."""
    ledger.add(ONE)
    start = ONE.article.text.index("must close")
    wanted = replace(A1, content_spans=(Span(start, start + 10),), source="s4", manner="direct", factuality="PS+", stance="distances")
    record(ledger, Change("a1", "changed", wanted))
    now = load(ledger)
    assert now.reading.attributions[0] == replace(wanted, score=1.0)
    state = now.state("a1")
    assert state is not None
    assert (state.program, state.who, state.verdict, now.program) == (A1, "eva", "changed", ONE)
    assert state.at.endswith("Z")
    assert ledger.reading(ONE.article.id) == ONE


def test_what_is_looked_up_follows_and_still_fits(ledger: Ledger) -> None:
    """Search finds what holds now and no longer what does not; the check of the ledger agrees; undoing brings all back."""
    ledger.add(ONE)
    start = ONE.article.text.index("ferries")
    record(ledger, Change("a2", "rejected"), Change("a3", "changed", replace(A3, content_spans=(Span(start, start + 7),), manner="direct")))
    assert ledger.search(Query(words="nobody")) == ()
    assert [s.content for s in ledger.search(Query(words="ferries", manner="direct"))] == ["ferries"]
    assert list(ledger.check()) == []
    ledger.change(lambda c: corrections.undo(c, ONE.article.id, 1, "eva"))
    assert [s.attribution for s in ledger.search("nobody")] == ["a2"]
    ledger.change(lambda c: corrections.undo(c, ONE.article.id, 2, "eva"))
    assert load(ledger).reading == ONE
    assert list(ledger.check()) == []
    assert [c.undone for c in load(ledger).history] == [True, True, False, False]


def test_undoing_goes_back_step_by_step(ledger: Ledger) -> None:
    """Of two changes of one thing the later is undone first; the earlier one then holds, and the same is not undone twice."""
    ledger.add(ONE)
    record(ledger, Change("a1", "changed", replace(A1, manner="direct")))
    record(ledger, Change("a1", "rejected"), seen=1)
    with pytest.raises(Conflict):
        ledger.change(lambda c: corrections.undo(c, ONE.article.id, 1, "eva"))
    ledger.change(lambda c: corrections.undo(c, ONE.article.id, 2, "eva"))
    assert load(ledger).reading.attributions[0].manner == "direct"
    with pytest.raises(Conflict):
        ledger.change(lambda c: corrections.undo(c, ONE.article.id, 2, "eva"))
    with pytest.raises(BadInput):
        ledger.change(lambda c: corrections.undo(c, ONE.article.id, 99, "eva"))


def test_a_batch_is_undone_together(ledger: Ledger) -> None:
    """What was done in one go is taken back in one go."""
    ledger.add(ONE)
    done = record(ledger, *(Change(a.id, "rejected") for a in ONE.attributions))
    assert load(ledger).reading.attributions == ()
    ledger.change(lambda c: corrections.undo_batch(c, done.batch, "eva"))
    assert load(ledger).reading == ONE


def test_nobody_overwrites_what_he_has_not_seen(ledger: Ledger) -> None:
    """The second of two editors of one statement is told; of two statements both are written."""
    ledger.add(ONE)
    record(ledger, Change("a1", "rejected"), who="eva")
    with pytest.raises(Conflict, match="a1 by eva"):
        record(ledger, Change("a2", "accepted"), Change("a1", "accepted"), who="tom")
    assert load(ledger).state("a2") is None, "all or nothing"
    record(ledger, Change("a2", "accepted"), who="tom")
    assert [s.verdict for s in load(ledger).states] == ["rejected", "accepted"]


def test_ten_editors_lose_nothing(ledger: Ledger) -> None:
    """Editors who all change one statement at once: each change is written after the one that it saw, or refused."""
    ledger.add(ONE)
    wrote: list[int] = []
    unexpected: list[BaseException] = []

    def edit(who: str) -> None:
        left = 3
        while left:
            try:
                seen = load(ledger).revision
                wrote.append(record(ledger, Change("a1", "accepted"), seen=seen, who=who).revisions[ONE.article.id])
            except (Conflict, LedgerBusy):  # neither wrote anything: the history below would tell
                continue
            except BaseException as error:
                unexpected.append(error)
                return
            left -= 1

    threads = [threading.Thread(target=edit, args=(f"editor {n}",)) for n in range(10)]
    for t in threads:
        t.start()
    for t in threads:
        t.join()
    assert unexpected == []
    assert sorted(wrote) == list(range(1, 31))
    assert len(load(ledger).history) == 30


def test_writers_of_one_program_wait_for_each_other(ledger: Ledger) -> None:
    """Whoever writes while another thread does is written after it, however short the database's own waiting is."""
    ledger.add(ONE)
    begun, go_on = threading.Event(), threading.Event()
    order: list[str] = []

    def slow(connection: Connection) -> None:
        corrections.record(connection, [Edit(ONE.article.id, 0, (Change("a1", "accepted"),))], "eva")
        begun.set()
        go_on.wait(10)
        order.append("eva")

    def quick() -> None:
        record(ledger, Change("a2", "accepted"), who="tom")
        order.append("tom")

    threads = [threading.Thread(target=ledger.change, args=(slow,)), threading.Thread(target=quick)]
    threads[0].start()
    assert begun.wait(10)
    threads[1].start()
    threads[1].join(0.3)
    assert order == []
    go_on.set()
    for t in threads:
        t.join()
    assert order == ["eva", "tom"]
    assert [c.who for c in load(ledger).history] == ["eva", "tom"]


def test_a_busy_ledger_says_so_and_writes_nothing(tmp_path: Path) -> None:
    """Where another thread writes for longer than one has patience, nothing is written, and the same works afterwards."""
    with Ledger.open(tmp_path / "ledger.sqlite", patience=0.2) as made:
        made.add(ONE)
        begun, go_on = threading.Event(), threading.Event()
        long = threading.Thread(target=made.change, args=(lambda _: (begun.set(), go_on.wait(10)),))
        long.start()
        assert begun.wait(10)
        with pytest.raises(LedgerBusy, match="try again"):
            record(made, Change("a1", "accepted"))
        go_on.set()
        long.join()
        assert load(made).history == ()
        assert record(made, Change("a1", "accepted")).revisions == {ONE.article.id: 1}


def test_a_rejected_source_is_accepted_after_all(ledger: Ledger) -> None:
    """It comes back with the statements that were its own; it may also be changed at once."""
    ledger.add(ONE)
    source = ONE.sources[0]
    record(ledger, Change(source.id, "rejected"))
    gone = load(ledger)
    assert gone.taken_out == {source.id: source}
    assert gone.reading.attributions[0].source is None
    record(ledger, Change(source.id, "accepted"), seen=1)
    assert load(ledger).taken_out == {}
    assert load(ledger).reading == ONE
    record(ledger, Change(source.id, "rejected"), seen=2)
    record(ledger, Change(source.id, "changed", replace(source, kind="group")), seen=3)
    assert load(ledger).reading.sources[0] == replace(source, kind="group")
    record(ledger, Change(source.id, "rejected"), seen=4)
    with pytest.raises(BadInput):
        record(ledger, Change(ONE.sources[-1].id, "merged", source), seen=5)
    assert list(ledger.check()) == []


def test_something_new_is_added(ledger: Ledger) -> None:
    """A source and a statement that the program missed; ids are given, and never twice."""
    text = ONE.article.text
    ledger.add(ONE)
    at = text.index("Bridge to close")
    (source,) = record(ledger, Change("", "added", Source("", (Span(at, at + 6),), "group", "unnamed", None, "Bridge"))).targets
    (new,) = record(ledger, Change("", "added", replace(A1, id="", source=source, content_spans=(Span(at, at + 15),))), seen=1).targets
    assert (source, new) == ("ps1", "p1")
    now = load(ledger)
    assert now.reading.attributions[0].id == "p1"
    assert [s.source for s in ledger.search(Query(source="bridge"))] == ["Bridge"]
    ledger.change(lambda c: corrections.undo(c, ONE.article.id, 1, "eva"))
    assert load(ledger).reading.attributions[0].source is None, "its source is gone"
    assert list(ledger.check()) == []
    assert record(ledger, Change("", "added", replace(A1, id="")), seen=3).targets == ("p2",)


SPAN = (Span(0, 3),)
BAD = [
    (Change("a9", "accepted"), "no a9"),
    (Change("a9~elsewhere/a1", "accepted"), "no a9~elsewhere/a1"),
    (Change("a1~nowhere", "accepted"), "no a1~nowhere"),
    (Change("a1~elsewhere/a1~origin", "changed"), "accepted or rejected"),
    (Change("a1", "changed"), "whole new value"),
    (Change("a1", "changed", replace(A1, content_spans=())), "needs its words"),
    (Change("a1", "changed", replace(A1, content_spans=(Span(0, 10**9),))), "outside the text"),
    (Change("a1", "changed", replace(A1, cue_spans=(Span(5, 5),))), "empty"),
    (Change("a1", "changed", replace(A1, content_spans=(Span(5, 9), Span(7, 12)))), "overlap"),
    (Change("a1", "changed", replace(A1, source="s99")), "no source s99"),
    (Change("a1", "changed", replace(A1, via=("s2", "s2"))), "once"),
    (Change("a1", "changed", replace(A1, via=("s1",))), "not the source itself"),
    (Change("a1", "changed", replace(A1, parent="a1")), "not inside itself"),
    (Change("s2", "changed", Source("s2", SPAN, "person", "anonymous", "Ana Moreno")), "has no name"),
    (Change("s2", "changed", Source("s2", SPAN, "person", "named", "Sergeant Brandt")), "not in the text"),
    (Change("s2", "changed", Source("s2", SPAN, "person", "named")), "needs its name"),
    (Change("s2", "changed", Source("s2", SPAN, "person", "unnamed", None, "an officer", "s2")), "speaks for another"),
    (Change("a1", "added", A1), "no id of its own"),
]


@pytest.mark.parametrize(("change", "words"), BAD, ids=[w for _, w in BAD])
def test_what_does_not_fit_the_text_is_refused(ledger: Ledger, change: Change, words: str) -> None:
    """Nothing that the text does not bear is written; above all no name that the text does not give."""
    ledger.add(ONE)
    with pytest.raises(BadInput, match=words):
        record(ledger, change)
    assert load(ledger).history == ()


def test_a_source_is_accepted_or_rejected(ledger: Ledger) -> None:
    """A rejected source is none: its statements have no source then, and have it again when that is taken back."""
    ledger.add(ONE)
    record(ledger, Change("s1", "accepted"))
    assert load(ledger).reading == ONE
    record(ledger, Change("s1", "rejected"), seen=1)
    now = load(ledger).reading
    assert "s1" not in {s.id for s in now.sources}
    assert "s1" not in {v for a in now.attributions for v in (a.source, *a.via)}
    ledger.change(lambda c: corrections.undo(c, ONE.article.id, 2, "eva"))
    assert load(ledger).reading == ONE


def test_a_removed_article_takes_its_corrections_and_leaves_the_log(ledger: Ledger) -> None:
    """Corrections hang on their article; who did what is kept."""
    ledger.add(ONE)
    record(ledger, Change("a1", "rejected"))
    ledger.remove(ONE.article.id)
    assert ledger.ask(lambda c: corrections.load(c, ONE.article.id)) is None
    with pytest.raises(BadInput, match="no article"):
        record(ledger, Change("a1", "rejected"))
    assert [(n.who, n.action, n.article) for n in ledger.ask(accounts.log)] == [("eva", "correct", ONE.article.id)]


def test_a_repair_keeps_what_people_said(ledger: Ledger) -> None:
    """Making everything anew from the readings counts the corrections in."""
    ledger.add(ONE)
    record(ledger, Change("a2", "rejected"))
    ledger.repair()
    assert ledger.search("nobody") == ()
    assert list(ledger.check()) == []


def test_what_nobody_looked_at_is_listed(ledger: Ledger) -> None:
    """The queue holds statements without a word of a person; the list of articles counts them."""
    ledger.add(ONE)
    record(ledger, Change("a1", "accepted"))
    assert {s.attribution for s in ledger.ask(listing.unreviewed)} == {"a2", "a3"}
    assert [s.attribution for s in ledger.ask(lambda c: listing.unreviewed(c, high=0.5))] == []
    (listed,) = ledger.ask(listing.newest)
    assert (listed.entry.article, listed.statements, listed.reviewed) == (ONE.article.id, 3, 1)
    assert ledger.ask(lambda c: listing.newest(c, before=listed.place)) == ()


def test_accounts_and_sessions(ledger: Ledger) -> None:
    """A token belongs to whoever entered until he leaves, gets a new password, or is removed."""
    ledger.change(lambda c: accounts.put(c, "eva", "editor", "hash", "console"))
    assert ledger.ask(accounts.count) == 1
    token = ledger.change(lambda c: accounts.enter(c, "eva"))
    held = ledger.ask(lambda c: accounts.present(c, token))
    assert held is not None
    assert (held.name, held.role) == ("eva", "editor")
    assert ledger.ask(lambda c: accounts.present(c, "forged \ud800 token")) is None
    ledger.change(lambda c: accounts.leave(c, token))
    assert ledger.ask(lambda c: accounts.present(c, token)) is None
    token = ledger.change(lambda c: accounts.enter(c, "eva"))
    ledger.change(lambda c: accounts.put(c, "eva", "reader", "other", "console"))
    assert ledger.ask(lambda c: accounts.present(c, token)) is None
    token = ledger.change(lambda c: accounts.enter(c, "eva"))
    assert ledger.change(lambda c: accounts.remove(c, "eva", "console"))
    assert ledger.ask(lambda c: accounts.present(c, token)) is None
    for name, role in (("", "reader"), (" x", "reader"), ("x" * 65, "reader"), ("tom", "king")):
        with pytest.raises(BadInput):
            ledger.change(lambda c, n=name, r=role: accounts.put(c, n, r, "hash", "console"))


def test_a_backup_holds_what_people_said(ledger: Ledger, tmp_path: Path) -> None:
    """Exported and imported elsewhere, the history is the same; corrections that do not fit are refused with their article's line."""
    ledger.add(ONE)
    record(ledger, Change("a2", "rejected"), Change("a1", "changed", replace(A1, manner="direct")))
    ledger.change(lambda c: corrections.undo(c, ONE.article.id, 1, "eva"))
    backup = tmp_path / "backup.jsonl"
    ledger.export(backup)
    with Ledger.open(tmp_path / "other.sqlite") as other:
        assert other.import_from(backup) == 1
        assert load(other) == load(ledger)
        assert list(other.check()) == []
        assert [s.attribution for s in other.search(Query(manner="direct"))] == ["a1"]
    for bad in (('"start":', '"start":9'), ('"revision": 2', '"revision": 7'), ('"verdict": "changed"', '"verdict": "loved"')):
        text = backup.read_text("utf-8")
        at = text.index('"corrections"')
        (tmp_path / "bad.jsonl").write_text(text[:at] + text[at:].replace(bad[0], bad[1]).replace(bad[0].replace('"', chr(92) + '"'), bad[1].replace('"', chr(92) + '"')), "utf-8")
        with Ledger.open(tmp_path / f"bad{bad[1][-3:].strip(chr(34))}.sqlite") as other, pytest.raises(BadReading):
            other.import_from(tmp_path / "bad.jsonl")
