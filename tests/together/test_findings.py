"""What the clock finds between two leaflets, and what a person says of it."""

import datetime as dt
from dataclasses import replace

import pytest
from django.utils import timezone

from monographs.audit.models import Entry
from monographs.medicines.actions import add_names
from monographs.operations.clock import Rounds, tick
from monographs.publication.actions import publish as release
from monographs.publication.actions import withdraw
from monographs.publication.models import Publication
from monographs.refusals import Conflict, NotAllowed, Unacceptable
from monographs.revisions.actions import newest_revision, save_draft
from monographs.search.index.kept import forget
from monographs.together import findings
from monographs.together.findings import amounts_in, catch_up
from monographs.together.judging import judge
from monographs.together.models import Finding, Kind, Reading
from tests.makers import change_leaflet, make_approved, make_content, make_medicine, make_published
from tests.people import make_person
from tests.together.test_sheet import publish

pytestmark = pytest.mark.django_db


def look():
    return catch_up(at=timezone.now(), most=50)[0]


def found(**fields):
    return [
        (row.kind, row.leaflet.slug, row.other.slug, row.sentences)
        for row in Finding.objects.filter(judgement=None, **fields).order_by("pk")
    ]


def again(leaflet, interactions):
    """The next version of a leaflet, with another text about other medicines."""
    sections = tuple(
        type(each)(each.key, each.kind, each.heading, interactions) if each.key == "interactions" else each
        for each in make_content().sections
    )
    return make_published(change_leaflet(leaflet, sections=sections), change_note="Changed.")


def rename(leaflet, title):
    content = replace(newest_revision(leaflet).content, title=title)
    assert save_draft(leaflet, content, by=make_person("ana"))
    return leaflet


ONE_SIDED = (Kind.ONE_SIDED, "baclofen", "ibuprofen", ["Not with ibuprofen."])


def test_a_warning_whose_other_leaflet_is_silent_is_found_once():
    publish("Baclofen", "Not with ibuprofen.")
    publish("Ibuprofen")
    publish("Metformin")
    assert look() == 3
    assert found() == [ONE_SIDED]
    assert look() == 0
    assert found() == [ONE_SIDED]


def test_a_warning_that_is_answered_or_by_its_class_is_none():
    publish("Baclofen", "Not with ibuprofen.")
    publish("Ibuprofen", "Ask if you take baclofen.")
    look()
    assert found() == []


def test_where_the_other_may_be_named_in_a_way_that_is_not_known_its_leaflet_is_not_called_silent():
    publish("Baclofen", language="es", title="Baclofeno")
    add_names(make_medicine("Baclofen"), by=None, names=[("Baclofeno", "synonym")])
    leaflet = publish(
        "Ibuprofen", "No lo tome con baclofeno.", language="es", title="Ibuprofeno en comprimidos"
    ).leaflet
    look()
    assert found() == []
    make_published(rename(leaflet, "Ibuprofeno"), change_note="A shorter title.")
    look()
    assert [(kind, sentences) for kind, _one, _other, sentences in found()] == [
        (Kind.ONE_SIDED, ["No lo tome con baclofeno."])
    ]


def test_leaflets_in_two_languages_are_not_held_against_each_other():
    publish("Ibuprofen")
    publish("Baclofen", "No con ibuprofen.", language="es", title="Baclofeno")  # is read last
    look()
    assert found() == []


def test_easy_read_leaflets_are_neither_read_nor_held_against_others():
    make_medicine("Metformin")
    publish("Baclofen", "Not with ibuprofen.")
    publish("Ibuprofen", edition="easy-read")
    assert look() == 1
    assert found() == []
    publish("Metformin", "Not with baclofen.", edition="easy-read")
    assert look() == 0


def test_who_is_named_in_another_language_alone_is_not_looked_at(monkeypatch):
    make_medicine("Ibuprofen")
    publish("Baclofen", "No con ibuprofen.", language="es", title="Baclofeno")
    look()
    publish("Ibuprofen")
    monkeypatch.setattr(findings, "make_sheet", None)
    assert look() == 1


def test_it_is_gone_when_the_silent_leaflet_speaks_and_back_when_it_falls_silent():
    publish("Baclofen", "Not with ibuprofen.")
    leaflet = publish("Ibuprofen").leaflet
    look()
    again(leaflet, "Not with baclofen.")
    assert look() == 1
    assert found() == []
    again(leaflet, "Drink water.")
    look()
    assert found() == [ONE_SIDED]


