"""What looks like somebody's own in a reply is named with its words; doses, hours and helplines are nobody's."""

import datetime as dt

import pytest

from monographs.comments.identity.personal_data import Kind, found_in, looks_like_nhs_number

TODAY = dt.date(2026, 11, 29)


def found(text: str, **told) -> list[tuple[str, str]]:
    return [(one.kind, one.words) for one in found_in(text, today=TODAY, **told)]


@pytest.mark.parametrize(
    "written",
    [
        "9434765919",
        "943 476 5919",
        "943\u00a0476\u00a05919",
        "943-476-5919",
        "943–476–5919",
        "943.476.5919",
        "٩٤٣ ٤٧٦ ٥٩١٩",
    ],
)
def test_nhs_number_is_found_however_it_is_parted(written):
    assert found(f"My number: {written}, thank you") == [(Kind.NHS_NUMBER, written)]


@pytest.mark.parametrize(
    "written", ["0000000000", "1111111111", "000 000 0000", "9434765918", "943 476 591", "94347659190"]
)
def test_ten_digits_that_nobody_was_given_are_no_nhs_number(written):
    assert found(f"My NHS number is {written}") == []
    assert not looks_like_nhs_number(written)


def test_nhs_number_beside_a_telephone_number_is_told_apart():
    assert found("NHS 943 476 5919 or ring 07400 123456 after 5") == [
        (Kind.NHS_NUMBER, "943 476 5919"),
        (Kind.TELEPHONE, "07400 123456"),
    ]


@pytest.mark.parametrize("country", ["US", "DE", "ES"])
def test_nhs_numbers_are_looked_for_where_there_are_any(country):
    assert (Kind.NHS_NUMBER, "943 476 5919") not in found("943 476 5919", country=country)


@pytest.mark.parametrize(
    "written", ["07400 123456", "07400123456", "+44 7400 123456", "0044 7400 123456", "07400-123-456", "01223 960123"]
)
def test_telephone_number_of_one_person_is_found(written):
    assert found(f"Please ring me on {written}.") == [(Kind.TELEPHONE, written)]


@pytest.mark.parametrize(
    "text",
    [
        "Childline is 0800 1111.", "Call 111, 999 or 112, or Samaritans on 116 123.", "NHS 24 is 111",
        "0300 123 1000 told me to wait", "0808 800 1234 is free", "The number in the film is 07700 900123.",
    ],
)  # fmt: skip
def test_helplines_and_numbers_kept_for_fiction_are_nobodys(text):
    assert found(text) == []


@pytest.mark.parametrize(
    "text", ["{long}", "{long} {number}", "{number} {long}", "({long}) or {number}", "{long}{long} {number}"]
)
def test_more_digits_than_a_number_has_are_none_and_hide_none(text):
    said = text.format(long="12345678901234567", number="07400 123456")
    assert found(said) == ([(Kind.TELEPHONE, "07400 123456")] if "{number}" in text else [])


def test_the_clinics_own_numbers_are_nobodys():
    ours = ("01223 960123", "help@clinic.example", "SW1A 1AA")
    text = "I rang +44 (0)1223 960123 and wrote to Help@clinic.example at SW1A 1AA, but not 01223 960124."
    assert found(text, ours=ours) == [(Kind.TELEPHONE, "01223 960124")]


def test_telephone_numbers_are_read_for_the_clinics_country():
    assert found("Mein Handy: 0151 23456789", country="DE") == [(Kind.TELEPHONE, "0151 23456789")]


@pytest.mark.parametrize(
    "written", ["anna.smith@example.com", "a+b@clinic.co.uk", "anna (at) gmail (dot) com", "anna.smith at gmail.com"]
)
def test_email_address_is_found(written):
    assert found(f"Write to {written} please") == [(Kind.EMAIL, written)]


@pytest.mark.parametrize("written", ["SW1A 1AA", "sw1a1aa", "M1 1AE", "CF10 3AT", "BT7 1NN", "EH1 1YZ"])
def test_british_postcode_is_found(written):
    assert found(f"I live at 1 Sample Street, {written}") == [(Kind.POSTCODE, written)]


