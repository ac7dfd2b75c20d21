"""Asking for statements: by words, choices, time and figures, in the order of time."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

from sqlalchemy import bindparam, func, select, text

from reportedly.errors import BadInput
from reportedly.ledger import fulltext, moments, rows
from reportedly.ledger.asked import Asked, escaped, ready
from reportedly.ledger.results import Entry, Event, Number, Query, Statement
from reportedly.ledger.schema import articles, figures, readings, sources, via

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sqlalchemy import Connection, Row

    from reportedly.ledger.results import Order
    from reportedly.values import Reading

COLUMNS = """attributions.key AS key, attributions.article AS article, attributions.id AS id, attributions.parent AS parent, attributions.said_as AS said_as,
 attributions.cue AS cue, attributions.content AS content, attributions.manner AS manner, attributions.factuality AS factuality, attributions.stance AS stance,
 attributions.score AS score, attributions.said_from AS said_from, attributions.said_to AS said_to, attributions.said_by AS said_by,
 articles.id AS article_id, articles.outlet AS outlet, articles.title AS title, articles.url AS url, articles.agency AS agency, articles.published AS published, articles.version AS version,
 sources.name AS name, sources.description AS description, sources.kind AS kind, sources.identity AS identity"""
JOINED = " JOIN articles ON articles.key = attributions.article LEFT JOIN sources ON sources.key = attributions.source"
T = TypeVar("T")
MANY = 2_000  # figures above which it is quicker to walk the statements
MOST = 10_000  # statements in one answer, so that memory stays bounded


def search(connection: Connection, query: Query, *, order: Order = "newest", limit: int = 50, dated: bool = False) -> tuple[Statement, ...]:
    """Statements for which all of a query holds. `dated` leaves out those whose time is not known.

    Raises:
        BadInput: something asked for that cannot be.

    """
    asked = ready(query)
    full = fulltext.of(connection.dialect.name)
    bound: dict[str, Any] = {"limit": checked(limit)}
    if asked.wanted:
        source, key, conditions = full.source, full.key, [full.match]
        bound["asked"] = full.asked(asked.wanted)
    else:
        source, key, conditions = "attributions", "attributions.key", []
    conditions += _conditions(connection, asked, key, bound, dated=dated)
    where = f" WHERE {' AND '.join(conditions)}" if conditions else ""
    ordered = f" ORDER BY {key} {'DESC' if order == 'newest' else 'ASC'} LIMIT :limit"
    return statements(connection, connection.execute(text(f"SELECT {COLUMNS} FROM {source}{JOINED}{where}{ordered}"), bound).all())  # noqa: S608 - built of our own words


def of_article(connection: Connection, article: int, source: int | None = None) -> tuple[Statement, ...]:
    """Statements of one article, or of one of its sources, in the order of time."""
    one = " AND attributions.source = :source" if source is not None else ""
    command = f"SELECT {COLUMNS} FROM attributions{JOINED} WHERE attributions.article = :article{one} ORDER BY attributions.key"  # noqa: S608 - the same
    return statements(connection, connection.execute(text(command), {"article": article} | ({"source": source} if source is not None else {})).all())


def of_keys(connection: Connection, keys: Sequence[int]) -> dict[int, Statement]:
    """Statements by key."""
    if not keys:
        return {}
    command = text(f"SELECT {COLUMNS} FROM attributions{JOINED} WHERE attributions.key IN :keys").bindparams(bindparam("keys", expanding=True))  # noqa: S608 - the same
    found = [row for some in chunks(list(keys)) for row in connection.execute(command, {"keys": some})]
    return dict(zip([row.key for row in found], statements(connection, found), strict=True))


def happened(connection: Connection, query: Query, *, order: Order = "oldest", limit: int = 50) -> tuple[Event, ...]:
    """What is said to have happened, in the order of when it did; `since` and `until` are about that."""
    asked = ready(Query(words=query.words, source=query.source, outlet=query.outlet, factuality=query.factuality, manner=query.manner, stance=query.stance, figure=query.figure, min_score=query.min_score))
    bounds = ready(Query(since=query.since, until=query.until))
    bound: dict[str, Any] = {"limit": checked(limit)}
    conditions = ["times.role = 'happened'", "times.earliest_at IS NOT NULL"]
    if asked.wanted or asked.figure or asked.min_score:
        full = fulltext.of(connection.dialect.name)
        inner = _conditions(connection, asked, full.key if asked.wanted else "attributions.key", bound, dated=False)
        if asked.wanted:
            inner.insert(0, full.match)
            bound["asked"] = full.asked(asked.wanted)
        joined = "JOIN articles ON articles.key = attributions.article"
        condition = f" WHERE {' AND '.join(inner)}" if inner else ""
        conditions.append(f"times.attribution IN (SELECT attributions.key FROM {full.source if asked.wanted else 'attributions'} {joined}{condition})")  # noqa: S608 - the same
    elif not query.versions:
        conditions.append("articles.current")
    for name, sign, key in (("low", ">=", bounds.low_key), ("high", "<=", bounds.high_key)):
        if key is not None:
            conditions.append(f"times.earliest_at {sign} :{name}_second")
            bound[f"{name}_second"] = moments.first_second(key) if name == "low" else moments.last_second(key)
    command = f"""SELECT times.attribution AS attribution, times.words AS words, times.value AS value, times.earliest AS earliest, times.latest AS latest,
 articles.id AS article_id, articles.outlet AS outlet, articles.title AS title, articles.url AS url
 FROM times JOIN articles ON articles.key = times.article WHERE {" AND ".join(conditions)}
 ORDER BY times.earliest_at {"ASC" if order == "oldest" else "DESC"}, times.article, times.place LIMIT :limit"""  # noqa: S608 - the same
    found = connection.execute(text(command), bound).all()
    told = of_keys(connection, [row.attribution for row in found if row.attribution is not None])
    return tuple(Event(row.earliest or row.value, row.latest, row.words, row.article_id, row.outlet, row.title, row.url, told.get(row.attribution)) for row in found)


def statements(connection: Connection, found: Sequence[Row[Any]]) -> tuple[Statement, ...]:
    """Rows with the chains and figures that belong to them."""
    chains: dict[int, list[str]] = {}
    said: dict[int, list[Number]] = {}
    for some in chunks([row.key for row in found]):
        passed = select(via.c.attribution, sources.c.name, sources.c.description, sources.c.id).join(sources, sources.c.key == via.c.source)
        for row in connection.execute(passed.where(via.c.attribution.in_(some)).order_by(via.c.attribution, via.c.place)):
            chains.setdefault(row.attribution, []).append(row.name or row.description or row.id)
    for some in chunks(sorted({row.article for row in found})):
        for row in connection.execute(select(figures).where(figures.c.article.in_(some), figures.c.attribution.is_not(None)).order_by(figures.c.article, figures.c.place)):
            said.setdefault(row.attribution, []).append(Number(row.words, row.value, row.comparator, row.high, row.unit))
    return tuple(_statement(row, tuple(chains.get(row.key, ())), tuple(said.get(row.key, ()))) for row in found)


def entry(connection: Connection, article: str) -> Entry | None:
    """One article's entry."""
    found = connection.execute(select(articles).where(articles.c.id == article)).first()
    return entries(connection, [found])[0] if found else None


