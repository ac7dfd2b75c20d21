"""Readings kept: one SQLite file, or PostgreSQL, with the same behaviour on both.

`store.Ledger` is the door. Nothing here knows how a reading was made; it takes readings and gives rows and readings back.
"""
