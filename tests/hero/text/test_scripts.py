from __future__ import annotations

from kairo.hero.text.scripts import pieces


def test_scripts_without_spaces_split_into_units() -> None:
    assert pieces("万年筆のインク") == ["万年", "年筆", "インク"]
    assert pieces("ทดส") == ["ทด", "ดส"]
