"""Who is that? Every mention of a source is one source; what the text keeps apart stays apart."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import pytest

import reportedly
from reportedly.reader.attributions import Found
from reportedly.reader.quotes import find_quotations, manner
from reportedly.reader.sources import Voices
from reportedly.reader.sources.chain import chains
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
        ("The head of the yard, Kaja Lund, said no. Lund said it was late.", [("The head of the yard, Kaja Lund,", "said", "no"), ("Lund", "said", "it was late")], ["Kaja Lund", "Kaja Lund"]),
        ("The developer, Tarn Homes, said no. Tarn Homes said it was late.", [("The developer, Tarn Homes,", "said", "no"), ("Tarn Homes", "said", "it was late")], ["Tarn Homes", "Tarn Homes"]),
        ("Ana Ruiz arrived. The council met. The mayor, Ana Ruiz, said no. Ruiz left, she said.", [("The mayor, Ana Ruiz,", "said", "no"), ("she", "said", "Ruiz left")], ["Ana Ruiz", "Ana Ruiz"]),
        ("Danish diplomat Ola Berg said no. The diplomat said it was dark.", [("Danish diplomat Ola Berg", "said", "no"), ("The diplomat", "said", "it was dark")], ["Ola Berg", "Ola Berg"]),
        ("The Berg campaign said no. Ola Berg said yes.", [("The Berg campaign", "said", "no"), ("Ola Berg", "said", "yes")], ["The Berg campaign", "Ola Berg"]),
        ("One source said no. A second source said yes. The second source said so twice.", [("One source", "said", "no"), ("A second source", "said", "yes"), ("The second source", "said", "so twice")], ["One source", "A second source", "A second source"]),
        ("A source at the yard said no. They said it was late.", [("A source at the yard", "said", "no"), ("They", "said", "it was late")], ["A source at the yard", "A source at the yard"]),
        ("He said the bridge would fall.", [("He", "said", "the bridge would fall")], [None]),
        ("Lowell Shipping sold the boats. Merrin Dock Ltd bought them. The company said no.", [("The company", "said", "no")], ["The company"]),
        ("The Karsk Valley ferries are run by Lowe & Hart. The company said no.", [("The company", "said", "no")], ["Lowe & Hart"]),
        ("Ann Lee, a rower, met Eva Holt. The champion said no.", [("The champion", "said", "no")], ["The champion"]),
        ("One guard said no. A second guard said yes. “It broke,” the person said.", [("One guard", "said", "no"), ("A second guard", "said", "yes"), ("the person", "said", "“It broke,”")], ["One guard", "A second guard", "A second guard"]),
        ("The engineer said no. There is talk that a second engineer may speak. The engineer said it was late.", [("The engineer", "said", "no"), ("The engineer", "said", "it was late")], ["The engineer", "The engineer"]),
        ("Sheriff Ana Lamar said no. The witness saw it, she said.", [("Sheriff Ana Lamar", "said", "no"), ("she", "said", "The witness saw it")], ["Ana Lamar", "Ana Lamar"]),
        ("Tom Weir said no. Dan Ash said he knew. He said Ash had lied.", [("Tom Weir", "said", "no"), ("Dan Ash", "said", "he knew"), ("He", "said", "Ash had lied")], ["Tom Weir", "Dan Ash", "Tom Weir"]),
        ("His agent told the Beacon no.\n\n“He is done,” Piet Haan said.", [("His agent", "told", "no"), ("Piet Haan", "said", "“He is done,”")], ["Piet Haan", "Piet Haan"]),
        ("His agent told the Beacon no.\n\n“He is done,” said Piet Haan, a critic.", [("His agent", "told", "no"), ("Piet Haan", "said", "“He is done,”")], ["His agent", "Piet Haan"]),
        ("The Kent County Sheriff’s Office said that nobody would come before the morning.", [("The Kent County Sheriff’s Office", "said", "that nobody would come")], ["Kent County Sheriff’s Office"]),
        ("Iran’s Foreign Ministry said that nobody would come before the morning.", [("Iran’s Foreign Ministry", "said", "that nobody would come")], ["Foreign Ministry"]),
        ("St. Agnes police said that nobody would come before the morning.", [("St. Agnes police", "said", "that nobody would come")], ["St. Agnes police"]),
        ("WHO said no. The World Health Organization said yes.", [("WHO", "said", "no"), ("The World Health Organization", "said", "yes")], ["World Health Organization", "World Health Organization"]),
        ("Tom Farmer said no. Farmer said it was late.", [("Tom Farmer", "said", "no"), ("Farmer", "said", "it was late")], ["Tom Farmer", "Tom Farmer"]),
        ("Ida Lund MD said no. Lund said it was late.", [("Ida Lund MD", "said", "no"), ("Lund", "said", "it was late")], ["Ida Lund", "Ida Lund"]),
        ("Former BBC host and author Ida Lund said no.", [("Former BBC host and author Ida Lund", "said", "no")], ["Ida Lund"]),
        ("One critic, veteran radio host Dan Pell, said no. Pell said it was late.", [("One critic, veteran radio host Dan Pell,", "said", "no"), ("Pell", "said", "it was late")], ["Dan Pell", "Dan Pell"]),
        ("Mayor Ana Ruiz and Chief Tom Ward said no. Ruiz left. Ruiz and Ward said so twice. Ruiz said yes.", [("Mayor Ana Ruiz and Chief Tom Ward", "said", "no"), ("Ruiz and Ward", "said", "so twice"), ("Ruiz", "said", "yes")], ["Mayor Ana Ruiz and Chief Tom Ward", "Mayor Ana Ruiz and Chief Tom Ward", "Ana Ruiz"]),
        ("The Office of Roads and Bridges said that nobody would come before the morning.", [("The Office of Roads and Bridges", "said", "that nobody would come")], ["Office of Roads and Bridges"]),
        ("Judge bars file\n\nA county judge has barred a file. Justice Frank Nervo said no.", [("Judge", "bars", "file"), ("A county judge", "has barred", "a file"), ("Justice Frank Nervo", "said", "no")], ["Frank Nervo"] * 3),
        ("Officer quits\n\nAn officer told the Post it was over. Captain Ana Ruiz said no.", [("An officer", "told", "it was over"), ("Captain Ana Ruiz", "said", "no")], ["An officer", "Ana Ruiz"]),
        ("Officer quits post\n\nIt was over, Captain Ana Ruiz said.", [("Officer", "quits", "post"), ("Captain Ana Ruiz", "said", "It was over")], ["Ana Ruiz", "Ana Ruiz"]),
        ("Her lawyer, Ida Lund, said no. “My client left,” Lund said. Ana Ruiz said yes.", [("Her lawyer, Ida Lund,", "said", "no"), ("Lund", "said", "“My client left,”")], ["Ida Lund", "Ida Lund"]),
        ("The Ven. Ana Ruiz said no. Ruiz said it was late.", [("The Ven. Ana Ruiz", "said", "no"), ("Ruiz", "said", "it was late")], ["Ana Ruiz", "Ana Ruiz"]),
        ("I think it was late. Ana Ruiz said I was wrong. I said no.", [("I", "think", "it was late"), ("Ana Ruiz", "said", "I was wrong"), ("I", "said", "no")], [None, "Ana Ruiz", None]),
        ("A nurse who asked not to be named said no.\n\n“It is done,” Ida Haan said.", [("A nurse who asked not to be named", "said", "no"), ("Ida Haan", "said", "“It is done,”")], ["A nurse who asked not to be named", "Ida Haan"]),
        ("Residents of Low Ferring said no.", [("Residents of Low Ferring", "said", "no")], ["Residents of Low Ferring"]),
        ("It was late at the yard. The National Assembly of Ferry Cooks said no to all of them.", [("The National Assembly of Ferry Cooks", "said", "no")], ["National Assembly of Ferry Cooks"]),
        ("The council met. Dellmouth Council said no.", [("Dellmouth Council", "said", "no")], ["Dellmouth Council"]),
        ("Ayr, a driver, waited. Ayr is a town too, the council said.", [("the council", "said", "Ayr is a town too")], ["the council"]),
        ("Asked about it again, the Wool and Cloth Administration said no. On the next day the Bell Centers for Flood Control and Relief said so.", [("the Wool and Cloth Administration", "said", "no"), ("the Bell Centers for Flood Control and Relief", "said", "so")], ["Wool and Cloth Administration", "Bell Centers for Flood Control and Relief"]),
        ("The Harbor and Marsh Commission said no. The Harbor said yes.", [("The Harbor", "said", "yes")], ["Harbor"]),
        ("Ilse “Tin” Marr said it works. Marr said it was old.", [("Ilse “Tin” Marr", "said", "it works"), ("Marr", "said", "it was old")], ["Ilse “Tin” Marr", "Ilse “Tin” Marr"]),
        ("Ardish film distributor Ovo Reels said it had paid.", [("Ardish film distributor Ovo Reels", "said", "it had paid")], ["Ovo Reels"]),
        ("At the two old mills by the river the Brome Weavers Society-Allied Mill Hands went on strike. BWS-AMH said it won.", [("BWS-AMH", "said", "it won")], ["Brome Weavers Society-Allied Mill Hands"]),
        ("Ilse Marr, 25, was there. Tom Grau was not. The 25-year-old said it was over.", [("The 25-year-old", "said", "it was over")], ["Ilse Marr"]),
        ("Tom Grau, 31, was there. Ilse Marr left. The 26-year-old said it was over.", [("The 26-year-old", "said", "it was over")], ["Ilse Marr"]),
        ("Odo and Ilse Marr said it works. The Marrs said it was old.", [("Odo and Ilse Marr", "said", "it works"), ("The Marrs", "said", "it was old")], ["Odo and Ilse Marr", "Odo and Ilse Marr"]),
        ("Odo Marr and Ilse Grau said it works. Odo and Ilse said yes. The two said no.", [("Odo Marr and Ilse Grau", "said", "it works"), ("Odo and Ilse", "said", "yes"), ("The two", "said", "no")], ["Odo Marr and Ilse Grau"] * 3),
        ("Abbot urges calm\n\nThe mayor of the town said it was over. On the next day Mayor Odo Marr said no.", [("The mayor of the town", "said", "it was over"), ("Mayor Odo Marr", "said", "no")], ["Odo Marr", "Odo Marr"]),
        ("Odo Marr hid. He and his teacher said it was late. Marr and other pupils said no.", [("He and his teacher", "said", "it was late"), ("Marr and other pupils", "said", "no")], ["He and his teacher", "Marr and other pupils"]),
        ("Odo Marr, known by his stage name Quill, was there. Quill said it was late.", [("Quill", "said", "it was late")], ["Odo Marr"]),
        ("The county prosecutors Odo Marr and Ilse Grau said it was late.", [("The county prosecutors Odo Marr and Ilse Grau", "said", "it was late")], ["Odo Marr and Ilse Grau"]),
        ("Ilse T. Marr was there. ITM said it was late.", [("ITM", "said", "it was late")], ["Ilse T. Marr"]),
        ("A report was read. The report states that it was late.", [("A report", "was read", "."), ("The report", "states", "that it was late")], ["A report", "A report"]),
        ("President Odo Marr said it was late. The vice president said no. The president said yes.", [("President Odo Marr", "said", "it was late"), ("The vice president", "said", "no"), ("The president", "said", "yes")], ["Odo Marr", "The vice president", "Odo Marr"]),
        ("Mayor Odo Marr said it was late. The next mayor said no. Deputy Mayor Ilse Grau said so. The mayor said yes.", [("Mayor Odo Marr", "said", "it was late"), ("The next mayor", "said", "no"), ("Deputy Mayor Ilse Grau", "said", "so"), ("The mayor", "said", "yes")], ["Odo Marr", "The next mayor", "Ilse Grau", "Odo Marr"]),
        ("Odo Marr said that businesses knew it. Businesses said no.", [("Odo Marr", "said", "that businesses knew it"), ("businesses", "knew", "it")], ["Odo Marr", "businesses"]),
        ("Hob and Quill said sales rose.", [("Hob and Quill", "said", "sales rose")], ["Hob and Quill"]),
    ],
)
def test_mentions_of_one_voice_are_one_source(text: str, said: list[tuple[str, str, str]], expected: Sequence[str | None]) -> None:
    """Names, surnames, initials, roles and pronouns lead to one source; a doubtful surname leads to neither."""
    assert who(text, *said) == list(expected)


def test_two_of_one_name_are_two_where_the_text_says_so() -> None:
    """Another of the same name is somebody else."""
    text = "Laura Pike said no. Another Laura Pike said yes."
    found = voices(text, ("Laura Pike", "said", "no"), ("Laura Pike", "said", "yes"))
    assert found.entities[0] is not found.entities[1]


def test_them_stands_for_nobody() -> None:
    """Whom a sentence speaks of besides its subject is not told by his number."""
    text = "The guards said no. The deckhands sold the boats and left them."
    assert [text[m.start : m.end] for m in only(text, ("The guards", "said", "no")).mentions] == ["The guards"]


def test_they_in_speech_are_the_only_group_of_the_sentence_before() -> None:
    """Where nobody can be meant they are somebody unknown, and never a document."""
    text = "A manager at the firm said colleagues had laughed. “They said no,” the manager said."
    assert who(text, ("A manager at the firm", "said", "colleagues had laughed"), ("They", "said", "no"), ("the manager", "said", "“They said no,”"))[1] == "colleagues"
    alone = "Ann Lee asked for the emails. “They told me no,” she said."
    assert who(alone, ("They", "told", "no"), ("she", "said", "“They told me no,”")) == [None, "Ann Lee"]


def test_what_an_inner_speaker_relates_may_be_about_himself() -> None:
    """"He" inside what Ray has said is Ray, though the quotation is another's."""
    text = "“Ray told me he had said no,” Dina Orr said."

    def span(words: str) -> tuple[Span, ...]:
        return (Span(text.index(words), text.index(words) + len(words)),)

    outer = Found(span("Dina Orr"), span("said."), span("“Ray told me he had said no,”"), "direct", 0.9)
    inner = Found(span("Ray"), span("told"), span("he had said no"), "indirect", 0.9, parent=0)
    innermost = Found(span("he"), span("had said"), span("no,”"), "indirect", 0.9, parent=1)
    found = Voices(text, [outer, inner, innermost], find_quotations(text))
    assert found.entities[2] is found.entities[1]


