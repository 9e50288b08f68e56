"""One language's sentences on scores and coverage a module."""
