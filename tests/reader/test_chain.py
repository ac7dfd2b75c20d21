"""Through whom? Who stands between the page and a source, and speech inside speech."""

from __future__ import annotations

import pytest

import reportedly
from reportedly.reader import sources
from reportedly.reader.attributions import Found
from reportedly.reader.nested import with_nested
from reportedly.reader.quotes import find_quotations
from reportedly.values import Span


def chains(reader: reportedly.Reader, text: str, outlet: str | None = None) -> list[tuple[str | None, list[str | None]]]:
    """(source, those between), in the order of the text, by name or description."""
    reading = reader.read(reportedly.article(text, as_is=True, outlet=outlet))
    names = {s.id: s.name or s.description for s in reading.sources}
    return [(names.get(a.source or ""), [names[v] for v in a.via]) for a in reading.attributions]


@pytest.mark.parametrize(
    ("text", "chain"),
    [
        ("“The harbour is closed,” the pilot told Radio Selby on Monday.", ["Radio Selby"]),
        ("The pilot said in an interview with the Marrow Gazette that the harbour was closed.", ["Marrow Gazette"]),
        ("“The harbour is closed,” the pilot, Ann Lee, told Reuters.", ["Reuters"]),
        ("“The harbour is closed,” the pilot told The Inkwell.", ["Inkwell"]),
        ("“The harbour is closed,” the pilot told the broadcaster NRK on Monday.", ["NRK"]),
        ("In a statement carried by Radio Selby, the pilot said that the harbour was closed.", ["Radio Selby"]),
        ("The pilot said through a Greek interpreter that the harbour was closed.", ["a Greek interpreter"]),
        ("“The harbour is closed,” the pilot told the Valletta court on Monday.", []),
        ("The pilot said through an interpreter that the harbour was closed.", ["an interpreter"]),
        ("“The harbour is closed,” the pilot said on a show on Radio Selby.", ["Radio Selby"]),
        ("“The harbour is closed,” the pilot told WXKB on Monday.", ["WXKB"]),
        ("“The harbour is closed,” the pilot told the court.", []),
        ("“The harbour is closed,” the pilot told reporters.", []),
        ("The pilot said that the harbour was closed.", []),
    ],
)
def test_the_words_beside_a_cue_name_the_link(reader: reportedly.Reader, text: str, chain: list[str]) -> None:
    """An outlet, an interpreter; a court and reporters are no link."""
    found = chains(reader, text)
    assert [via for _, via in found] == [chain]


def test_the_page_itself_is_no_link(reader: reportedly.Reader) -> None:
    """What a source told the outlet whose page this is came to the page at first hand."""
    text = "“The harbour is closed,” the pilot told the Marrow Gazette on Monday."
    assert [via for _, via in chains(reader, text, outlet="The Marrow Gazette")] == [[]]
    assert [via for _, via in chains(reader, text, outlet="MG.com")] == [["Marrow Gazette"]]
    assert [via for _, via in chains(reader, text, outlet="Marrowgazette.com")] == [["Marrow Gazette"]]
    assert [via for _, via in chains(reader, text, outlet="Radio Selby")] == [["Marrow Gazette"]]
    assert [via for _, via in chains(reader, "“The harbour is closed,” the pilot told MG on Monday.", outlet="Marrow Gazette")] == [[]]


def test_an_earlier_occasion_is_no_way_for_long(reader: reportedly.Reader) -> None:
    """What somebody told an outlet last year says nothing of the way on which later statements came."""
    between = "The harbour lies on the west coast. It has forty berths, a lighthouse and a small yard where boats are mended in winter. Ferries leave twice a day for the islands, and more often in summer. "
    text = f"The pilot told Radio Selby last year that the harbour was closed. {between}The pilot said that the mayor was wrong."
    first, later = chains(reader, text)
    assert first[1] == ["Radio Selby"]
    assert later[1] == []


def test_an_account_keeps_its_link_and_never_lends_it(reader: reportedly.Reader) -> None:
    """Later sentences of the same source came the same way; another source's did not."""
    text = "The pilot told Radio Selby that the harbour was closed. The mayor said that it was open. The pilot added that the mayor was wrong."
    pilot, mayor, again = chains(reader, text)
    assert pilot[1] == again[1] == ["Radio Selby"]
    assert mayor[1] == []


