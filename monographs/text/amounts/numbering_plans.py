"""How a country's telephone numbers are dialled, by the metadata of `phonenumbers` (Google's libphonenumber)."""

import unicodedata

import phonenumbers
from phonenumbers import PhoneMetadata, PhoneNumber, ValidationResult

from monographs.text.amounts.short_numbers import is_assigned

IDD = phonenumbers.CountryCodeSource.FROM_NUMBER_WITH_IDD
_WITHOUT_PLUS = phonenumbers.CountryCodeSource.FROM_NUMBER_WITHOUT_PLUS_SIGN


def has_usual_length(number: PhoneNumber, country: str) -> bool:
    """Whether the country has numbers of this length, its area code included, that belong to one telephone.

    What `phonenumbers` can't make a number of it keeps with its trunk prefix, one digit too long.
    """
    prefix = PhoneMetadata.metadata_for_region(country).national_prefix
    if prefix and phonenumbers.national_significant_number(number).startswith(prefix):
        return False
    one_telephone = (phonenumbers.PhoneNumberType.FIXED_LINE, phonenumbers.PhoneNumberType.MOBILE)
    reasons = [phonenumbers.is_possible_number_for_type_with_reason(number, kind) for kind in one_telephone]
    return ValidationResult.IS_POSSIBLE in reasons


def is_short_of(digits: str, country: str) -> bool:
    """Whether the country has a short number of these digits; what may be a year is none."""
    is_year = len(digits) == 4 and digits[:2] in {"19", "20"}
    return not is_year and is_assigned(digits, country)


def with_country(number: PhoneNumber, typed: str, is_known: bool) -> tuple[str, bool] | None:
    """What is dialled where the country code was typed, and ``is_known``; None if the digits typed are others.

    That is ``+`` and all digits after it; the trunk prefix that must not be dialled behind a country code is left out.
    """
    dialled = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164).removeprefix("+")
    code = str(number.country_code)
    rest = dialled.removeprefix(code)
    if number.country_code_source == IDD:
        typed = typed[typed.find(code) :]
    if typed in {dialled, f"{code}0{rest}"}:
        return f"+{dialled}", is_known
    return None


def is_dialled_so(number: PhoneNumber, typed: str, country: str, is_known: bool, is_sure: bool) -> bool:
    """Whether a number without country code is written as it is dialled: with the trunk prefix where that is needed."""
    prefix = PhoneMetadata.metadata_for_region(country).national_prefix or ""
    if number.country_code_source == _WITHOUT_PLUS and prefix != str(number.country_code):
        return False
    if not prefix:
        return is_sure
    if typed.startswith(prefix):
        return True
    shown = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.NATIONAL)
    return is_known and not ascii_digits(shown).startswith(prefix)


def ascii_digits(text: str) -> str:
    """The digits of any script as 0–9, and nothing else."""
    return "".join(str(unicodedata.digit(sign)) for sign in text if sign.isdecimal())