def test_first_person_in_speech_is_the_speaker() -> None:
    """Inside quotation marks I and my are mentions of the one who speaks, and she is not."""
    text = "“I lost my boat, and she laughed,” said the fisherman."
    source = only(text, ("the fisherman", "said", "“I lost my boat, and she laughed,”"))
    assert [text[m.start : m.end] for m in source.mentions] == ["I", "my", "the fisherman"]


def test_a_pronoun_that_may_be_either_of_two_is_nobodys() -> None:
    """Where two of one gender stand alike, a pronoun that is no source joins neither."""
    text = "Jon Vale met Per Lund and Ole Moe at the harbour. His boat had sunk, Jon Vale said. Lund and Moe said no."
    found = voices(text, ("Jon Vale", "said", "His boat had sunk"), ("Lund and Moe", "said", "no"))
    assert "His" not in {text[m.start : m.end] for s in found.sources() for m in s.mentions if s.name != "Jon Vale"}


def test_i_in_what_a_speaker_reports_is_the_speaker() -> None:
    """“They said that I lied,” is about the one whose quotation it is."""
    text = "“The owners said that I lied,” the skipper said."
    inner = Found((Span(1, 11),), (Span(12, 16),), (Span(17, 28),), "indirect", 0.9, parent=0)
    outer = Found((Span(31, 42),), (Span(43, 47),), (Span(0, 30),), "direct", 0.9)
    found = Voices(text, [outer, inner], find_quotations(text))
    skipper = next(s for s in found.sources() if s.description == "the skipper")
    assert "I" in {text[m.start : m.end] for m in skipper.mentions}


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
        ("Two banks", "", "unnamed", "group"),
        ("State harbour officials", "", "unnamed", "group"),
        ("Former and serving pilots who met here", "", "unnamed", "group"),
        ("Loyalists", "", "unnamed", "group"),
        ("Inga P. Moe", "", "named", "person"),
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