def test_whom_a_quotation_speaks_of_is_first_sought_in_it(reader: reportedly.Reader) -> None:
    """"He" in a quotation is whom the speaker has just named, not a man of whom the page speaks."""
    text = "Miners Flee Harlan Voss’s Pit\n\nA worker has left Harlan Voss’s pit. “I went to the foreman to hand in my lamp,” the worker said. “He told me there could be a fine.”"
    assert chains(reader, text)[-1] == ("the foreman", ["A worker"])


def test_speech_inside_speech_has_its_own_source_and_the_outer_speaker_in_its_chain(reader: reportedly.Reader) -> None:
    """Told me: an attribution with a parent, through the one who tells it."""
    text = "“I went to the harbour master. He told me there could be a fine,” the pilot told Radio Selby."
    reading = reader.read(reportedly.article(text, as_is=True))
    outer, inner = reading.attributions
    assert (outer.parent, inner.parent) == (None, outer.id)
    assert inner.via == (*outer.via, outer.source)
    assert reading.quote(inner.content_spans).startswith("there could be a fine")
    assert all(any(o.start <= s.start and s.end <= o.end for o in outer.content_spans) for s in inner.content_spans)
    assert inner.source != outer.source


def test_what_a_speaker_thinks_is_not_a_second_voice(reader: reportedly.Reader) -> None:
    """Think and hope in speech say how sure the speaker is."""
    text = "“I think the harbour is closed,” the pilot said."
    reading = reader.read(reportedly.article(text, as_is=True))
    assert [a.parent for a in reading.attributions] == [None]


def test_another_channel_ends_a_link(reader: reportedly.Reader) -> None:
    """What somebody wrote himself did not come by the outlet that he had told something else."""
    text = "The pilot told Radio Selby that the harbour was closed. The pilot added that it was cold. On Twitter, the pilot wrote that the mayor was wrong. The pilot said that he was sorry."
    assert [via for _, via in chains(reader, text)] == [["Radio Selby"], ["Radio Selby"], [], []]


def test_whom_an_outlet_cites_is_a_voice_through_it(reader: reportedly.Reader) -> None:
    """One content, two attributions; reasons that are cited are no voice."""
    text = "The harbour will close in June, the Marrow Gazette reported on Monday, citing two people briefed on the plan."
    found = chains(reader, text)
    assert ("Marrow Gazette", []) in found
    assert ("two people briefed on the plan", ["Marrow Gazette"]) in found
    reasons = "The harbour will close in June, the Marrow Gazette reported on Monday, citing concerns about ice."
    assert all(source == "Marrow Gazette" for source, _ in chains(reader, reasons))


def ways(text: str, *said: tuple[str, str, str], outlet: str | None = None) -> list[list[str | None]]:
    """The chains of attributions that are given by their words: (source, cue, content), each after the one before."""
    at, found = 0, []
    for words in said:
        spans = [(Span(text.index(w, at), text.index(w, at) + len(w)),) for w in words]
        at = min(s.start for part in spans for s in part) + 1
        found.append(Found(spans[0], spans[1], spans[2], "indirect", 0.9))
    voices = sources.Voices(text, found, find_quotations(text))
    out = [[voices.id(e) for e in links] for links in sources.chains(text, found, voices, outlet)]
    names = {s.id: s.name or s.description for s in voices.sources()}
    return [[names[link] for link in links] for links in out]


def test_a_headline_has_the_chain_of_what_its_source_says_first() -> None:
    """The first statement below it tells how the words came to the page."""
    text = "Anna Beale fears floods\n\nAnna Beale told the Fen Courier that the dyke was weak. Beale said it would break."
    said = [("Anna Beale", "fears", "floods"), ("Anna Beale", "told", "that the dyke was weak"), ("Beale", "said", "it would break")]
    assert ways(text, *said) == [["Fen Courier"]] * 3


def test_an_interview_with_nobody_yet_has_the_outlet_that_is_named_next() -> None:
    """News often says only below who held the interview."""
    text = "Anna Beale praised the dyke in an interview on Sunday. “It will hold,” she told the Fen Courier."
    assert ways(text, ("Anna Beale", "praised", "the dyke"), ("she", "told", "“It will hold,”"))[0] == ["Fen Courier"]


def test_who_brought_a_document_to_light_stands_before_it() -> None:
    """Unless that is the page's own outlet."""
    text = "Maps, released by the monitoring group Highwater, show a breach."
    said = ("Maps, released by the monitoring group Highwater,", "show", "a breach")
    assert ways(text, said) == [["Highwater"]]
    assert ways(text, said, outlet="Highwater") == [[]]


