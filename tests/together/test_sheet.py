"""What leaflets say of each other: whole sentences that name the other or its class, and no word of our own."""

import pytest
from django.utils import timezone

from monographs.leaflets.content import SectionContent
from monographs.medicines.actions import add_names
from monographs.publication.actions import withdraw
from monographs.search.index.kept import the_index
from monographs.together.asked import asked
from monographs.together.sheet import make_sheet
from tests.makers import make_content, make_leaflet, make_medicine, make_published

pytestmark = pytest.mark.django_db


def publish(
    medicine, interactions="Nothing is known.", *, dosage="Take it.", language="en", heading="Other medicines", **fields
):
    """A published leaflet with this text about other medicines."""
    sections = tuple(
        SectionContent(each.key, each.kind, heading, interactions) if each.key == "interactions" else each
        for each in make_content(dosage=dosage).sections
    )
    return make_published(make_leaflet(medicine, language=language, sections=sections, **fields))


def sheet(*names, languages=("en",)):
    return make_sheet(asked(names).medicines, languages=languages, index=the_index(), at=timezone.now())


def said(*names, **fields):
    """By leaflet and the other's name the sentences that are quoted."""
    return {
        (telling.member.name, telling.other.name): [sentence for named in telling.found for sentence in named.sentences]
        for pair in sheet(*names, **fields).pairs
        for telling in pair.said
    }


def test_sentences_that_name_the_other_are_quoted_whole_with_their_section():
    publish("Baclofen", "Drink water. Ask before you take Nurofen with it.")
    publish("Ibuprofen")
    add_names(make_medicine("Ibuprofen"), by=None, names=[("Nurofen", "brand")])
    (pair,) = sheet("baclofen", "ibuprofen").pairs
    (telling,) = pair.said
    (named,) = telling.found
    assert named.sentences == ("Ask before you take Nurofen with it.",)
    assert (named.heading, named.anchor) == ("Other medicines", "part-interactions")
    assert not named.classes


def test_what_stands_in_two_sections_is_quoted_once():
    publish("Baclofen", "Not with ibuprofen. Ask about ibuprofen.", dosage="Not with ibuprofen.")
    publish("Ibuprofen")
    assert said("baclofen", "ibuprofen") == {("Baclofen", "Ibuprofen"): ["Not with ibuprofen.", "Ask about ibuprofen."]}


def test_an_item_of_a_list_comes_with_what_leads_to_it():
    publish("Baclofen", "Do not take it with:\n\n- ibuprofen\n- milk")
    publish("Ibuprofen")
    assert said("baclofen", "ibuprofen") == {("Baclofen", "Ibuprofen"): ["Do not take it with: ibuprofen"]}


def test_a_class_is_quoted_and_told_as_the_leaflet_writes_it():
    publish("Baclofen", "Ask before you take NSAIDs.")
    medicine = make_medicine("Ibuprofen", drug_class="Painkiller (NSAID)")
    publish("Ibuprofen")
    assert medicine.drug_class
    (pair,) = sheet("baclofen", "ibuprofen").pairs
    assert pair.said[0].classes == ["NSAIDs"]
    assert said("baclofen", "ibuprofen") == {("Baclofen", "Ibuprofen"): ["Ask before you take NSAIDs."]}


def test_two_that_say_nothing_of_each_other_are_silent():
    publish("Baclofen")
    publish("Ibuprofen")
    assert [pair.is_silent for pair in sheet("baclofen", "ibuprofen").pairs] == [True]


def test_a_name_inside_the_leaflets_own_name_is_no_other_medicine():
    publish("Insulin glargine", "Insulin glargine is slow. Never mix it with insulin.")
    publish("Insulin")
    assert said("insulin glargine", "insulin") == {
        ("Insulin glargine", "Insulin"): ["Never mix it with insulin."],
    }


def test_a_withdrawn_leaflet_and_none_at_all_are_never_silent(priya):
    publish("Baclofen")
    gone = publish("Ibuprofen").leaflet
    make_medicine("Naproxen")
    withdraw(gone, by=priya, notice="Ask us.", why="Wrong.")
    found = sheet("baclofen", "ibuprofen", "naproxen")
    assert not found.silent
    assert [[each.name for each in pair.without_leaflet] for pair in found.pairs] == [
        ["Ibuprofen"], ["Naproxen"], ["Ibuprofen", "Naproxen"],
    ]  # fmt: skip
    assert [[notice.slug for notice in member.withdrawn] for member in found.members] == [[], ["ibuprofen"], []]


def test_of_a_leaflet_that_is_not_there_it_is_said_neither_that_it_names_nobody_nor_that_it_may():
    publish("Baclofen")
    make_medicine("Naproxen")
    (pair,) = sheet("baclofen", "naproxen").pairs
    assert pair.unsure == []
    assert [telling.member.name for telling in pair.mute] == ["Baclofen"]


def test_a_sentence_too_long_to_be_quoted_is_told_to_be_read():
    publish("Baclofen", f"Take it {'very ' * 150}carefully with ibuprofen.")
    publish("Ibuprofen")
    (pair,) = sheet("baclofen", "ibuprofen").pairs
    (named,) = pair.said[0].found
    assert (named.sentences, named.is_to_be_read) == ((), True)
    assert not pair.is_silent