HIDDEN = [
    ("Anonymous {role} says it is late\n", "Anonymous {role}", "says"),
    ("{Role} who asked not to be named says it is late\n", "{Role} who asked not to be named", "says"),
    ("A {role}, speaking on condition of anonymity, said it is late. ", "A {role}, speaking on condition of anonymity,", "said"),
    ("The {role}, who asked not to be named, said it is late. ", "The {role}, who asked not to be named,", "said"),
    ("The weary {role} said it is late. The {role} spoke on condition of anonymity. ", "The weary {role}", "said"),
    ("The weary {role} said it is late. She asked not to be identified. ", "The weary {role}", "said"),
    ("An unnamed {role} said it is late.\n", "An unnamed {role}", "said"),
    ("A {role} said it is late, speaking on condition of anonymity.\n", "A {role}", "said"),
]
NAMED = [
    ("It is early, said {role} Ann Lee.\n", "{role} Ann Lee", "said"),
    ("The {role}, Ann Lee, said It is early. ", "The {role}, Ann Lee,", "said"),
    ("The {role} Ann Lee said It is early. ", "The {role} Ann Lee", "said"),
    ("{Role} Ann Lee left. It is early, Lee said. ", "Lee", "said"),
    ("It is early, said Ann Lee, 58, a {role}.\n", "Ann Lee, 58, a {role}", "said"),
    ("It is early, said Ann Lee, 58.\n", "Ann Lee, 58", "said"),
    ("Ann Lee is the {role}. It is early, Ann Lee said. ", "Ann Lee", "said"),
    ("Ann Lee, the {role}, said It is early. ", "Ann Lee, the {role},", "said"),
]


