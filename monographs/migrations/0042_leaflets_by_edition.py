from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("monographs", "0041_translations")]

    operations = [
        migrations.AddIndex("leaflet", models.Index(fields=["edition"], name="leaflet_by_edition")),
    ]