def test_it_is_gone_when_one_of_the_leaflets_is_withdrawn(priya):
    publish("Baclofen", "Not with ibuprofen.")
    leaflet = publish("Ibuprofen").leaflet
    look()
    withdraw(leaflet, by=priya, notice="Ask us.", why="Wrong.")
    assert look() == 1
    assert found() == []
    assert not Reading.objects.filter(leaflet=leaflet).exists()
    assert look() == 0


def test_another_amount_than_the_medicines_own_leaflet_gives_is_found():
    publish("Paracetamol", "Not with baclofen.", dosage="Never take more than 4 g a day.")
    publish("Baclofen", "Do not take more than 3 g of paracetamol a day.")
    publish("Ibuprofen", "Do not take more than 4000 mg of paracetamol a day.")
    look()
    assert found(kind=Kind.AMOUNT) == [
        (Kind.AMOUNT, "baclofen", "paracetamol", ["Do not take more than 3 g of paracetamol a day."])
    ]
    assert Finding.objects.get(kind=Kind.AMOUNT).other_sentences == ["Never take more than 4 g a day."]


@pytest.mark.parametrize(
    ("said", "own"),
    [
        ("Take two tablets of paracetamol with it.", "Take one tablet."),
        ("Take paracetamol every 2 hours with it.", "Take it every 4 hours, up to 4 times a day."),
        ("Take paracetamol 6 times a day with it.", "Take it every 4 hours, up to 4 times in 24 hours."),
    ],
)
def test_another_count_of_tablets_or_times_is_found_as_well(said, own):
    publish("Paracetamol", "Not with baclofen.", dosage=own)
    publish("Baclofen", said)
    look()
    (finding,) = Finding.objects.filter(kind=Kind.AMOUNT)
    assert (finding.leaflet.slug, finding.sentences, finding.other_sentences) == ("baclofen", [said], [own])


def test_the_same_count_in_other_words_is_none():
    publish(
        "Paracetamol", "Not with baclofen.", dosage="Take one or two tablets every 4 to 6 hours. Weigh 50kg or more?"
    )
    publish("Baclofen", "You may take two tablets of paracetamol every 6 hours. It made 1 in 10 people sick.")
    look()
    assert not Finding.objects.filter(kind=Kind.AMOUNT)


@pytest.mark.parametrize(
    ("one", "other", "are_same"),
    [
        ("4 g", "4,000 mg", True),
        ("4 g", "3 g", False),
        ("0.5 mg", "500 micrograms", True),
        ("5 ml", "5 mg", False),
        ("four tablets", "4 tablets", True),
        ("four tablets", "3 tablets", False),
        ("4 tablets", "4 capsules", False),
        ("it 3 times a day", "it three times daily", True),
        ("it 3 times a day", "it twice a day", False),
        ("it every 4 hours", "it every 6 hours", False),
        ("it every 4 hours", "it 4 times a day", False),
        ("it if you weigh 50 kg", "50,000 g", False),  # the weight of a person is no dose
        ("it: 1 in 10 people feel sick", "it", True),
    ],
)
def test_amounts_are_compared_in_one_unit(one, other, are_same):
    assert (amounts_in(f"Take {one}.", "en") == amounts_in(f"Take {other}.", "en")) is are_same


def test_one_that_was_judged_stays_away_until_its_words_change(ana):
    leaflet = publish("Baclofen", "Not with ibuprofen.").leaflet
    publish("Ibuprofen")
    look()
    judgement = judge(Finding.objects.get().digest, by=ana, why=" Meant so. ")
    assert (judgement.why, judgement.by) == ("Meant so.", ana)
    entry = Entry.objects.order_by("-position").first()
    assert (entry.verb, entry.by, entry.why) == ("together.judged", ana, "Meant so.")
    Reading.objects.all().delete()  # all is read anew
    look()
    assert found() == []
    assert Finding.objects.get().judgement == judgement
    again(leaflet, "Never with ibuprofen.")
    look()
    assert found() == [(Kind.ONE_SIDED, "baclofen", "ibuprofen", ["Never with ibuprofen."])]


