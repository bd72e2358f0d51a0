"""What is a telephone number in a clinic's words, what it dials, and what only looks like one."""

import re
from html import unescape

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from monographs.templatetags.leaflet_text import linked
from monographs.text.amounts.numbering_plans import ascii_digits
from monographs.text.amounts.telephones import pieces, read, shown_numbers

# (country, text, [(shown, href)])
NUMBERS = [
    ("GB", "999", [("999", "tel:999")]),
    ("GB", "999 or 112", [("999", "tel:999"), ("112", "tel:112")]),
    ("GB", "999/112", [("999", "tel:999"), ("112", "tel:112")]),
    ("GB", "999 (or 112 from a mobile)", [("999", "tel:999"), ("112", "tel:112")]),
    ("GB", "111, option 2", [("111", "tel:111")]),
    ("GB", "Call NHS 111.", [("111", "tel:111")]),
    ("GB", "NHS 24 on 111", [("111", "tel:111")]),
    ("GB", "Call 111 day or night", [("111", "tel:111")]),
    ("GB", "Call 111 24 hours a day", [("111", "tel:111")]),
    ("GB", "111, 24/7", [("111", "tel:111")]),
    ("GB", "111 24/7", [("111", "tel:111")]),
    ("GB", "111 (24/7)", [("111", "tel:111")]),
    ("GB", "01632 960100 (9am–5pm)", [("01632 960100", "tel:01632960100")]),
    ("GB", "01632 960100 (9-5)", [("01632 960100", "tel:01632960100")]),
    ("GB", "01632 960100 (08:00-18:00)", [("01632 960100", "tel:01632960100")]),
    ("GB", "(01632) 960100 (8.30-18.30, Mon)", [("(01632) 960100", "tel:01632960100")]),
    ("GB", "18001 111", [("18001 111", "tel:18001111")]),
    ("GB", "Samaritans: 116 123", [("116 123", "tel:116123")]),
    ("GB", "Samaritans 116123 free", [("116123", "tel:116123")]),
    ("GB", "Childline 0800 1111 24 hours", [("0800 1111", "tel:08001111")]),
    ("GB", "Childline 0800 1111 24/7", [("0800 1111", "tel:08001111")]),
    ("GB", "Childline 0800 1111, 9am-midnight", [("0800 1111", "tel:08001111")]),
    ("GB", "Text SHOUT to 85258", [("85258", "sms:85258")]),
    ("GB", "Shout, by text message: 85258", [("85258", "sms:85258")]),
    ("GB", "Text 07700 900123", [("07700 900123", "sms:07700900123")]),
    ("GB", "Call or text 07700 900123", [("07700 900123", "tel:07700900123")]),
    ("GB", "+44 (0)1632 960123", [("+44 (0)1632 960123", "tel:+441632960123")]),
    ("GB", "+44(0)1632960123", [("+44(0)1632960123", "tel:+441632960123")]),
    ("GB", "+44 01632 960123", [("+44 01632 960123", "tel:+441632960123")]),
    ("GB", "0044 1632 960123", [("0044 1632 960123", "tel:+441632960123")]),
    ("GB", "(01632) 960100", [("(01632) 960100", "tel:01632960100")]),
    ("GB", "01632–960–123", [("01632–960–123", "tel:01632960123")]),
    ("GB", "01632.960.123", [("01632.960.123", "tel:01632960123")]),
    ("GB", "07700 900123", [("07700 900123", "tel:07700900123")]),
    ("GB", "020 7946 0000, 020 7946 0001",
     [("020 7946 0000", "tel:02079460000"), ("020 7946 0001", "tel:02079460001")]),
    ("GB", "01632 960100 ext. 12", [("01632 960100 ext. 12", "tel:01632960100;ext=12")]),
    ("GB", "01632 960100 (ext 12)", [("01632 960100 (ext 12)", "tel:01632960100;ext=12")]),
    ("GB", "01632 960100x12", [("01632 960100x12", "tel:01632960100;ext=12")]),
    ("GB", "01632 960100, extension 1234", [("01632 960100, extension 1234", "tel:01632960100;ext=1234")]),
    ("GB", "01632 960100/101", [("01632 960100", "tel:01632960100")]),
    ("GB", "01632 960100 (111 when closed)", [("01632 960100", "tel:01632960100"), ("111", "tel:111")]),
    ("GB", "(0800 123456)", [("0800 123456", "tel:0800123456")]),
    ("GB", "Mon-Fri 9am–5pm 01632 960100", [("01632 960100", "tel:01632960100")]),
    ("GB", "Mon-Fri 9-17: 0800 123 456", [("0800 123 456", "tel:0800123456")]),
    ("GB", "0800 123 456 9-17", [("0800 123 456", "tel:0800123456")]),
    ("GB", "0800 123 456 8.30-18.30", [("0800 123 456", "tel:0800123456")]),
    ("GB", "0808 800 00 00 – 24 hours", [("0808 800 00 00", "tel:08088000000")]),
    ("GB", "0808 800 00 00 – 5pm", [("0808 800 00 00", "tel:08088000000")]),
    ("GB", "0800 123 456 – 9 to 5", [("0800 123 456", "tel:0800123456")]),
    ("GB", "111 – 24 hours a day", [("111", "tel:111")]),
    ("GB", "Call 111 to find your nearest Walk-in Centre", [("111", "tel:111")]),
    ("GB", "Go to 111 High Street or call 111", [("111", "tel:111")]),
    ("GB", "0800 111 999", [("0800 111 999", "tel:0800111999")]),
    ("GB", "+44 (0) 20 7946 0958", [("+44 (0) 20 7946 0958", "tel:+442079460958")]),
    ("GB", "0044 (0)20 7946 0958", [("0044 (0)20 7946 0958", "tel:+442079460958")]),
    ("GB", "01632 960100 / 07700 900123", [("01632 960100", "tel:01632960100"), ("07700 900123", "tel:07700900123")]),
    ("GB", "112/999/111", [("112", "tel:112"), ("999", "tel:999"), ("111", "tel:111")]),
    ("GB", "999&112", [("999", "tel:999"), ("112", "tel:112")]),
    ("DE", "Mo-Fr 08:30–18:30 Uhr, Tel. 030 / 12 34 56 78", [("030 / 12 34 56 78", "tel:03012345678")]),
    ("FR", "01 23 45 67 89 de 9h à 17h", [("01 23 45 67 89", "tel:0123456789")]),
    ("ES", "024 - 24 h", [("024", "tel:024")]),
    ("GB", "Since 1948: 0800 123456", [("0800 123456", "tel:0800123456")]),
    ("GB", "5 0800 123 456", [("0800 123 456", "tel:0800123456")]),
    ("GB", "Tel.01632 960100", [("01632 960100", "tel:01632960100")]),
    ("GB", "Tel/Fax: 01632 960124", [("01632 960124", "tel:01632960124")]),
    ("GB", "Fax: 01632 960124 Tel: 01632 960100", [("01632 960100", "tel:01632960100")]),
    ("GB", "01632 960 100\n0161 496 0123",
     [("01632 960 100", "tel:01632960100"), ("0161 496 0123", "tel:01614960123")]),
    ("GB", "٩٩٩", [("٩٩٩", "tel:999")]),
    ("GB", "اتصل بالرقم ١١١", [("١١١", "tel:111")]),
    ("GB", "خط المساندة: ١١٦ ١٢٣", [("١١٦ ١٢٣", "tel:116123")]),
    ("GB", "٠١٦٣٢ ٩٦٠١٠٠", [("٠١٦٣٢ ٩٦٠١٠٠", "tel:01632960100")]),
    ("GB", "+353 1 234 5678", [("+353 1 234 5678", "tel:+35312345678")]),
    ("IE", "(01) 234 5678", [("(01) 234 5678", "tel:012345678")]),
    ("DE", "030/123456", [("030/123456", "tel:030123456")]),
    ("DE", "(030) 123456-78", [("(030) 123456-78", "tel:03012345678")]),
    ("DE", "030 123456 Durchwahl 12", [("030 123456 Durchwahl 12", "tel:030123456;ext=12")]),
    ("DE", "116 117 oder 112", [("116 117", "tel:116117"), ("112", "tel:112")]),
    ("FR", "01.23.45.67.89", [("01.23.45.67.89", "tel:0123456789")]),
    ("FR", "01-23-45-67-89", [("01-23-45-67-89", "tel:0123456789")]),
    ("US", "911 or 988", [("911", "tel:911"), ("988", "tel:988")]),
    ("US", "(202) 555-0100", [("(202) 555-0100", "tel:2025550100")]),
    ("US", "1-800-273-8255 ext 3", [("1-800-273-8255 ext 3", "tel:18002738255;ext=3")]),
    ("US", "Text HOME to 741741", [("741741", "sms:741741")]),
    ("AU", "000, or Lifeline on 13 11 14", [("000", "tel:000"), ("13 11 14", "tel:131114")]),
    ("ES", "91 123 45 67", [("91 123 45 67", "tel:911234567")]),
    ("IT", "+39 06 1234 5678", [("+39 06 1234 5678", "tel:+390612345678")]),
]  # fmt: skip

