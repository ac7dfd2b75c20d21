"""One file a step; each says everything it needs, so that later changes elsewhere cannot change it."""
