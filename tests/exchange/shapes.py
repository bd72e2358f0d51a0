"""Leaflets of one content in the shapes in which people bring them in: pages, e-mails, faxes, Word, web pages.

A leaflet here is a list of (depth, text): depth 0 is a main heading, 1 and 2 are sub-headings, None is a sentence,
"-" an item of a list. All words are ours.
"""

import re
import textwrap
from collections.abc import Iterator

Leaflet = list[tuple[int | str | None, str]]

ENGLISH: Leaflet = [
    (0, "What Testamol is and what it is used for"),
    (None, "Testamol calms a sore stomach. It belongs to a group of medicines that bind acid, and most people feel it "
           "work within an hour or so of the first tablet."),
    (0, "What you need to know before you take Testamol"),
    (1, "Do not take Testamol"),
    ("-", "if you are allergic to it"),
    ("-", "if your kidneys have failed, or if a doctor told you that they may fail within the next months"),
    (1, "Warnings and precautions"),
    (None, "Talk to your pharmacist first."),
    (1, "Driving and using machines"),
    (None, "Testamol does not make you sleepy."),
    (0, "How to take Testamol"),
    (None, "Always take this medicine exactly as your doctor has told you, and check with your doctor or pharmacist "
           "if you are not sure about anything that this leaflet says."),
    (1, "For pain"),
    (2, "Adults"),
    (None, "Take 2 tablets of 500 mg in the morning."),
    (2, "Children 6 to 12 years"),
    (None, "Give 5 ml at night."),
    (1, "For fever"),
    (2, "Adults"),
    (None, "Take 1 tablet of 500 mg every 8 hours, and not more than 3 tablets in 24 hours, with a large glass of "
           "water each time that you take one."),
    (2, "Children"),
    (None, "Do not give it to a child with a fever."),
    (0, "Possible side effects"),
    (1, "Common side effects"),
    (None, "May affect up to 1 in 10 people"),
    ("-", "a dry mouth"),
    ("-", "a feeling of being full, which mostly goes away by itself when you have taken the medicine for some days"),
    (1, "Rare side effects"),
    (None, "May affect up to 1 in 1,000 people"),
    ("-", "a rash"),
    (0, "How to store Testamol"),
    (None, "Keep it below 25 °C."),
    (0, "Contents of the pack and other information"),
    (None, "Each tablet has 500 mg of testamol."),
]  # fmt: skip

SPANISH: Leaflet = [
    (0, "Qué es Testamol y para qué se utiliza"),
    (None, "Testamol calma el estómago. Pertenece a un grupo de medicamentos que neutralizan el ácido, y la mayoría de "
           "las personas nota su efecto en una hora más o menos."),
    (0, "Qué necesita saber antes de empezar a tomar Testamol"),
    (1, "No tome Testamol"),
    ("-", "si es alérgico"),
    ("-", "si sus riñones no funcionan o si un médico le ha dicho que podrían dejar de funcionar en los próximos años"),
    (0, "Cómo tomar Testamol"),
    (1, "Para el dolor"),
    (2, "Adultos"),
    (None, "Tome 2 comprimidos de 500 mg por la mañana."),
    (2, "Niños de 6 a 12 años"),
    (None, "Dé 5 ml por la noche."),
    (1, "Para la fiebre"),
    (2, "Adultos"),
    (None, "Tome 1 comprimido de 500 mg cada 8 horas y no más de 3 comprimidos al día, con un vaso grande de agua cada "
           "vez que tome uno de ellos."),
    (2, "Niños"),
    (None, "No lo dé a un niño con fiebre."),
    (0, "Posibles efectos adversos"),
    (1, "Efectos adversos frecuentes"),
    (None, "Pueden afectar hasta 1 de cada 10 personas"),
    ("-", "boca seca"),
    (0, "Conservación de Testamol"),
    (None, "Por debajo de 25 °C."),
    (0, "Contenido del envase e información adicional"),
    (None, "Cada comprimido contiene 500 mg."),
]  # fmt: skip

GERMAN: Leaflet = [
    (0, "Was ist Testamol und wofür wird es angewendet?"),
    (None, "Testamol beruhigt den Magen. Es gehört zu einer Gruppe von Arzneimitteln, die Säure binden, und die "
           "meisten Menschen spüren schon nach einer Stunde, dass es wirkt."),
    (0, "Was sollten Sie vor der Einnahme von Testamol beachten?"),
    (1, "Warnhinweise und Vorsichtsmaßnahmen"),
    (None, "Fragen Sie zuerst in der Apotheke."),
    (0, "Wie ist Testamol einzunehmen?"),
    (1, "Bei Schmerzen"),
    (2, "Erwachsene"),
    (None, "Nehmen Sie morgens 2 Tabletten zu 500 mg."),
    (2, "Kinder von 6 bis 12 Jahren"),
    (None, "Geben Sie abends 5 ml."),
    (1, "Bei Fieber"),
    (2, "Erwachsene"),
    (None, "Nehmen Sie alle 8 Stunden 1 Tablette zu 500 mg und nicht mehr als 3 Tabletten am Tag, jedes Mal mit einem "
           "großen Glas Wasser."),
    (2, "Kinder"),
    (None, "Geben Sie es keinem Kind mit Fieber."),
    (0, "Welche Nebenwirkungen sind möglich?"),
    (None, "Häufig: kann bis zu 1 von 10 Behandelten betreffen"),
    ("-", "trockener Mund"),
    (0, "Wie ist Testamol aufzubewahren?"),
    (None, "Nicht über 25 °C lagern."),
    (0, "Inhalt der Packung und weitere Informationen"),
    (None, "Jede Tablette enthält 500 mg."),
]  # fmt: skip

