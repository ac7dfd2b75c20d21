"""What goes out comes back where the form can be read, and each form says what it cannot hold."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from made import Said, reading

from data import load
from reportedly import export
from reportedly.export import brat, label_studio, prov, schema_org, table, training, web_annotation
from reportedly.values import Attribution, Reading, Span

ONE = reading(
    Said("Ana Moreno", "“the bridge\nmust close”", cue="said", manner="direct", score=0.4321),
    Said("an officer", "nobody was hurt 🙂", identity="anonymous", via=("Harbour Radio", "The Quay")),
    Said(None, "=SUM(A1)", factuality=None, stance=None),
    url="https://quay.example/bridge",
)


def spans_only(a: Attribution) -> Attribution:
    return replace(a, source=None, via=(), parent=None)


def test_web_annotations_come_back_whole() -> None:
    """Statements are at their places again with all their codes, source and chain."""
    assert web_annotation.read(web_annotation.write([ONE]), ONE.article.text, ONE.article.id) == web_annotation.Found(ONE.attributions, ())


def test_annotations_find_their_words_where_the_text_moved_and_never_a_look_alike() -> None:
    """Words that moved are found by what stands around them; words that are gone, or at several places, are orphaned."""
    data = web_annotation.write([ONE])
    moved = web_annotation.read(data, "A new first line.\n\n" + ONE.article.text, ONE.article.id)
    assert [ONE.article.text[s.start : s.end] for a in ONE.attributions for s in a.content_spans] == [("A new first line.\n\n" + ONE.article.text)[s.start : s.end] for a in moved.attributions for s in a.content_spans]
    gone = web_annotation.read(data, "x" + ONE.article.text.replace("nobody", "somebody"), ONE.article.id)
    assert "a2" in gone.orphaned
    twice = web_annotation.read(data, "z" + ONE.article.text + ONE.article.text, ONE.article.id)
    assert set(twice.orphaned) == {"a1", "a2", "a3"}


@pytest.mark.parametrize("form", [brat, label_studio])
def test_spans_and_codes_come_back(form) -> None:
    """Brat and Label Studio give back text, spans and codes; a span over a line's end comes back in two for brat."""
    text, found = form.read(form.write([ONE]))[ONE.article.id]
    assert text == ONE.article.text
    wanted = [spans_only(a) for a in ONE.attributions]
    if form is brat:
        at = text.index("\nmust")
        first, second = Span(wanted[0].content_spans[0].start, at), Span(at + 1, wanted[0].content_spans[0].end)
        wanted[0] = replace(wanted[0], content_spans=(first, second))
    assert list(found) == wanted


def test_chains_come_back() -> None:
    """PROV-O keeps the order of voices from the page to the source."""
    found = prov.chains(prov.write([ONE]))
    assert [found[f"urn:reportedly:{ONE.article.id}:a{n}"] for n in (1, 2, 3)] == [["Ana Moreno"], ["Harbour Radio", "The Quay", "an officer"], []]


def test_tables_come_back_and_run_nothing() -> None:
    """CSV gives its cells back; a spreadsheet gets no formula."""
    data = table.write([ONE])
    assert b"'=SUM(A1)" in data
    assert b",=SUM" not in data
    rows = table.read(data)
    assert [r["content"] for r in rows] == [ONE.quote(a.content_spans) for a in ONE.attributions]
    assert rows[1]["via"] == "Harbour Radio; The Quay"


def test_records_are_what_training_loads(tmp_path) -> None:
    """The loader of training/ reads them: text, and spans of source, cue and content."""
    path = tmp_path / "corrected.jsonl"
    path.write_bytes(training.write([ONE]))
    (record,) = load(path)
    first = record["attributions"][0]
    assert [record["text"][slice(*first[r][0])] for r in ("source", "cue", "content")] == ["Ana Moreno", "said", "“the bridge\nmust close”"]


def test_quotations_and_claims_come_back() -> None:
    """schema.org gives back words, whether they are direct, whom they are from, and the nearest through whom."""
    found = schema_org.read(schema_org.write([ONE]))
    page = "https://quay.example/bridge"
    assert [found[f"urn:reportedly:{ONE.article.id}:a{n}"] for n in (1, 2, 3)] == [
        schema_org.Told(page, True, "“the bridge\nmust close”", "Ana Moreno", None), schema_org.Told(page, False, "nobody was hurt 🙂", "an officer", "Harbour Radio"), schema_org.Told(page, False, "=SUM(A1)", None, None),
    ]  # fmt: skip


def test_schema_org_names_no_one_who_has_no_name() -> None:
    """An anonymous voice has a description and no name."""
    graph = json.loads(export.FORMATS["schema-org"].write([ONE]))["@graph"]
    voices = {n["@id"]: n.get("claimInterpreter") or n.get("spokenByCharacter") for n in graph}
    officer = voices[f"urn:reportedly:{ONE.article.id}:a2"]
    assert officer["description"] == "an officer"
    assert "name" not in officer
    assert [n["@type"] for n in graph] == ["NewsArticle", "Quotation", "Claim", "Claim"]


def test_every_form_says_what_it_cannot_hold() -> None:
    """In one sentence or two, for people."""
    assert all(f.cannot.endswith(".") and len(f.cannot) > 40 for f in export.FORMATS.values())


def test_some_statements_only() -> None:
    """What hangs on statements that are not wanted is not there, and nothing names it."""
    some = export.only(ONE, {"a2"})
    assert [a.id for a in some.attributions] == ["a2"]
    assert {s.id for s in some.sources} == {ONE.attributions[1].source, *ONE.attributions[1].via}


@given(st.text(max_size=60), st.text(min_size=1, max_size=60))
def test_any_text_can_be_written(title: str, content: str) -> None:
    """No text makes an export fail, and what can be read back is."""
    text = f"{title} {content}".replace("\r", " ").encode("utf-8", "replace").decode()
    a = Attribution("a1", None, (), (), (Span(0, len(text)),), "indirect", 0.5)
    odd = Reading(ONE.reader, replace(ONE.article, text=text), (), (a,))
    for form in export.FORMATS.values():
        assert isinstance(form.write([odd]), bytes)
    assert web_annotation.read(web_annotation.write([odd]), text, odd.article.id).attributions == (a,)
    assert label_studio.read(label_studio.write([odd]))[odd.article.id] == (text, (a,))