def test_a_section_whose_heading_names_the_other_is_to_be_read():
    publish("Baclofen", "It gets stronger.", heading="Baclofen and ibuprofen")
    publish("Ibuprofen")
    (pair,) = sheet("baclofen", "ibuprofen").pairs
    assert pair.said[0].found[0].is_to_be_read


def test_the_pages_language_is_quoted_first_then_english():
    publish("Baclofen", "Not with ibuprofen.")
    publish("Baclofen", "No con ibuprofen.", language="es", title="Baclofeno")
    publish("Ibuprofen")
    assert said("baclofen", "ibuprofen", languages=("es", "en")) == {("Baclofen", "Ibuprofen"): ["No con ibuprofen."]}
    assert said("baclofen", "ibuprofen", languages=("cy", "en")) == {("Baclofen", "Ibuprofen"): ["Not with ibuprofen."]}


def test_a_leaflet_in_another_language_is_silent_only_where_the_name_there_is_known():
    publish("Baclofen", "لا شيء.", language="ar", title="باكلوفين")
    publish("Ibuprofen")
    (pair,) = sheet("baclofen", "ibuprofen", languages=("ar",)).pairs
    assert not pair.is_silent
    assert [telling.member.name for telling in pair.unsure] == ["Baclofen"]
    assert [telling.member.name for telling in pair.mute] == ["Ibuprofen"]
    add_names(make_medicine("Ibuprofen"), by=None, names=[("إيبوبروفين", "synonym")])
    (pair,) = sheet("baclofen", "ibuprofen", languages=("ar",)).pairs
    assert pair.is_silent


def test_names_in_english_are_known_on_a_site_in_another_language(settings):
    for name in ("Baclofen", "Ibuprofen"):
        publish(name, title=f"{name} tablets for adults")  # too long for a name
    settings.LANGUAGE_CODE = "ar"
    (pair,) = sheet("baclofen", "ibuprofen").pairs
    assert pair.is_silent


def test_the_title_of_a_leaflet_is_a_name_in_its_language():
    publish("Baclofen", "No tome ibuprofeno.", language="es", title="Baclofeno")
    publish("Ibuprofen")
    (pair,) = sheet("baclofen", "ibuprofen", languages=("es",)).pairs
    assert (pair.said, len(pair.unsure)) == ([], 1)
    publish("Ibuprofen", language="es", title="Ibuprofeno")
    assert said("baclofen", "ibuprofen", languages=("es",)) == {("Baclofen", "Ibuprofen"): ["No tome ibuprofeno."]}
    (pair,) = sheet("baclofen", "ibuprofen", languages=("es",)).pairs
    assert pair.unsure == []


def test_key_facts_are_those_of_the_leaflet():
    publish("Baclofen", key_facts=("Take it with food.", "Do not stop suddenly.", "Ask us."))
    (member,) = sheet("baclofen").members
    assert member.key_facts == ["Take it with food.", "Do not stop suddenly.", "Ask us."]
    assert member.leaflet.version == "1"


@pytest.mark.parametrize("count", [2, 8])
def test_it_takes_three_queries_however_many_medicines(count, django_assert_num_queries):
    names = ["Alba", "Brom", "Cetu", "Dila", "Esto", "Furo", "Gani", "Hexo"][:count]
    for name in names:
        publish(f"{name}nidol", f"Not with {names[0]}nidol.")
    medicines, index = asked(f"{name}nidol" for name in names).medicines, the_index()
    assert len(medicines) == count
    with django_assert_num_queries(3):
        found = make_sheet(medicines, languages=("en",), index=index, at=timezone.now())
    assert len(found.pairs) == count * (count - 1) / 2


def test_a_class_is_found_in_its_own_words_of_the_leaflets_language_and_told_in_the_readers():
    make_medicine("Baclofen", drug_class="Gut softener", classes=[("es", "Ablandador intestinal")])
    publish("Baclofen", language="es")
    publish("Ibuprofen", "No lo tome con un ablandador intestinal.", language="es")
    (pair,) = sheet("ibuprofen", "baclofen", languages=("es", "en")).pairs
    (telling,) = pair.said
    assert telling.found[0].sentences == ("No lo tome con un ablandador intestinal.",)
    assert telling.classes == ["Ablandador intestinal"]
    assert telling.other.class_in("es") == ("Ablandador intestinal", "es")
    assert telling.other.class_in("pl") == ("Gut softener", "en")


def test_the_sheet_marks_a_class_that_is_not_in_the_readers_language(client):
    make_medicine("Ibuprofen", drug_class="Painkiller (NSAID)", classes=[("es", "Analgésico (AINE)")])
    publish("Ibuprofen")
    publish("Baclofen", "Ask before you take NSAIDs.")
    names = {"m": ["baclofen", "ibuprofen"]}
    assert "<span>Painkiller (NSAID)</span>" in client.get("/together/", names).content.decode()
    assert "<span>Analgésico (AINE)</span>" in client.get("/es/together/", names).content.decode()
    in_polish = client.get("/pl/together/", names).content.decode()
    assert '<span lang="en" dir="ltr">Painkiller (NSAID)</span>' in in_polish


def test_in_another_language_it_takes_one_query_more(django_assert_num_queries):
    for name in ("Baclofen", "Ibuprofen"):
        publish(name)
    medicines, index = asked(["baclofen", "ibuprofen"]).medicines, the_index()
    with django_assert_num_queries(4):
        make_sheet(medicines, languages=("es", "en"), index=index, at=timezone.now())
