"""Pages over a ledger, and the same as JSON: `app.create` makes the application, `reportedly serve` runs it."""
