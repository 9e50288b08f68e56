"""Step 10 of the engine: the texts of an opportunity, in the language of its evidence."""
