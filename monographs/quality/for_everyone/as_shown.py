"""Words that send the reader to a picture: not everybody sees it, so the words must say it too.

Who hears the page, reads it as plain text or without its pictures has only the alternative text. For "Hold it as shown"
that must say how; "How to hold the inhaler" says nothing. Sources: WCAG 2.2, success criteria 1.1.1 (non-text content)
and 1.3.3 (instructions do not rely on what is seen).
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from monographs.leaflets.content import Content
from monographs.quality.findings import Observation, Rule, Severity
from monographs.quality.pieces.blocks import Block
from monographs.quality.pieces.passages import Passage, key_fact_passages, section_passages
from monographs.quality.pieces.sentences import word_list

FEWEST_WORDS = 8
"""Of an alternative text that says what is to be done, and not only what it is about."""

_FEWEST_SIGNS = 12  # of Chinese

_PICTURE = r"(?:pictures?|images?|photos?|photographs?|figures?|fig\.|diagrams?|drawings?|illustrations?)"
_IMAGEN = r"(?:im[aá]gen(?:es)?|figuras?|dibujos?|fotos?|fotografías?|ilustraci(?:ón|ones)|diagramas?|esquemas?)"
_OBRAZEK = r"(?:obraz(?:ek|ku|ki|kach)|rysun(?:ek|ku|ki|kach)|rys\.|zdjęci(?:e|u|a|ach)|ilustracj(?:a|ę|i|e|ach))"
_LLUN = r"(?:llun(?:iau)?|diagram(?:au)?|ffigur(?:au)?|ffotograff?(?:au)?)"

_NAMES_A_PICTURE = {  # what can be about nothing else
    "en": rf"\b(?:see|look at|follow|in|on|from|like) (?:the |this |these |that )?(?:\w+ )?{_PICTURE}(?!\w)"
    rf"|\b{_PICTURE} (?:\w+ )?(?:above|below|opposite|shows?|on the (?:left|right))\b",
    "es": rf"\b(?:en|vea|véase|ver|mire|observe|siga) (?:la |el |las |los |est[ae]s? )?{_IMAGEN}\b",
    "pl": rf"\b(?:na|patrz|zobacz|zob\.)(?: na)? {_OBRAZEK}(?!\w)",
    "cy": rf"\b(?:yn y|gweler y|gwelwch y|edrychwch ar y) {_LLUN}\b",
    "ar": r"(?:في|انظر|انظري|شاهد|راجع)(?: إلى)? (?:الصورة|الصور|الشكل|الرسم)",
    "ur": r"(?:تصویر|تصاویر|شکل|خاکے|خاکہ) (?:میں دکھا|دیکھ|ملاحظہ|کے مطابق)",
    "zh": r"(?:如|见|参见|参看|看|按)(?:下|上|左|右)?图|图(?:中|片)?\s?\d?\s?所示",
}
_STEMS = ("pict", "imag", "photo", "fig", "diagram", "drawing", "illustrat", "shown", "depict")  # in any of English
_SHOWS = {  # what may be about a table as well
    "en": r"\bas (?:is |are |it is )?(?:shown|pictured|illustrated|depicted)\b"
    r"(?! (?:by|to|under|on|in (?:the |this )?(?:\w+ )?(?:table|list|label|leaflet|section|instructions|pack|box))\b)"
    r"|\bshown (?:here|below|above|opposite)\b",
    "es": r"\bcomo se (?:muestra|ve|observa)\b(?! en (?:la |el )?(?:tabla|lista|etiqueta|envase|caja))",
    "pl": r"\bjak (?:pokazano|przedstawiono|widać)\b(?! (?:w tabeli|na opakowaniu|na etykiecie))",
    "cy": r"\bfel (?:y|a) (?:dangosir|ddangosir|gwelir|welir)\b",
    "ar": r"كما (?:هو |هي )?(?:موضح|موضحة|مبين|مبينة|يظهر|تظهر)(?! في (?:الجدول|القائمة))",
    "ur": r"جیسا کہ (?:نیچے |اوپر )?(?:دکھایا|دکھائی)",
    "zh": r"如(?:下|上)?所示",
}


def as_shown(content: Content) -> Iterator[Observation]:
    """Each place in the text that sends to a picture, unless all pictures of its section are told in words."""
    language = content.language.lower().replace("_", "-").split("-")[0]
    if language not in _SHOWS:
        return
    for group in (key_fact_passages(content), *map(section_passages, content.sections)):
        if language != "en" or any(_may_show(passage.text) for passage in group):
            yield from _in_group(group, *_patterns(language))


@cache
def _patterns(language: str) -> tuple[re.Pattern, re.Pattern]:
    return tuple(re.compile(kinds[language], re.IGNORECASE) for kinds in (_NAMES_A_PICTURE, _SHOWS))


def _may_show(text: str) -> bool:
    """Whether the English patterns can find anything: signs that are taken for other letters are left to them."""
    in_small_letters = text.lower()
    return not text.isascii() or any(stem in in_small_letters for stem in _STEMS)


def _in_group(group: Sequence[Passage], named: re.Pattern, shown: re.Pattern) -> Iterator[Observation]:
    pictures = [passage.block for passage in group if passage.block.kind == "alt"]
    if pictures and all(map(_is_told, pictures)):
        return
    may_mean_a_table = not pictures and any(passage.block.kind == "cell" for passage in group)
    for passage in group:
        if passage.block.kind == "alt":
            continue
        found = named.search(passage.text) or (None if may_mean_a_table else shown.search(passage.text))
        if found:
            yield passage.observe(
                found[0],
                _("These words send readers to a picture, which not everybody can see."),
                _instead(pictures),
            )


def _instead(pictures: Iterable[Block]) -> str:
    if not pictures:
        return _("There is no picture in this section: say it in words.")
    return _(
        "Say in the picture's square brackets all that it shows, in at least %(number)d words, or say it here and leave"
        " out these words."
    ) % {"number": FEWEST_WORDS}


def _is_told(picture: Block) -> bool:
    """Chinese parts no words by spaces: there signs are counted."""
    signs = sum("\u4e00" <= sign <= "\u9fff" for sign in picture.text)
    return signs >= _FEWEST_SIGNS or len(word_list(picture.text)) >= FEWEST_WORDS


RULES = (
    Rule(
        "as-shown",
        Severity.BLOCKS,
        gettext_lazy("Words that send to a picture which is not told in words"),
        "WCAG 2.2, 1.1.1 Non-text Content and 1.3.3 Sensory Characteristics",
        as_shown,
    ),
)