def test_a_judgement_needs_a_reason_a_permission_and_a_finding(ana, carla):
    publish("Baclofen", "Not with ibuprofen.")
    publish("Ibuprofen")
    look()
    digest = Finding.objects.get().digest
    with pytest.raises(Unacceptable):
        judge(digest, by=ana, why=" \u200b ")
    with pytest.raises(NotAllowed):
        judge(digest, by=carla, why="Meant so.")
    with pytest.raises(Conflict):
        judge("f" * 64, by=ana, why="Meant so.")
    judge(digest, by=ana, why="Meant so.")
    with pytest.raises(Conflict, match="already"):
        judge(digest, by=ana, why="Meant so.")


def test_what_is_withdrawn_while_it_is_read_is_not_kept(monkeypatch, priya):
    leaflet = publish("Baclofen", "Not with ibuprofen.").leaflet
    publish("Ibuprofen")
    read = findings._read

    def withdraw_and_read(*args, **kwargs):
        if not Publication.objects.filter(leaflet=leaflet, kind="withdrawal"):
            withdraw(leaflet, by=priya, notice="Ask us.", why="Wrong.")
        return read(*args, **kwargs)

    monkeypatch.setattr(findings, "_read", withdraw_and_read)
    look()
    assert not Reading.objects.filter(leaflet=leaflet).exists()


@pytest.mark.parametrize("everywhere", [True, False])
def test_only_so_many_are_looked_at_in_a_turn_the_oldest_first_and_so_many_forgotten(priya, everywhere):
    leaflets = [publish(name).leaflet for name in ("Ibuprofen", "Baclofen", "Metformin")]

    def turn():
        looked_at = catch_up(at=timezone.now(), most=2, everywhere=everywhere)[0]
        return looked_at, set(Reading.objects.values_list("leaflet", flat=True))

    numbers = [leaflet.pk for leaflet in leaflets]
    assert turn() == (2, {*numbers[:2]})
    assert turn() == (1, {*numbers})
    for leaflet in leaflets:
        withdraw(leaflet, by=priya, notice="Ask us.", why="Wrong.")
    assert [(count, len(read)) for count, read in (turn(), turn(), turn())] == [(2, 1), (1, 0), (0, 0)]


def test_what_changed_lately_is_found_without_looking_at_all(priya):
    publish("Baclofen", "Not with ibuprofen.")
    leaflet = publish("Ibuprofen").leaflet
    now = timezone.now()
    assert catch_up(at=now + dt.timedelta(days=2), most=50, everywhere=False) == (0, 0)
    assert catch_up(at=now, most=50, everywhere=False) == (2, 1)
    withdraw(leaflet, by=priya, notice="Ask us.", why="Wrong.")
    assert catch_up(at=timezone.now(), most=50, everywhere=False) == (1, 0)
    assert found() == []


def test_what_ended_before_that_is_left_to_who_looks_at_all(priya):
    leaflet = publish("Ibuprofen").leaflet
    look()
    withdraw(leaflet, by=priya, notice="Ask us.", why="Wrong.")
    later = timezone.now() + dt.timedelta(days=2)
    assert catch_up(at=later, most=50, everywhere=False) == (0, 0)
    assert catch_up(at=later, most=50) == (1, 0)


def test_what_is_still_to_come_takes_no_place_among_what_changed_lately(monkeypatch, priya):
    monkeypatch.setattr(findings, "_MOST_LATELY", 1)
    leaflet = publish("Ibuprofen").leaflet
    coming = make_approved(medicine="Baclofen")
    release(coming, by=priya, change_note="First.", effective_from=timezone.now() + dt.timedelta(days=1))
    catch_up(at=timezone.now(), most=50, everywhere=False)
    assert Reading.objects.get().leaflet == leaflet


def test_a_name_that_is_new_makes_the_clock_look_again():
    publish("Baclofen", "Not with Nurofen.")
    publish("Ibuprofen")
    rounds = Rounds()
    list(tick(rounds=rounds))
    assert found() == []
    add_names(make_medicine("Ibuprofen"), by=None, names=[("Nurofen", "brand")])
    forget()
    assert any("may contradict each other" in line for line in tick(rounds=rounds))
    assert found() == [(Kind.ONE_SIDED, "baclofen", "ibuprofen", ["Not with Nurofen."])]
    assert not [line for line in tick(rounds=rounds) if "contradict" in line]