def entries(connection: Connection, found: Sequence[Row[Any]]) -> list[Entry]:
    """Rows of articles with the copies of each."""
    same: dict[str, list[str]] = {}
    for some in chunks(sorted({row.text_digest for row in found})):
        for digest, other in connection.execute(select(articles.c.text_digest, articles.c.id).where(articles.c.text_digest.in_(some)).order_by(articles.c.key)):
            same.setdefault(digest, []).append(other)
    return [
        Entry(
            article=row.id, url=row.url, version=row.version, current=bool(row.current), outlet=row.outlet, title=row.title, byline=row.byline, agency=row.agency,
            published=row.published, added=str(moments.iso(row.added_at)), text_digest=row.text_digest, copies=tuple(c for c in same[row.text_digest] if c != row.id),
        )
        for row in found
    ]  # fmt: skip


def versions(connection: Connection, article: str) -> list[tuple[Entry, Reading]]:
    """All versions of the address of an article (given by id or by address), oldest first, with their readings."""
    own = select(articles.c.address).where(articles.c.id == article).scalar_subquery()
    which = (articles.c.address == func.coalesce(own, rows.address(article))) | (articles.c.id == article)
    found = connection.execute(select(articles).where(which).order_by(articles.c.version)).all()
    packed = dict(connection.execute(select(readings.c.article, readings.c.reading).where(readings.c.article.in_([row.key for row in found]))).all())
    return [(one, rows.unpack(packed[row.key])) for row, one in zip(found, entries(connection, found), strict=True)]


