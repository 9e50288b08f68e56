"""The evidence gates: hard checks that a brand's evidence passes before a board is generated.

A gate is one `Gate` in `quality_gates` or `usability_gates`. A new one needs three more entries: its code and
description in `kairo.hero.enums.GateCode`, its numbers in `thresholds`, and its row in docs/evidence.md. Tests check
the order of the codes and the numbers in the document.
"""