NONE = [
    "", "ask at the desk", "24/7", "7/7", "365/24", "9-17", "9 - 17", "9am–5pm", "9.30am to 5pm", "Mon 8.30-18.30",
    "08.30 - 18.30", "08:30", "at 9.30", "from 08.30 to 18.30", "since 1948", "in 2026", "2025/26", "2026-12-01",
    "01.12.2026", "1. 12. 2026", "1/6/2028", "12/31/2026", "05-12-28", "500 mg", "5-10 mg", "10 000 units",
    "take 112 tablets", "999 mg", "111 micrograms", "999mg", "0.5 ml", "1,000", "1,000 mg", "112 days", "111 patients",
    "up to 999 people", "£999", "€112", "120/80", "37.5 °C", "111%", "NHS number: 943 476 5919", "NHS No. 0434765919",
    "NHS number 943-476-5919", "Charity no. 219432", "PL 12345/0001", "Room 112", "Batch 0123456789", "SW1A 1AA",
    "N1 9GU", "abc999", "B12", "999th", "www.111.nhs.uk", "https://111.nhs.uk/0800123456", "a0800123456@clinic.example",
    "0800-FLOWERS", "1-800-273-TALK", "fax 01632 960124", "Fax: +44 1632 960124", "option 2", "-112-x", "10 000",
    "111,999", "1.111", "#999", "Mo 0830-1830", "0900 to 1730", "2026-12-01T08:00", "up to 999 in 1000",
    "1 in 111 people", "between 111 and 112 mg", "111 High Street", "Floor 3, 112 Mill Lane", "PO Box 999",
    "Route 111 bus", "Ward 112", "aged 111", "BP 111",
    "ISBN 978 0 14 103614 4", "EU/1/05/0123/001", "more than 999 cases", "8-8", "Lot 0161 496 0123",
]  # fmt: skip

