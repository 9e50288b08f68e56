from django.db import migrations, models


class Migration(migrations.Migration):
    # Apart from the brand's columns: a transaction that locks both tables could deadlock with one that reads them in
    # the other order.

    dependencies = [
        ('core', '0006_brand_accounts_and_taboo_synonyms'),
    ]

    operations = [
        migrations.AddField(
            model_name='opportunity',
            name='angle_parts',
            field=models.JSONField(blank=True, db_default=[], default=list),
        ),
    ]
