import django.contrib.postgres.fields
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('core', '0005_row_security'),
    ]

    operations = [
        migrations.AddField(
            model_name='brand',
            name='handles',
            field=django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=200), blank=True, db_default=[], default=list, size=None),
        ),
        migrations.AddField(
            model_name='brand',
            name='product_names',
            field=django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=200), blank=True, db_default=[], default=list, size=None),
        ),
        migrations.AddField(
            model_name='brand',
            name='taboo_synonyms',
            field=models.JSONField(blank=True, db_default={}, default=dict),
        ),
    ]
