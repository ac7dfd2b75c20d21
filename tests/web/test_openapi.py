"""The description holds for whatever is sent: made-up requests never make the program fail, and its answers are as described."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import response_schema_conformance
from served import client_of

from reportedly.ledger.store import Ledger

if TYPE_CHECKING:
    from collections.abc import Iterator

    from starlette.applications import Starlette

pytestmark = [pytest.mark.filterwarnings("ignore::DeprecationWarning"), pytest.mark.filterwarnings("ignore:jsonschema")]


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Starlette]:
    with Ledger.open(tmp_path_factory.mktemp("openapi") / "ledger.sqlite") as ledger, client_of(ledger, hosts=(), rate=10**6, edits=10**6, entries=10**6) as client:
        yield client.app


def test_whatever_is_sent(app: Starlette) -> None:
    """No failure of the server, and JSON as described, for every operation."""
    schema = schemathesis.openapi.from_asgi("/openapi.json", app)
    operations = [found.ok() for found in schema.get_all_operations()]
    assert len(operations) > 20
    for operation in operations:

        @given(operation.as_strategy())
        @settings(max_examples=6, deadline=None, phases=[Phase.generate], suppress_health_check=list(HealthCheck), derandomize=True, database=None)
        def ask(case: schemathesis.Case) -> None:
            case.headers = {**(case.headers or {}), "Accept": "application/json"}
            case.call_and_validate(checks=[not_a_server_error, response_schema_conformance])

        ask()
