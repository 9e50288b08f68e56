from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('core', '0005_row_security'),
        ('evidence', '0006_row_security'),
    ]

    operations = [
        migrations.RemoveIndex(
            model_name='normalizedevidenceitem',
            name='evidence_brand_newest',
        ),
        migrations.AddIndex(
            model_name='normalizedevidenceitem',
            index=models.Index(models.F('brand'), models.OrderBy(models.F('published_at'), descending=True, nulls_last=True), models.F('id'), models.F('stored_at'), name='evidence_brand_newest_stored'),
        ),
    ]