ARABIC: Leaflet = [
    (0, "ما هو تستامول وفيم يستخدم"),
    (None, "تستامول دواء يهدئ المعدة. وهو ينتمي إلى مجموعة من الأدوية التي تعادل الحمض ويشعر معظم الناس بتأثيره خلال "
           "ساعة تقريبا من تناول القرص الأول."),
    (0, "ما تحتاج إلى معرفته قبل تناول تستامول"),
    (1, "التحذيرات والاحتياطات"),
    (None, "اسأل الصيدلي أولا."),
    (0, "كيفية تناول تستامول"),
    (1, "لعلاج الألم"),
    (2, "البالغون"),
    (None, "تناول 500 مجم في الصباح."),
    (2, "الأطفال من 6 إلى 12 سنة"),
    (None, "أعط 5 مل في المساء."),
    (1, "لعلاج الحمى"),
    (2, "البالغون"),
    (None, "تناول 250 مجم كل 8 ساعات ولا تتناول أكثر من 3 أقراص في اليوم مع كوب كبير من الماء في كل مرة تتناول فيها "
           "قرصا من هذا الدواء."),
    (2, "الأطفال"),
    (None, "لا تعطه لطفل مصاب بالحمى."),
    (0, "الآثار الجانبية المحتملة"),
    (None, "قد يؤثر على ما يصل إلى 1 من كل 10 أشخاص"),
    ("-", "جفاف الفم"),
    (0, "كيفية تخزين تستامول"),
    (None, "يحفظ تحت 25 درجة في عبوته الأصلية بعيدا عن متناول الأطفال ولا ترم الأدوية في مياه الصرف بل أعدها إلى "
           "الصيدلية حين لا تحتاج إليها."),
    (0, "محتويات العبوة ومعلومات أخرى"),
    (None, "يحتوي كل قرص على 500 مجم."),
]  # fmt: skip

AMERICAN: Leaflet = [
    (0, "What is Testamol?"),
    (None, "Testamol is a prescription medicine that calms a sore stomach. It is not known if it is safe and effective "
           "in children under 6 years of age who weigh less than other children do."),
    (0, "Who should not take Testamol?"),
    (None, "People who are allergic to it."),
    (0, "How should I take Testamol?"),
    (1, "For pain"),
    (2, "Adults"),
    (None, "Take 2 tablets of 500 mg in the morning."),
    (2, "Children"),
    (None, "Give 1 teaspoon at night."),
    (1, "For fever"),
    (2, "Adults"),
    (None, "Take 1 tablet of 500 mg every 8 hours, and not more than 3 tablets in 24 hours, with a large glass of "
           "water each time that you take one of them."),
    (2, "Children"),
    (None, "Do not give it to a child with a fever."),
    (0, "What are the possible side effects of Testamol?"),
    (None, "Common ones are:"),
    ("-", "a dry mouth"),
    (0, "How should I store Testamol?"),
    (None, "Store it below 77 °F."),
]  # fmt: skip

LEAFLETS = {"en": ENGLISH, "es": SPANISH, "de": GERMAN, "ar": ARABIC, "us": AMERICAN}
_DOCUMENT = {
    "en": "Package leaflet: Information for the patient",
    "es": "Prospecto: información para el paciente",
    "de": "Gebrauchsinformation: Information für Patienten",
    "ar": "النشرة الداخلية: معلومات للمريض",
    "us": "MEDICATION GUIDE",
}
_CONTENTS = {
    "en": "What is in this leaflet",
    "es": "Contenido del prospecto",
    "de": "Was in dieser Packungsbeilage steht",
    "ar": "محتويات هذه النشرة",
}
_PAGE = {"en": "Page", "us": "Page", "es": "Página", "de": "Seite", "ar": "صفحة"}


def web_page(leaflet: Leaflet, language: str) -> str:
    """Blocks parted by empty lines."""
    return "\n\n".join(_blocks(leaflet, bullet="• ")) + "\n\nShare this\n\nLeave a Reply\n"


