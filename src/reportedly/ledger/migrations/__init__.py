"""Steps from one shape of the tables to the next, run by alembic. A step that was released is never changed."""
