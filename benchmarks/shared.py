"""Where the shared data and scorers lie: beside the checkout, or where REPORTEDLY_SHARED says."""

from __future__ import annotations

import os
from pathlib import Path

SHARED = Path(os.environ.get("REPORTEDLY_SHARED") or Path(__file__).resolve().parents[2] / "shared")