def package_leaflet(leaflet: Leaflet, language: str) -> str:
    """Numbered headings below a table of contents."""
    headings = [text for depth, text in leaflet if depth == 0]
    contents = [f"{number}. {text}" for number, text in enumerate(headings, start=1)]
    name = "تستامول" if language == "ar" else "Testamol 500 mg"
    top = [_DOCUMENT[language], name, _CONTENTS.get(language, "Contents"), *contents]
    return "\n\n".join([*top, *_blocks(_numbered(leaflet), bullet="- ")]) + "\n"


def word_paste(leaflet: Leaflet, language: str) -> str:
    """Bullets with tabs, no-break spaces at empty lines, line ends of Windows."""
    return "\r\n\u00a0\r\n".join(_blocks(leaflet, bullet="·\t\u00a0 ")) + "\r\n"


def email(leaflet: Leaflet, language: str) -> str:
    """Wrapped at 72 letters, lists with hanging lines."""
    return "\n".join(_wrapped(leaflet, 72, bullet="* ")) + "\n"


def fax(leaflet: Leaflet, language: str) -> str:
    """Wrapped at 60 letters, with no empty line between the items of a list and their lead."""
    return "\n".join(_wrapped(leaflet, 60, bullet="– ")) + "\n"


def pages(leaflet: Leaflet, language: str) -> str:
    """Copied from a PDF: pages of 14 lines with head and foot, the foot counting them."""
    lines = _wrapped(leaflet, 84, bullet="• ")
    sheets = [lines[start : start + 14] for start in range(0, len(lines), 14)]
    printed: list[str] = []
    for number, sheet in enumerate(sheets, start=1):
        printed += ["Testamol – the clinic's leaflet", *sheet, f"{_PAGE[language]} {number}/{len(sheets)}"]
    return "\n".join(printed) + "\n"


def pages_with_breaks(leaflet: Leaflet, language: str) -> str:
    """Pages parted by form feeds, with a dated foot."""
    lines = _wrapped(_numbered(leaflet), 90, bullet="• ")
    sheets = [lines[start : start + 11] for start in range(0, len(lines), 11)]
    return "\f".join(
        "\n".join([*sheet, "", f"Revised 11/2024 · {number}", ""]) for number, sheet in enumerate(sheets, start=1)
    )


def markdown(leaflet: Leaflet, language: str) -> str:
    """Somebody else's Markdown: wrapped paragraphs, stars for bullets, front matter."""
    lines = ["---", "title: Testamol", "layout: page", "---", ""]
    for depth, text in leaflet:
        if isinstance(depth, int):
            lines += ["", f"{'#' * (depth + 2)} {text}", ""]
        elif depth == "-":
            lines += textwrap.wrap(text, 76, initial_indent="* ", subsequent_indent="  ")
        else:
            lines += ["", *textwrap.wrap(text, 76), ""]
    return "\n".join(lines) + "\n"


def flat_markdown(leaflet: Leaflet, language: str) -> str:
    """Markdown whose headings for an illness stand on the level of the sections, some of them underlined."""
    lines: list[str] = []
    for depth, text in leaflet:
        if depth == 0:
            lines += ["", text, "-" * len(text), ""]
        elif isinstance(depth, int):
            lines += ["", f"{'##' if depth == 1 else '###'} {text}", ""]
        else:
            lines += [f"+ {text}"] if depth == "-" else ["", text, ""]
    return "\n".join(lines) + "\n"


SHAPES = (web_page, package_leaflet, word_paste, email, fax, pages, pages_with_breaks, markdown, flat_markdown)


def places(leaflet: Leaflet) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Each sentence and item with the sub-headings that it stands under, the outermost first, after its section."""
    path: list[str] = []
    for depth, text in leaflet:
        if isinstance(depth, int):
            path = [*path[:depth], text]
        else:
            yield text, tuple(path)


def _numbered(leaflet: Leaflet) -> Leaflet:
    number = 0
    numbered: Leaflet = []
    for depth, text in leaflet:
        number += depth == 0
        numbered.append((depth, f"{number}. {text}" if depth == 0 else text))
    return numbered


def _blocks(leaflet: Leaflet, bullet: str) -> list[str]:
    blocks: list[str] = []
    was_item = False
    for depth, text in leaflet:
        if depth == "-" and was_item:
            blocks[-1] += f"\n{bullet}{text}"
        else:
            blocks.append(f"{bullet}{text}" if depth == "-" else text)
        was_item = depth == "-"
    return blocks


def _wrapped(leaflet: Leaflet, width: int, bullet: str) -> list[str]:
    lines: list[str] = []
    for depth, text in leaflet:
        if depth == "-":
            if lines and not re.match(rf"\s*{re.escape(bullet)}|  ", lines[-1]):
                lines.append("")
            lines += textwrap.wrap(text, width, initial_indent=bullet, subsequent_indent="  ", break_on_hyphens=False)
        else:
            lines += ["", *textwrap.wrap(text, width, break_on_hyphens=False)]
    return [*lines, ""]
