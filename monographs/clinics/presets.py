"""What holds in a whole country: whom to call, and where to report side effects. A clinic begins with its country's."""

from typing import NamedTuple

from django.utils.translation import gettext_lazy as _


class Preset(NamedTuple):
    """By the names of the clinic's fields; "" where a country has no one line that everybody can call."""

    emergency_number: str
    crisis_lines: str
    reporting_name: str
    reporting_url: str
    reporting_address: str = ""


_EU = Preset("112", "", _("your country’s medicines agency"), "https://www.adrreports.eu/en/report_side_effect.html")
_EU_COUNTRIES = (
    *("AT", "BE", "BG", "CY", "CZ", "DE", "DK", "EE", "ES", "FI", "FR", "GR", "HR", "HU"),
    *("IT", "LT", "LU", "LV", "MT", "NL", "PL", "PT", "RO", "SE", "SI", "SK"),
)

# To be checked by each clinic at their owners' pages: samaritans.org, giveusashout.org, yellowcard.mhra.gov.uk; hse.ie,
# hpra.ie; 988lifeline.org, fda.gov/medwatch; Directive (EU) 2018/1972, article 109 (112). The EU has reserved 116 123
# for helplines (Decision 2007/698/EC) but not every country uses it, so a clinic there gives its own.
PRESETS = {
    "GB": Preset(
        "999",
        "Samaritans: 116 123\nShout, by text message: 85258",
        "Yellow Card scheme",
        "https://yellowcard.mhra.gov.uk/",
        "0800 731 6789",
    ),
    "IE": Preset(
        "112",
        "Samaritans: 116 123\nText About It, by text message: 50808",
        "Health Products Regulatory Authority (HPRA)",
        "https://www.hpra.ie/report",
        "01 676 4971",
    ),
    "US": Preset(
        "911",
        "988 Suicide & Crisis Lifeline: 988",
        "FDA MedWatch",
        "https://www.fda.gov/medwatch",
        "1-800-332-1088",
    ),
    **dict.fromkeys(_EU_COUNTRIES, _EU),
}
NOTHING = Preset("", "", "", "")


def preset_of(country: str) -> Preset:
    """Of the country with this code (ISO 3166-1 alpha-2); all "" for one that we know nothing of."""
    return PRESETS.get(country, NOTHING)