@pytest.mark.parametrize("role", ["doctor", "officer", "diplomat"])
@pytest.mark.parametrize("between", ["", "She left. ", "The {role} left.\n\n", "Ann Lee was there. The {role} was there too. "])
@pytest.mark.parametrize("first", ["hidden", "named"])
def test_no_rule_joins_a_name_and_one_that_is_withheld(role: str, between: str, first: str) -> None:
    """However the one without a name and the one with a name are called, and whoever comes first, they are two."""
    fill = lambda words: words.format(role=role, Role=role.capitalize())  # noqa: E731
    for hidden in HIDDEN:
        for named in NAMED:
            order = [(hidden, "it is late"), (named, "It is early")]
            order = order if first == "hidden" else order[::-1]
            text = fill(order[0][0][0] + between + order[1][0][0])
            found = voices(text, *((fill(how[1]), how[2], content) for how, content in order))
            told = {s.id: s for s in found.sources()}
            by = {how is hidden: told[found.id(e)] for (how, _), e in zip(order, found.entities, strict=True) if e is not None}
            assert (by[True].name, by[True].identity) == (None, "anonymous"), text
            assert (by[False].name, by[False].identity) == ("Ann Lee", "named"), text
            assert not set(by[True].mentions) & set(by[False].mentions), text


