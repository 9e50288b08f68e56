"""Measures the quality of the engine against labelled boards; docs/evaluation.md describes every measure."""
