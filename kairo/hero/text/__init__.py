"""Reading text of any language: folding, words, languages, stems, taboos. Pure; knows nothing of boards."""
