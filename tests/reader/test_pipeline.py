"""The reader as a whole: the same reading whatever stands around the article, and none that fails."""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import threading

import pytest
from conftest import EXAMPLE
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import reportedly
from reportedly import Reader, wire
from reportedly.values import Reading, Span

STORIES = [
    "The bridge must close, the mayor said on Monday. “It is not safe,” she told reporters.",
    "According to the union, 40 jobs will go. The company denied it.",
    EXAMPLE.read_text("utf-8"),
    "Rain fell on the valley all day.",
    "‘We won’t sign,’ said the farmers’ leader. ‘Not this year.’",
]


def articles(count: int = 1) -> list[reportedly.Article]:
    return [reportedly.article(story, as_is=True) for story in STORIES] * count


def test_an_article_reads_identically_alone_in_batches_and_with_any_number_of_threads() -> None:
    """Alone, in a batch of others, on one thread or on four: the same bytes."""
    alone = [wire.dumps(Reader(threads=1).read(a)) for a in articles()]
    for threads in (1, 2, 4):
        batch = [wire.dumps(r) for r in Reader(threads=threads).read_many(articles(3))]
        assert batch == alone * 3
    backwards = [wire.dumps(r) for r in Reader(threads=2).read_many(articles()[::-1])]
    assert backwards == alone[::-1]


def test_an_article_reads_identically_in_every_run_of_the_program() -> None:
    """Nothing hangs on the order of a set, which differs from run to run."""
    code = f"import reportedly; print(reportedly.read({str(EXAMPLE)!r}).to_json())"
    runs = [subprocess.run([sys.executable, "-c", code], env=os.environ | {"PYTHONHASHSEED": seed}, capture_output=True, check=True).stdout for seed in ("1", "2", "3")]
    assert runs[0] == runs[1] == runs[2]


def test_one_reader_serves_several_threads(reader: Reader) -> None:
    """Threads that share a reader get what each would get alone."""
    expected = [wire.dumps(reader.read(a)) for a in articles()]
    found: dict[int, list[bytes]] = {}
    threads = [threading.Thread(target=lambda k=k: found.update({k: [wire.dumps(reader.read(a)) for a in articles()]})) for k in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert all(found[k] == expected for k in range(4))


def spans(reading: Reading) -> list[Span]:
    return [s for a in reading.attributions for s in (*a.source_spans, *a.cue_spans, *a.content_spans)]


PARTS = st.sampled_from(["“", "”", '"', "'", "‘", "’", "\n\n", "\r\n", "\xa0", "👩‍🚒", "é", "\0", "\ud800", " said ", "the mayor", " according to ", "He told me ", ": ", " — ", "."])


@settings(max_examples=80, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow], deadline=None)
@given(st.one_of(st.text(max_size=300), st.lists(st.one_of(PARTS, st.text(max_size=8)), max_size=40).map("".join)))
def test_any_string_is_read_as_it_is(reader: Reader, text: str) -> None:
    """For any string: no error, offsets inside the text, spans in order, probabilities, the same output twice."""
    reading = reportedly.read(text if "\n" in text else text + "\n", as_is=True, reader=reader)
    length = len(reading.article.text)
    assert length == len(text if "\n" in text else text + "\n")
    for a in reading.attributions:
        assert a.content_spans
        assert list(a.content_spans) == sorted(a.content_spans)
        assert 0 <= a.score <= 1
    assert all(0 <= s.start < s.end <= length for s in spans(reading))
    starts = [min(s.start for s in (*a.source_spans, *a.cue_spans, *a.content_spans)) for a in reading.attributions]
    assert starts == sorted(starts)
    ids = {s.id for s in reading.sources}
    assert {a.source for a in reading.attributions if a.source} <= ids
    assert {v for a in reading.attributions for v in a.via} <= ids
    assert all(0 <= m.start < m.end <= length for s in reading.sources for m in s.mentions)
    assert {a.parent for a in reading.attributions if a.parent} <= {a.id for a in reading.attributions}
    again = reportedly.read(text if "\n" in text else text + "\n", as_is=True, reader=reader)
    assert wire.dumps(again) == wire.dumps(reading)
    assert Reading.from_json(reading.to_json()) == reading


def test_nothing_said_is_an_empty_list(reader: Reader) -> None:
    """An article in which nobody says anything is no error."""
    reading = reader.read(reportedly.article("Rain fell on the valley all day. The river rose by a foot.", as_is=True))
    assert reading.attributions == ()
    assert reading.sources == ()


def test_a_long_text_is_read_whole_in_bounded_memory(reader: Reader) -> None:
    """A quarter of a megabyte is read to its end, and memory grows by less than 150 MB (`make bench` reads a whole one)."""
    story = EXAMPLE.read_text("utf-8")
    text = "\n\n".join([story] * (250_000 // len(story)))
    reportedly.read(story, as_is=True, reader=reader)  # the model is not what is measured
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    reading = reportedly.read(text, as_is=True, reader=reader)
    grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before  # KiB
    assert max(s.end for s in spans(reading)) > len(text) - len(story)
    assert grown < 150 * 1024


def test_a_failing_article_stops_the_stream_unless_somebody_listens(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without `on_error` a failure is raised; with it the others are still read."""
    reader = Reader(threads=2)
    bad = reportedly.article("A bad one, he said.", as_is=True)
    real = Reader.read
    monkeypatch.setattr(Reader, "read", lambda self, a, **k: 1 / 0 if a is bad else real(self, a, **k))
    stream = [articles()[0], bad, articles()[1]]
    with pytest.raises(ZeroDivisionError):
        list(reader.read_many(stream))
    told: list[object] = []
    assert len(list(reader.read_many(stream, on_error=lambda a, e: told.append((a, type(e)))))) == 2
    assert told == [(bad, ZeroDivisionError)]


def test_streams_are_not_swallowed_whole(reader: Reader) -> None:
    """Readings come out while articles still come in."""
    taken = 0

    def endless() -> object:
        nonlocal taken
        while True:
            taken += 1
            yield articles()[0]

    stream = reader.read_many(endless())  # type: ignore[arg-type]
    for _ in range(3):
        next(stream)
    stream.close()
    assert taken < 20


def test_unpaired_marks_are_said(reader: Reader) -> None:
    """A mark without a partner gives a warning, and the article is read."""
    reading = reader.read(reportedly.article("“We will stay, the mayor said on Monday.\n\nShe said no more.", as_is=True))
    assert [w.code for w in reading.warnings] == ["unpaired-quotes"]
    assert reading.attributions