def reading(connection: Connection, article: str) -> Reading | None:
    """The reading of an article by id, or of the current version of an address."""
    which = (articles.c.id == article) | ((articles.c.address == rows.address(article)) & articles.c.current)
    packed = connection.execute(select(readings.c.reading).join(articles, articles.c.key == readings.c.article).where(which).limit(1)).scalar()
    return rows.unpack(packed) if packed is not None else None


def known(connection: Connection, ids: Iterable[str]) -> set[str]:
    """Which of some article ids are here."""
    return {found for some in chunks(sorted(set(ids))) for found in connection.execute(select(articles.c.id).where(articles.c.id.in_(some))).scalars()}


def ids_of(connection: Connection, url: str) -> list[str]:
    """Ids of all versions of an address, oldest first."""
    return list(connection.execute(select(articles.c.id).where(articles.c.address == rows.address(url)).order_by(articles.c.version)).scalars())


def checked(limit: int) -> int:
    """A limit that keeps an answer in memory.

    Raises:
        BadInput: below 1, or above `MOST`.

    """
    if not 1 <= limit <= MOST:
        raise BadInput(f"{limit} is no number of results: choose one from 1 to {MOST}; `reportedly ledger export` writes all there is.")
    return limit


def _conditions(connection: Connection, asked: Asked, key: str, bound: dict[str, Any], *, dated: bool) -> list[str]:
    out = []
    low = max(asked.low_key or 0, moments.DATED) if dated else asked.low_key
    for name, sign, value in (("low", ">=", low), ("high", "<=", asked.high_key)):
        if value is not None:
            out.append(f"{key} {sign} :{name}_key")
            bound[f"{name}_key"] = value
    if not asked.versions:
        out.append("articles.current")
    if asked.min_score:
        out.append("attributions.score >= :min_score")
        bound["min_score"] = asked.min_score
    if asked.figure:
        out.append(_figure(connection, asked, bound))
    return out


def _figure(connection: Connection, asked: Asked, bound: dict[str, Any]) -> str:
    """A stated number, or range, that meets the range asked for.

    Few such figures are looked up first; of many, statements are walked in the order of time until enough have one.
    """
    low, high = asked.figure or (None, None)
    bound |= {"figure_low": low, "figure_high": high}
    if low is None:
        number = ["low_number <= :figure_high"]
    elif high is None:
        number = ["low_number >= :figure_low", "high IS NOT NULL AND low_number < :figure_low AND high_number >= :figure_low"]
    else:
        number = ["low_number >= :figure_low AND low_number <= :figure_high", "high IS NOT NULL AND low_number < :figure_low AND high_number >= :figure_low"]
    unit = ""
    if asked.unit:
        unit = " AND (LOWER(unit) LIKE :unit ESCAPE '!' OR LOWER(words) LIKE :unit ESCAPE '!')"
        bound["unit"] = f"%{escaped(asked.unit)}%"
    probe = f"SELECT COUNT(*) FROM (SELECT 1 FROM figures WHERE {number[0]} LIMIT {MANY}) AS counted"  # noqa: S608 - built of our own words
    few = int(connection.execute(text(probe), {k: v for k, v in bound.items() if k in ("figure_low", "figure_high") and f":{k}" in number[0]}).scalar_one()) < MANY
    for name in ("figure_low", "figure_high"):
        if bound[name] is None:
            del bound[name]
    if few:
        each = " UNION ALL ".join(f"SELECT attribution FROM figures WHERE {n}{unit}" for n in number)  # noqa: S608 - the same
        return f"attributions.key IN ({each})"
    either = " OR ".join(f"({n})" for n in number)
    return f"EXISTS (SELECT 1 FROM figures WHERE figures.article = attributions.article AND figures.attribution = attributions.key AND ({either}){unit})"  # noqa: S608 - the same


def _statement(row: Row[Any], chain: tuple[str, ...], said: tuple[Number, ...]) -> Statement:
    return Statement(
        article=row.article_id, attribution=row.id, source=row.name or row.description or row.said_as, kind=row.kind, identity=row.identity, cue=row.cue, content=row.content,
        manner=row.manner, factuality=row.factuality, stance=row.stance, score=row.score, via=chain, parent=row.parent, said=moments.iso(row.said_from),
        said_until=moments.iso(row.said_to), said_by=row.said_by, figures=said, outlet=row.outlet, title=row.title, url=row.url, agency=row.agency, published=row.published, version=row.version,
    )  # fmt: skip


def chunks(values: list[T], size: int = 500) -> Iterable[list[T]]:
    """Pieces of a list that a database takes as parameters."""
    return (values[k : k + size] for k in range(0, len(values), size))
