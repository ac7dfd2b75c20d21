"""Sphinx settings. Build: `sphinx-build -W -n -b html docs docs/_build/html`; no network is needed."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "src"))

from reportedly import __version__

project = "reportedly"
author = "The reportedly authors"
copyright = f"2026, {author}"
version = release = __version__

extensions = ["myst_parser", "sphinx.ext.autodoc"]
exclude_patterns = ["_build"]
default_role = "code"  # the docstrings of the package set names in single backticks
myst_heading_anchors = 3

html_theme = "furo"
html_title = f"reportedly {version}"
html_copy_source = False

autodoc_mock_imports = ["numpy"]  # only the reader needs it, and only to run
autodoc_member_order = "bysource"
autodoc_typehints = "signature"
python_use_unqualified_type_names = True
python_maximum_signature_line_length = 100
# Types of the standard library, which is not linked, and those that are no part of the documented surface.
suppress_warnings = ["ref.python"]  # a short name that two modules have, such as Embedder
nitpick_ignore_regex = [("py:.*", r"(?!reportedly\.).*"), ("py:.*", r"reportedly\.reader\.pipeline\.Model")]
