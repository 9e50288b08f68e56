from __future__ import annotations

from kairo.hero.dto import TabooTermDTO
from schema.ids import global_id
from schema.types.brand import Brand
from tests.hero.builders import brand


def test_taboo_terms_have_the_order_of_taboos_and_their_synonyms() -> None:
    dto = brand(taboos=("sugar", "salt"), taboo_terms=(TabooTermDTO(term="salt", synonyms=("brine",)),))
    shown = Brand.from_dto(dto)
    assert [(taboo.term, taboo.synonyms) for taboo in shown.taboo_terms] == [("sugar", []), ("salt", ["brine"])]
    assert shown.taboos == ["sugar", "salt"]


def test_brand_id_is_its_global_id() -> None:
    dto = brand()
    assert Brand.from_dto(dto).id == global_id("Brand", dto.id)
