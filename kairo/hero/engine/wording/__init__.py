"""Step 10: an idea in words, in the language of its evidence, from its facts alone."""