ASKED = [  # looks like a number, can't be dialled as it stands: not linked, and named back
    ("943 476 5919", "943 476 5919"), ("1632 960100", "1632 960100"), ("12345678", "12345678"), ("+44", "+44"),
    ("999 1234", "999 1234"), ("call 999112", "999112"), ("01632 960", "01632 960"), ("+44 1632", "+44 1632"),
    ("01632 960100/101", "101"), ("0800 123 456 9 - 5pm", "0800 123 456 9"), ("9 9 9 9 9 9", "9 9 9 9 9 9"),
    ("0808 800 00", "0808 800 00"), ("999 999", "999 999"), ("0800 123 456 789 012", "0800 123 456 789 012"),
]  # fmt: skip


def links(text: str, country: str = "GB", **how) -> list[tuple[str, str]]:
    return [(one.shown, one.href) for one in read(text, country, **how).telephones]


@pytest.mark.parametrize(("country", "text", "expected"), NUMBERS)
def test_numbers_are_linked_rightly(country, text, expected):
    assert links(text, country) == expected


@pytest.mark.parametrize("text", NONE)
def test_what_is_no_telephone_number_is_never_linked(text):
    for country in ("GB", "DE", "FR", "US"):
        assert links(text, country) == []


@pytest.mark.parametrize(("text", "doubtful"), ASKED)
def test_what_looks_like_a_number_and_cannot_be_dialled_is_named_back(text, doubtful):
    assert doubtful in read(text, "GB").doubtful