def test_part_of_a_name_may_stand_beside_what_withholds_the_rest() -> None:
    """A first name by which the text calls a source does not make it named, and leads to nobody who bears it in full."""
    text = "A nurse, Maria, who asked that her last name not be used, said it is late. Maria Keller, a nurse, said it is early. Maria said no more."
    assert who(text, ("A nurse, Maria, who asked that her last name not be used,", "said", "it is late"), ("Maria Keller, a nurse,", "said", "it is early")) == ["Maria", "Maria Keller"]
    assert only(text, ("A nurse, Maria, who asked that her last name not be used,", "said", "it is late")).identity == "anonymous"


def test_who_speaks_of_an_unnamed_man_is_not_one() -> None:
    """What somebody says of another withholds nothing of himself."""
    text = "Ann Lee, the mayor, left. The mayor said an unnamed man had called. The mayor said a clerk had asked not to be named."
    said = [("The mayor", "said", "an unnamed man had called"), ("The mayor", "said", "a clerk had asked not to be named")]
    assert who(text, *said) == ["Ann Lee", "Ann Lee"]


def test_a_spokesperson_speaks_for_somebody() -> None:
    """The principal is a source of its own, so that "what did the company say?" has an answer."""
    text = "A spokeswoman for Sound & Isles denied the story."
    found = voices(text, ("A spokeswoman for Sound & Isles", "denied", "the story"))
    spokeswoman, principal = found.sources()
    assert spokeswoman.speaks_for == principal.id
    assert principal.name == "Sound & Isles"