def test_a_document_according_to_which_somebody_spoke_is_a_link() -> None:
    """A statement of his own would be none."""
    assert ways("The warden told callers that the dyke had gone, according to a recording of the calls.", ("The warden", "told", "that the dyke had gone")) == [["a recording"]]
    assert ways("The warden told callers that the dyke had gone, according to a statement.", ("The warden", "told", "that the dyke had gone")) == [[]]


def test_another_day_is_another_occasion() -> None:
    """What was told to an outlet before is then no longer the way."""
    text = "The warden told the Fen Courier that the dyke was weak. The warden said on Thursday that it had gone. The warden told the Fen Courier so."
    said = [("The warden", "told", "that the dyke was weak"), ("The warden", "said", "that it had gone")]
    assert ways(text, *said) == [["Fen Courier"], []]


def test_a_statement_that_others_issue_came_through_them() -> None:
    """A union, a lawyer, a family; members of a parliament are no outlet."""
    text = "In a statement issued by her union, Anna Beale said the dyke was safe."
    assert ways(text, ("Anna Beale", "said", "the dyke was safe")) == [["her union"]]
    assert ways("Anna Beale told MPs that the dyke was safe.", ("Anna Beale", "told", "that the dyke was safe")) == [[]]


def test_the_turns_of_a_transcript_came_by_what_stands_before_them(reader: reportedly.Reader) -> None:
    """Who held the interview is said above it."""
    text = "The warden Anna Beale gave an interview to Radio Selby. It went so:\n\nHOLT: Is it safe?\n\nBEALE: It is.\n\nHOLT: Still?\n\nBEALE: Still.\n"
    found = chains(reader, text)
    assert [via for source, via in found if source == "Anna Beale"] == [["Radio Selby"]] * 2


def test_a_content_that_its_cue_parts_is_read_again_as_one() -> None:
    """The subject stands before the cue, the verb behind it; the offsets are those of the text."""
    text = "His officials, he said, had told him that the money was safe."
    pieces = [Span(text.index(words), text.index(words) + len(words)) for words in ("His officials", "had told him that the money was safe")]
    found = with_nested(text, [Found((Span(15, 17),), (Span(18, 22),), tuple(pieces), "indirect", 0.9)], lambda _: [])
    child = next(f for f in found if f.parent is not None)
    assert [text[s.start : s.end] for s in (*child.source, *child.cue, *child.content)] == ["His officials", "had told", "that the money was safe"]


def test_whom_an_unknown_name_reports_citing_is_a_voice_through_it(reader: reportedly.Reader) -> None:
    """What reports and cites passes words on, whatever it is called."""
    found = chains(reader, "Ledgerline reported that the bank was closed, citing an official at the regulator.")
    assert ("an official at the regulator", ["Ledgerline"]) in found


@pytest.mark.parametrize(("source", "cue", "content"), [("you", "want", "to stay at home"), ("he", "had never had the slightest doubt about", "the picture"), ("he", "to say", "that it leaked"), ("the man", "accused of", "taking the picture")])
def test_what_nobody_says_inside_speech_is_left_out(source: str, cue: str, content: str) -> None:
    """What anybody may want, long cues before a thing, infinitives, what somebody is accused of."""
    words = f"Here {source} {cue} {content}."

    def read(part: str) -> list[Found]:
        return [Found(*((Span(part.index(w), part.index(w) + len(w)),) for w in (source, cue, content)), "indirect", 0.9)]

    text = f"Ann Lee said: “{words}”"
    outer = Found((Span(0, 7),), (Span(8, 13),), (Span(14, len(text)),), "direct", 0.9)
    assert len(with_nested(text, [outer], read)) == 1


def test_you_of_a_condition_is_nobody() -> None:
    """"If you want to see the lights" says what nobody wants; what you have said, or are asked, is yours."""
    for text, kept in (("If you want to see the lights, come early.", 0), ("You want to see the lights.", 1), ("When you said the lights were out, we left.", 1)):
        at = text.lower().index("you")
        cue = text.index("want") if "want" in text else text.index("said")
        found = Found((Span(at, at + 3),), (Span(cue, cue + 4),), (Span(cue + 5, cue + 22),), "indirect", 0.6)
        assert len(with_nested(text, [found], lambda _: [])) == kept