@pytest.mark.parametrize("hours", ["24/7", "9am–5pm", "9-5", "0900-1700", "8.30 – 18.30", "08:00-18:00", "1/6/2028"])
def test_hours_beside_a_number_are_doubtful_neither_in_brackets_nor_without(hours):
    for number in ("01632 960100", "(01632) 960100", "+44 (0)1632 960100", "111"):
        for text in (f"{number} ({hours})", f"{number}, {hours}", f"({hours}) {number}"):
            reading = read(text, "GB", is_field=True)
            assert ([one.shown for one in reading.telephones], reading.doubtful) == ([number], ())


def test_a_short_number_that_stands_alone_in_its_field_is_believed():
    assert links("15", "FR") == []
    assert links("15", "FR", is_field=True) == [("15", "tel:15")]
    assert links("2026", "US", is_field=True) == []
    assert links("555", "GB", is_field=True) == []


def test_a_number_nobody_was_given_is_linked_and_known_as_such():
    fictional, given_out = read("07700 900123").telephones + read("0161 496 0000").telephones
    assert (fictional.is_known, given_out.is_known) == (False, True)


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("Call us", []), ("999 or 112", ["999", "112"]), ("+44 (0)1632 960123", ["441632960123"]), ("1 or 2", []),
        ("01632/960123", ["01632960123"]), ("0800 123 456 (24/7)", ["0800123456"]),
        ("01632 960100 ext 123", ["01632960100"]),
    ],
)  # fmt: skip
def test_numbers_that_a_link_shows(words, expected):
    assert shown_numbers(words) == expected


_CLINIC_WORDS = st.lists(
    st.one_of(
        st.sampled_from([text for _country, text, _links in NUMBERS] + NONE + [text for text, _doubt in ASKED]),
        st.from_regex(r"[ 0-9()+./,;:–-]{1,24}", fullmatch=True),
        st.text(max_size=12),
        st.sampled_from([" ", " or ", ", ", "\n", "/", " - ", "(", ")", " ext 5", "x7", "&amp;", "<b>", "'"]),
    ),
    max_size=8,
).map("".join)


@given(_CLINIC_WORDS, st.sampled_from(["GB", "DE", "US", "FR", "AU"]), st.booleans())
@example("999 or 112", "GB", True)
@example("<a href='tel:1'>01632 960100</a>", "GB", False)
def test_linking_changes_no_word_and_dials_what_is_shown(text, country, is_field):
    html = linked(text, country, is_field=is_field)
    assert unescape(re.sub(r'<a href="[^"<>]*" dir="ltr">|</a>', "", html)) == text
    assert "".join(piece if isinstance(piece, str) else piece.shown for piece in pieces(text, country)) == text
    for href, shown in re.findall(r'<a href="([^"]*)" dir="ltr">(.*?)</a>', html):
        number, _sign, extension = unescape(href).partition(";ext=")
        digits = ascii_digits(unescape(shown))
        dialled = ascii_digits(number.partition(":")[2])
        assert digits.endswith(extension)
        # Whole and in order, but for the international prefix and a trunk prefix after a country code.
        assert (
            re.sub(r"^(00|011|0011|001)", "", digits.removesuffix(extension)).replace("0", "")
            == re.sub(r"^(00|011|0011|001)", "", dialled).replace("0", "")
            or digits.removesuffix(extension) == dialled
        )


@pytest.mark.parametrize("unit", ["01 ", "1 ", "9-", "0800 123 456, ", "(", "+4", "1.1", "fax ", "x1 ", "٩ ", "a@"])
def test_a_long_text_is_read_to_its_end(unit):
    text = (unit * 50_000)[:50_000]
    assert "".join(piece if isinstance(piece, str) else piece.shown for piece in pieces(text)) == text
