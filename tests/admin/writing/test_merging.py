"""Two people change a leaflet's sections, sources and dates: what each did is shown, and none of it is lost."""

from dataclasses import replace

import pytest

from monographs.leaflets.content import Content, SectionContent, SourceContent
from monographs.leaflets.drafts import content_of
from monographs.leaflets.models import Leaflet
from monographs.revisions.actions import newest_revision, save_draft
from tests.admin.forms import answers, body_of, change_url, form_of, place_of, resolve_url, with_body
from tests.makers import change_leaflet, make_content


def test_section_deleted_by_the_other_does_not_break_my_text(client_of, ana, bea, leaflet):
    opened = with_body(leaflet, "storage", "Keep below 25 °C.")
    content = content_of(leaflet)
    kept = tuple(section for section in content.sections if section.kind != "storage")
    save_draft(leaflet, replace(content, sections=kept), by=bea)
    client = client_of(ana)
    page = client.post(change_url(leaflet), opened)
    assert page.status_code == 409
    part = next(part for part in page.context["parts"] if part.name == "section-storage")
    assert ("25 °C" in part.mine, part.theirs, part.chosen) == (True, "", "")
    client.post(resolve_url(leaflet), answers(page) | {"choice-section-storage": "mine"})
    assert body_of(leaflet, "storage") == "Keep below 25 °C."


def test_sources_of_both_can_be_kept(client_of, ana, bea, leaflet):
    opened = form_of(leaflet, sources__TOTAL_FORMS="2")
    opened["sources-1-citation"] = "Mine"
    theirs = make_content(sources=(*content_of(leaflet).sources, SourceContent("Theirs")))
    save_draft(leaflet, theirs, by=bea)
    client = client_of(ana)
    page = client.post(change_url(leaflet), opened)
    client.post(resolve_url(leaflet), answers(page) | {"choice-sources": "merged"})
    citations = [source.citation for source in newest_revision(leaflet).content.sources]
    assert citations == ["British National Formulary", "Theirs", "Mine"]


def test_my_new_order_and_my_new_kind_are_not_lost(client_of, ana, bea, leaflet):
    opened = form_of(leaflet, **{f"sections__{place_of(leaflet, 'storage')}__position": "0"})
    opened[f"sections-{place_of(leaflet, 'uses')}-kind"] = "more"
    change_leaflet(leaflet, by=bea, dosage="Take 7mg once a day.")
    client = client_of(ana)
    page = client.post(change_url(leaflet), opened)
    assert {part.name: (part.chosen, bool(part.note)) for part in page.context["parts"]} == {
        "order": ("mine", False),
        "section-uses": ("mine", True),
        "section-dosage": ("theirs", False),
    }
    client.post(resolve_url(leaflet), answers(page))
    sections = newest_revision(leaflet).content.sections
    assert sections[0].key == "storage"
    assert next(section.kind for section in sections if section.key == "uses") == "more"
    assert body_of(leaflet, "dosage") == "Take 7mg once a day."


def moved(leaflet: Leaflet, kind: str, place: int) -> Content:
    """The draft with one section at another place (from 0)."""
    content = content_of(leaflet)
    sections = [section for section in content.sections if section.kind != kind]
    sections.insert(place, next(section for section in content.sections if section.kind == kind))
    return replace(content, sections=tuple(sections))


def keys(leaflet: Leaflet) -> list[str]:
    return [section.key for section in newest_revision(leaflet).content.sections]


@pytest.mark.parametrize(("choice", "first"), [("mine", "storage"), ("theirs", "dosage")])
def test_where_both_moved_sections_the_order_waits_for_a_choice(client_of, ana, bea, leaflet, choice, first):
    opened = form_of(leaflet, **{f"sections__{place_of(leaflet, 'storage')}__position": "0"})
    count = len(keys(leaflet))
    save_draft(leaflet, moved(leaflet, "dosage", 0), by=bea)
    client = client_of(ana)
    page = client.post(change_url(leaflet), opened)
    [order] = page.context["parts"]
    assert (order.name, order.chosen, order.mine.splitlines()[0]) == ("order", "", "How to store it")
    assert client.post(resolve_url(leaflet), answers(page)).status_code == 400
    assert client.post(resolve_url(leaflet), answers(page) | {"choice-order": "merged"}).status_code == 400
    client.post(resolve_url(leaflet), answers(page) | {"choice-order": choice})
    assert keys(leaflet)[0] == first
    assert len(set(keys(leaflet))) == count


