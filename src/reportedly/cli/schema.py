"""`reportedly schema`: what a reading looks like."""

from __future__ import annotations

import json

import typer

from reportedly import wire


def schema() -> None:
    """Print the JSON Schema of a reading, the output of `reportedly read --format json`."""
    typer.echo(json.dumps(wire.json_schema(), indent=2))
