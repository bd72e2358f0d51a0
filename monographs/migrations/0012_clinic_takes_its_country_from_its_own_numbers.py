"""A clinic whose numbers are written with a country code is in that country. All that was typed stays as it was."""

import phonenumbers
from django.db import migrations


def take_country(apps, schema_editor):
    for clinic in apps.get_model("monographs", "Clinic").objects.all():
        for number in (clinic.phone, clinic.urgent_number):
            if not number.strip().startswith("+"):
                continue
            try:
                parsed = phonenumbers.parse(number)
            except phonenumbers.NumberParseException:
                continue
            region = phonenumbers.region_code_for_number(parsed) or phonenumbers.region_code_for_country_code(
                parsed.country_code
            )
            if region in phonenumbers.SUPPORTED_REGIONS:
                clinic.country = region
                clinic.save(update_fields=("country",))
                break


class Migration(migrations.Migration):
    dependencies = [("monographs", "0011_clinic_country_and_one_number_a_field")]

    operations = [migrations.RunPython(take_country, migrations.RunPython.noop)]