def test_their_move_is_shown_and_kept_beside_my_words(client_of, ana, bea, leaflet):
    opened = with_body(leaflet, "uses", "For pain.")
    save_draft(leaflet, moved(leaflet, "storage", 0), by=bea)
    client = client_of(ana)
    page = client.post(change_url(leaflet), opened)
    assert {part.name: part.chosen for part in page.context["parts"]} == {"order": "theirs", "section-uses": "mine"}
    client.post(resolve_url(leaflet), answers(page))
    assert (keys(leaflet)[0], body_of(leaflet, "uses")) == ("storage", "For pain.")


def with_new_section(leaflet: Leaflet, heading: str, text: str, kind: str = "other") -> dict:
    """The open form with one row more."""
    count = leaflet.sections.count()
    row = {"kind": kind, "heading": heading, "body": text}
    return form_of(leaflet, sections__TOTAL_FORMS=str(count + 1)) | {
        f"sections-{count}-{name}": value for name, value in row.items()
    }


def test_two_new_sections_that_come_to_one_key_are_both_kept(client_of, ana, bea, leaflet):
    """Headings in Arabic have no Latin letters to make a key from."""
    opened = with_new_section(leaflet, "القيادة", "لا تقد.")
    content = content_of(leaflet)
    theirs = SectionContent("other", "other", "السفر", "خذ معك الدواء.")
    save_draft(leaflet, replace(content, sections=(*content.sections, theirs)), by=bea)
    client = client_of(ana)
    page = client.post(change_url(leaflet), opened)
    assert {part.label: part.chosen for part in page.context["parts"]} == {"السفر": "theirs", "القيادة": "mine"}
    client.post(resolve_url(leaflet), answers(page))
    kept = {section.heading: section.body for section in newest_revision(leaflet).content.sections[-2:]}
    assert kept == {"السفر": "خذ معك الدواء.", "القيادة": "لا تقد."}


def test_one_new_section_that_both_began_waits_for_a_choice(client_of, ana, bea, leaflet):
    opened = with_new_section(leaflet, "", "Skip it.", kind="missed_dose")
    content = content_of(leaflet)
    theirs = SectionContent("missed-dose", "missed_dose", "If you miss a dose", "Take it late.")
    save_draft(leaflet, replace(content, sections=(*content.sections, theirs)), by=bea)
    page = client_of(ana).post(change_url(leaflet), opened)
    [part] = page.context["parts"]
    assert (part.chosen, "Skip it." in part.mine, "Take it late." in part.theirs) == ("", True, True)


def test_reason_why_a_section_does_not_apply_can_be_taken_into_a_text_put_together(client_of, ana, bea, leaflet):
    opened = with_body(leaflet, "pregnancy", "Ask us.")
    content = content_of(leaflet)
    sections = tuple(
        replace(section, body="", is_not_applicable=True, reason="For men only.")
        if section.kind == "pregnancy"
        else section
        for section in content.sections
    )
    save_draft(leaflet, replace(content, sections=sections), by=bea)
    client = client_of(ana)
    page = client.post(change_url(leaflet), opened)
    text = {"merged-section-pregnancy": "# Pregnancy\r\n\r\nDoes not apply: For men over 60 only."}
    client.post(resolve_url(leaflet), answers(page) | {"choice-section-pregnancy": "merged"} | text)
    section = next(one for one in newest_revision(leaflet).content.sections if one.kind == "pregnancy")
    assert (section.heading, section.body) == ("Pregnancy", "")
    assert (section.is_not_applicable, section.reason) == (True, "For men over 60 only.")


def test_date_put_together_is_read_as_in_the_form(client_of, ana, bea, leaflet):
    opened = form_of(leaflet, next_review_on="2027-02-01")
    save_draft(leaflet, replace(content_of(leaflet), next_review_on="2027-03-01"), by=bea)
    client = client_of(ana)
    page = client.post(change_url(leaflet), opened)
    chosen = {"choice-next_review_on": "merged", "merged-next_review_on": "04/15/2027"}
    client.post(resolve_url(leaflet), answers(page) | chosen)
    assert newest_revision(leaflet).content.next_review_on == "2027-04-15"