@pytest.mark.parametrize(
    ("country", "text", "code"),
    [
        ("IE", "Dublin D02 AF30", "D02 AF30"), ("CA", "Ottawa K1A 0B1", "K1A 0B1"),
        ("US", "Albany, NY 12207", "NY 12207"),
        ("NL", "Utrecht 3511 AB", "3511 AB"), ("PL", "00-950 Warszawa", "00-950"),
        ("ES", "código postal 28013", "28013"),
        ("DE", "PLZ 10115", "10115"), ("GB", "my postcode is EC1A 1BB", "EC1A 1BB"),
    ],
)  # fmt: skip
def test_postcodes_of_other_countries_are_found(country, text, code):
    assert found(text, country=country) == [(Kind.POSTCODE, code)]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("I was born on 3 March 1961", "3 March 1961"), ("DOB 03/03/61", "03/03/61"),
        ("d.o.b: 3.3.1961", "3.3.1961"),
        ("date of birth 1961-03-03", "1961-03-03"), ("my baby, born 2 May 2026", "2 May 2026"),
        ("dob 03031961", "03031961"),
        ("Ann Example 12/05/1961", "12/05/1961"), ("nací el 3 de marzo de 1961", "3 de marzo de 1961"),
        ("urodzona 3 marca 1961", "3 marca 1961"), ("تاريخ الميلاد 3/5/1961", "3/5/1961"),
        ("出生于1961年3月5日", "1961年3月5日"),
        ("dyddiad geni 3 Mawrth 1961", "3 Mawrth 1961"), ("تاریخ پیدائش 3/5/1961", "3/5/1961"),
    ],
)  # fmt: skip
def test_date_of_birth_is_found(text, words):
    assert found(text) == [(Kind.BIRTH_DATE, words)]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("My hospital number is 1234567", "1234567"), ("MRN: AB123456", "AB123456"),
        ("chart no. 0012345", "0012345"),
        ("hospital no X12 3456", "X12 3456"), ("patient ID 55-1234", "55-1234"), ("رقم الملف 123456", "123456"),
        ("numer pacjenta 123456", "123456"), ("病历号：123456", "123456"),
    ],
)  # fmt: skip
def test_hospital_number_is_what_follows_such_a_word(text, words):
    assert found(text) == [(Kind.HOSPITAL_NUMBER, words)]


@pytest.mark.parametrize(
    "text",
    [
        "I take 5-10 mg, then 20-40 mg.", "at 0800 1000 1200", "doses at 0800, 1200, 1600 and 2000",
        "10 20 30 40 50 mg",
        "from 01/02/2026 to 14/02/2026", "I started on 12/05/1998", "the leaflet of 3 March 2026",
        "exp 12/05/2027",
        "batch 9434765919", "Batch no. AB12345, lot 1234567890", "ISBN 0-306-40615-2", "ISBN 0306406152",
        "PL 12345/0123",
        "vitamin B12 5ug and B6 2BD", "L4 5th disc", "E45 2BD", "BP 120/80, pulse 72, weight 72.5 kg, 165 cm",
        "2.5ml 3x a day", "1 in 10,000 people", "1000-2000 IU", "9434765919 tablets", "born with one kidney",
        "T4 3TD",
        "I was born in 1961", "$1234567890", "www.example.com/9434765919", "100-200-300",
        "HbA1c 48 mmol/mol, eGFR 45",
    ],
)  # fmt: skip
def test_doses_hours_courses_books_and_batches_are_nobodys(text):
    assert found(text) == []


def test_words_stand_where_they_were_typed():
    text = "Ünï: ring 07400 123456 or write to a@b.example, SW1A 1AA"
    for one in found_in(text, today=TODAY):
        assert text[one.start : one.end] == one.words
    assert [one.kind for one in found_in(text, today=TODAY)] == [Kind.TELEPHONE, Kind.EMAIL, Kind.POSTCODE]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("我的电话是07400 123456,请打给我", "07400 123456"),
        ("我的号码943 476 5919在这里", "943 476 5919"),
        ("邮箱是anna@example.com谢谢", "anna@example.com"),
        ("邮编SW1A 1AA的", "SW1A 1AA"),
    ],
)
def test_numbers_are_found_where_no_space_parts_them_from_chinese_words(text, words):
    assert [one for _kind, one in found(text)] == [words]


def test_medicines_name_is_nobodys(generic_names):
    assert [name for name in generic_names if found_in(f"I take {name} 5 mg", today=TODAY)] == []


@pytest.mark.parametrize(
    "piece",
    ["1", "1 ", "@", "a@", "born 1/1/61 ", "07400 123456 ", "9434765919 ", "hospital number ", "12 mar ", "\u0665"],
)
def test_reply_of_100_kb_is_read_to_its_end(piece):
    text = (piece * 100_000)[:100_000] + " and hospital number X1234567"
    assert found_in(text, today=TODAY)[-1].words == "X1234567"
