"""Whose time is it?"""

from __future__ import annotations
def placed(times, attributions, text):
    return times
