"""Digits that are no telephone number, however much they look like one: hours, dates, doses, sums, other numbers.

`blank_out` covers them, so that `text.amounts.telephones` never makes a link of them.
"""

import re

from monographs.text.amounts.units import FORMS, MEASURES, any_of

COVER = "\ufffc"  # neither letter, digit nor space
# Not within a number. Hours stand in brackets ("(24/7)"), and so do area codes: "(01632) 960100".
_L, _R = r"(?<![\d.,:/+-])(?!(?<=\()[\d ]{1,12}\))", r"(?!\d|[:.,/–-]\d)"
_TO = r"\s?(?:[-–—]|to|until|bis)\s?"
_CLOCK = r"(?:[01]?\d|2[0-4])"
_MOMENT = rf"{_CLOCK}[.:h][0-5]\d"
_ON_THE_DIAL = r"(?:[01]\d|2[0-4])[0-5]\d"  # 0830-1830
_HALF = r"(?:[ap]\.?m\b\.?|uhr\b|o['’]clock\b|noon\b|midday\b|midnight\b)"
_DAY, _MONTH, _YEAR = r"(?:0?[1-9]|[12]\d|3[01])", r"(?:0?[1-9]|1[0-2])", r"(?:(?:19|20)\d\d|\d\d)"
_AMOUNT = r"\d{1,9}(?:[.,]\d{1,9})?"
# "Call 111 day or night" counts no days: what lasts is counted in the plural.
_LASTING = (
    "seconds secs minutes mins hours hrs h days weeks months years patients people times stunden tage tagen wochen "
    "jahre minuten heures jours semaines mois años horas días dni godzin ساعة ساعات يوم أيام دقيقة دقائق"
)
_COUNTED = rf"\s?(?:{any_of(*MEASURES.values(), *FORMS.values(), _LASTING)}(?!\w)|[%‰°])"
_BEFORE_A_COUNT = (
    "up to|(?:more|less|fewer) than|over|under|about|around|at least|at most|aged?|BP|route|(?:PO )?box|flat|unit|suite"
    "|page|bus|floor|ward|part|step|chapter|section|building|block|1 in"
)
_ADDRESS = (
    r"(?<!call )(?<!dial )(?<!ring )(?<!NHS )\b\d{1,4}[a-z]?\s(?-i:(?:[A-Z][\w'’.-]{0,20}\s){1,3}?"
    r"(?:Street|St|Road|Rd|Lane|Avenue|Ave|Drive|Close|Terrace|Gardens|Crescent|Grove|Parade|Mews|Square|Court|Row|Hill|Place|Way)\b)"
)
_NUMBER_WORD = r"(?:numbers?|no\.?|nos\.?|nr\.?|№|#)"

_NONE = re.compile(
    "|".join(
        (
            r"(?:https?://|www\.)\S{1,2000}|[\w.+-]{1,64}@[\w.-]{1,253}",
            rf"{_L}{_CLOCK}(?:[.:]\d\d)?\s?{_HALF}{_TO}{_CLOCK}(?:[.:]\d\d)?\s?{_HALF}",
            rf"{_L}{_CLOCK}(?:[.:]\d\d)?[-–—]{_CLOCK}(?:[.:]\d\d)?\s?{_HALF}",
            # "0808 800 00 00 – 5pm": two digits after others may be the end of a number.
            rf"{_L}(?<!\d ){_CLOCK}(?:[.:]\d\d)?{_TO}{_CLOCK}(?:[.:]\d\d)?\s?{_HALF}",
            rf"{_L}{_MOMENT}{_TO}{_MOMENT}{_R}",
            rf"{_L}{_ON_THE_DIAL}{_TO}{_ON_THE_DIAL}(?!\s?[-–—.]?\s?\d)",
            rf"{_L}{_CLOCK}(?:[.:]\d\d)?\s?{_HALF}",
            rf"{_L}{_MOMENT}{_R}",
            rf"{_L}(?<!\d [-–—] ){_CLOCK}(?:[-–—]|(?<!\d \d)(?<!\d \d\d)\s[-–—]\s){_CLOCK}"
            rf"(?!\s?[-–—]\s?\d){_R}",
            rf"{_L}[1-9]\d{{0,2}}/[1-9]\d?{_R}",  # 24/7, 120/80
            rf"{_L}{_DAY}([./-])\s?{_MONTH}\1\s?{_YEAR}{_R}|{_L}{_MONTH}/{_DAY}/{_YEAR}{_R}",
            rf"{_L}(?:19|20)\d\d[-/.]\d\d[-/.]\d\d{_R}",
            rf"{_L}\d{{1,3}}(?:[ \u00a0\u202f]\d{{3}}){{1,4}}{_COUNTED}",
            rf"{_L}{_AMOUNT}(?:[-–/x×]{_AMOUNT})?{_COUNTED}",
            rf"\bbetween\s\d{{1,9}}\sand\s{_AMOUNT}",
            rf"\b(?:{_BEFORE_A_COUNT})\s\d{{1,9}}{_R}",
            _ADDRESS,
            r"\bISBN[\s:]{0,3}\d[\d -]{8,20}|\bEU/[\d/]{5,30}",
            r"[£$€¥]\s?\d[\d.,]{0,20}",
            r"\bNHS\s?24\b",
            rf"\b(?:NHS|CHI|patient|hospital|registration|registered|licen[cs]e|charity|company|batch|lot|reference|ref|"
            rf"GMC|GPhC|NMC|PL|EU|VAT|order|account|prescription|room|policy)\.?\s?(?:charity\s|company\s)?"
            rf"(?:{_NUMBER_WORD})?\s?(?:is\s|:\s?)?(?<=[\s:.#№])(?<!NHS )(?<!hospital )(?<!patient )(?<!EU )"
            rf"\d[\d /-]{{0,30}}",
            rf"\b(?:NHS|hospital|patient|EU)\s{_NUMBER_WORD}\s?(?:is\s|:\s?)?\d[\d /-]{{0,30}}",
            r"\b(?:option|press|choose|select|taste|touche|opción|opcja|الخيار)\s\d{1,2}\b",
        )
    ),
    re.IGNORECASE,
)
_FAX = re.compile(rf"(?:\b(?:tele)?fax|فاكس)(?:\s{_NUMBER_WORD})?\s?[:.]?\s?[+(]?\d[\d ()./-]{{0,30}}", re.IGNORECASE)
_AND_TELEPHONE = re.compile(r"(?:tel|phone)\w{0,6}\.?\s?(?:/|&|\+|and|or|und|et|y|e)\s?$", re.IGNORECASE)


def blank_out(text: str) -> str:
    """The text, of the same length, with all that is no telephone number under `COVER`.

    That is hours ("9am–5pm", "8.30-18.30", "24/7"), dates, doses and other amounts, sums, web addresses, numbers of
    patients, charities and the like, and fax numbers.
    """
    covered = _NONE.sub(_cover, text)
    return _FAX.sub(
        lambda match: (
            match[0] if _AND_TELEPHONE.search(covered[max(0, match.start() - 20) : match.start()]) else _cover(match)
        ),
        covered,
    )


def _cover(match: re.Match) -> str:
    return COVER * len(match[0])