def test_hundreds_of_sources_take_linear_time() -> None:
    """A text with a thousand sources is worked out in seconds, and none of them is another."""
    names = [f"{a}{b}ra {c}ley" for a in ("An", "Bo", "Ca", "Di", "Ed", "Fa", "Gi", "Ho", "Ir", "Jo") for b in "abcdefghij" for c in ("Ash", "Brad", "Cow", "Dud", "Ever", "Far", "Grim", "Hand", "Ink", "Kel")]
    text = "\n\n".join(f"{name} said number {k} was right." for k, name in enumerate(names))
    started = time.process_time()
    found = voices(text, *((name, "said", f"number {k} was right") for k, name in enumerate(names)))
    assert time.process_time() - started < 20
    assert len({id(e) for e in found.entities}) == len(names)


ENDLESS = {
    "channels": ("Ann Lee", "wrote", "in an interview that through her lawyer the yard sank according to a secret paper"),
    "outlets": ("Ann Lee", "told", "Radio Selby and state radio that it sank"),
    "one surname": ("{}{} Smith", "said", "it sank"),
    "surnames alone": ("{}{} Smith, like Smith,", "said", "it sank"),
    "he": ("he", "said", "Bob Lee sank"),
    "they": ("they", "said", "the officials sank"),
    "withheld": ("the officer", "said", "on condition of anonymity that Officer Ann Lee sank"),
}


