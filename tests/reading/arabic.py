"""What the tests of the Arabic pages share: an Arabic clinic and leaflet, and the search for words in Latin letters."""

import re
from html.parser import HTMLParser

from monographs.comments.deciding import actions as comments
from monographs.leaflets.content import SectionContent, SourceContent
from monographs.leaflets.models import Leaflet
from monographs.leaflets.sections import SECTION_KINDS
from monographs.publication.models import Publication
from tests.makers import change_leaflet, make_comment, make_leaflet, make_medicine, make_published
from tests.people import make_person
from tests.reading.parts import make_clinic

WRITTEN_IN_LATIN = {"Testamol"}  # the medicine's international name
EMAIL = "me@reader.example"
BODY = """هذا نص من العيادة.

::: emergency
ضيق في التنفس.
:::

::: today
طفح جلدي.
:::

::: tell
صداع.
:::

| العمر | الجرعة |
| --- | --- |
| 12 | 500 ملغ |
"""


class _Reader(HTMLParser):
    """Collects what is seen, heard or shown later by a script: texts, and attributes that hold words."""

    ATTRIBUTES = {"aria-label", "title", "alt", "placeholder", "data-stop", "data-done", "data-foot"}

    def __init__(self):
        super().__init__()
        self.texts: list[str] = []

    def handle_data(self, data):
        self.texts.append(data)

    def handle_starttag(self, tag, attributes):
        attributes = dict(attributes)
        self.texts += [value for name, value in attributes.items() if name in self.ATTRIBUTES]
        if attributes.get("name") == "description":
            self.texts.append(attributes["content"])


def latin_words(html: str) -> list[str]:
    """Words of two Latin letters or more in a page; addresses, the medicine's name and the languages' own left out."""
    reader = _Reader()
    html = re.sub(r'(<nav class="languages [^>]*>).*?</nav>', r"\1</nav>", html, flags=re.DOTALL)
    html = re.sub(r'<script type="application/ld\+json">.*?</script>', "", html, flags=re.DOTALL)  # for machines
    # A title holds no markup: whatever looks like it would be read out.
    reader.feed(re.sub(r"<title>(.*?)</title>", lambda title: title[1].replace("<", "&lt;"), html))
    text = re.sub(rf"https?://\S+|{EMAIL}", " ", " ".join(reader.texts))
    return [word for word in re.findall(r"[A-Za-z]{2,}", text) if word not in WRITTEN_IN_LATIN]


def check_arabic(response, status: int = 200) -> str:
    """The page, which is Arabic from right to left throughout."""
    html = response.content.decode()
    assert response.status_code == status
    assert '<html lang="ar" dir="rtl"' in html
    assert latin_words(html) == []
    return html


def arabic(**fields) -> dict:
    """What an Arabic leaflet says; its section headings are left to the program."""
    sections = tuple(SectionContent(kind.key, kind.key, "", BODY) for kind in SECTION_KINDS)
    return {
        "title": "تستامول",
        "key_facts": ("تناوله مع الطعام.", "لا تقد السيارة.", "احفظه بعيدًا عن الأطفال."),
        "sections": sections,
        "sources": (SourceContent("المرجع الوطني", "https://bnf.nice.org.uk/", "2026-10-01"),),
        **fields,
    }


def make_arabic_leaflet(**fields) -> Leaflet:
    return make_leaflet(language="ar", **arabic(**fields))


def make_arabic_clinic() -> None:
    """The clinic's own words and its people's names, in Arabic."""
    make_clinic(
        name="عيادة النور",
        address="شارع النيل",
        crisis_lines="خط المساندة: 116 123",
        out_of_hours="اتصل بالرقم 111",
        reporting_name="البطاقة الصفراء",
        disclaimer="معلومات عامة.",
        staffed_hours="Mon-Fri 09:00-17:30",
        tells_patients_overdue=True,
    )
    make_medicine("Testamol", drug_class="Pain killer", classes=[("ar", "مسكّن")], names=[("تستا", "brand")])
    for username, name in {"ana": "آنا", "carla": "كارلا", "priya": "بريا"}.items():
        person = make_person(username)
        person.first_name, person.last_name = name, ""
        person.save()


def make_arabic_thread(carla) -> Publication:
    """A second version with a thread of replies, one of them to the first version."""
    first = make_published(make_arabic_leaflet(), change_note="أول إصدار.")
    question = make_comment(first, body="هل أتناوله مع الحليب؟", name="سارة", shown=True)
    comments.answer(question, by=carla, body="نعم.")
    nameless = make_comment(first, body="شكرًا.", shown=True, parent=question)
    make_comment(first, body="وأنا أيضًا.", shown=True, parent=nameless)
    change_leaflet(first.leaflet, **arabic(title="تستامول أقراص"))
    return make_published(first.leaflet, change_note="", size="minor")


def slug_of(publication) -> str:
    return publication.leaflet.slug
