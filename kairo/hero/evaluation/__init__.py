"""Measures how good the built-in engine is, against labelled data. Pure but for reading the data directory."""
