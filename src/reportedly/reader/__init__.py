"""Article -> Reading: one module a question, and `pipeline` that puts them in order."""
