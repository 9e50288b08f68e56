from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.search import SearchVectorField
from django.db.models import Func, TextField
from django.db.models.functions import Cast


class EvidenceWords(Func):
    """A post's words as Postgres' full-text search knows them: what the index holds, written the same way."""

    function = "kairo_evidence_words"
    output_field = SearchVectorField()

    def __init__(self) -> None:
        super().__init__("title", "text_primary", "text_secondary", Cast("hashtags", ArrayField(TextField())))