@pytest.mark.parametrize("kind", ENDLESS)
def test_a_sentence_without_end_takes_linear_time(kind: str) -> None:
    """Four times as many attributions in one sentence take some four times as long, not sixteen."""

    def took(count: int) -> float:
        text, found = "", []
        for k in range(count):
            spans = []
            for words in ENDLESS[kind]:
                start = len(text)
                text += words.format(chr(65 + k % 26), "abcdefghij"[k // 26 % 10] + "klmnopqrst"[k // 260 % 10])
                spans.append((Span(start, len(text)),))
                text += " "
            text += "and "
            found.append(Found(*spans, "indirect", 0.9))
        started = time.process_time()
        who_said = Voices(text, found, ())
        chains(text, found, who_said, None)
        who_said.sources()
        return time.process_time() - started

    took(50)
    assert min(took(480) for _ in range(2)) < 9 * took(120) + 0.2


@pytest.mark.parametrize(
    "text",
    ["Q: Are you sure?\n\nA: I am.\n\nQ: Why?\n\nA: She said so.", "SMITH: It works.\n\nJONES: It does not.\n\nSMITH: He would say that.", "“He said, ‘She said, “They said no,”’” said Ann Lee.", "He said he said he said it.", "Washington told Washington that Post told Post."],
)
def test_odd_texts_are_read(reader: reportedly.Reader, text: str) -> None:
    """Interviews, speech in speech in speech, names that are places and outlets: read, and no source is made up."""
    reading = reader.read(reportedly.article(text, as_is=True))
    assert {a.source for a in reading.attributions if a.source} <= {s.id for s in reading.sources}


@pytest.mark.parametrize(
    ("source", "kind"),
    [
        ("More than half of the voters", "group"),
        ("A copy of the ledger", "document"),
        ("One of the judges", "person"),
        ("Someone at the yard", "person"),
        ("No one", "group"),
        ("The court papers", "document"),
        ("Arden Mills, Inc.", "organisation"),
        ("Northfen.com", "outlet"),
        ("The Brome Sparrows", "organisation"),
    ],
)
def test_kinds_follow_what_a_phrase_is_about(source: str, kind: str) -> None:
    """A share is what the whole is; nobody in particular is a person; firms, sites and teams are told by their form."""
    assert only(f"{source} said it was over.", (source, "said", "it was over")).kind == kind


def test_what_somebody_is_said_to_be_describes_him_and_is_no_mention() -> None:
    """The description finds him again."""
    text = "Maria Keller is the treasurer. It was late. The treasurer said it was over."
    found = only(text, ("The treasurer", "said", "it was over"))
    assert found.name == "Maria Keller"
    assert [text[m.start : m.end] for m in found.mentions] == ["Maria Keller", "The treasurer"]


def test_a_dateline_is_no_source() -> None:
    """Agencies put the place before the first words."""
    assert who("BROME, Arden — The mayor said it was over.", ("BROME, Arden — The mayor", "said", "it was over")) == ["The mayor"]


def test_a_conjunction_before_a_source_is_no_part_of_its_description() -> None:
    """Where the encoder takes "But" into the source, the voice is not called so."""
    assert only("But a clerk at the mill said it was over.", ("But a clerk at the mill", "said", "it was over")).description == "a clerk at the mill"


def test_a_headline_in_capitals_adds_nothing_to_a_name() -> None:
    """What stands large before a name in a headline is no part of it, where the text itself has the name."""
    text = "Fiery Anton Brisk Scolds The Council\n\nAnton Brisk said it was over. Brisk said so twice."
    assert set(who(text, ("Anton Brisk", "said", "it was over"), ("Brisk", "said", "so twice"))) == {"Anton Brisk"}


def test_the_writer_is_one_voice() -> None:
    """Who says "I" outside quotation marks is the same all through a text, and nobody whom it quotes."""
    found = voices("I think it was late. “I left,” said Ana Ruiz, whom I know. I said no.", ("I", "think", "it was late"), ("Ana Ruiz", "said", "“I left,”"), ("I", "said", "no"))
    writer, quoted, again = found.entities
    assert writer is again is not quoted
    assert writer is not None
    assert len(writer.mentions) == 3


def test_we_of_the_page_is_one_voice_and_not_the_writer_alone() -> None:
    """Nor is it the "we" of somebody quoted."""
    found = voices("I think it was late. We hope to open. “We left,” said Ana Ruiz. We said no.", ("I", "think", "it was late"), ("We", "hope", "to open"), ("Ana Ruiz", "said", "“We left,”"), ("We", "said", "no"))
    writer, we, quoted, again = found.entities
    assert we is again
    assert we not in (writer, quoted, None)
