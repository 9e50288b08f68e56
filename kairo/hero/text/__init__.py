"""Text processing for any language: folding, tokens, languages, stems, taboos. Pure, and independent of boards."""
