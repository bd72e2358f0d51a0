"""Who leaves: nobody with a history is deleted, and the name stays on all that they did."""

import pytest
from django.db import transaction
from django.db.models import ProtectedError
from django.urls import reverse

from monographs.audit.models import Entry
from monographs.refusals import Conflict
from monographs.staff.actions import change_staff, delete_staff
from monographs.staff.models import StaffMember
from tests.admin.people.forms import entries, save
from tests.makers import make_leaflet, make_published
from tests.people import make_person
from tests.races import race, winners

pytestmark = pytest.mark.django_db


def test_deactivated_person_is_out_at_once_and_on_record(administrator, ana, client):
    other = type(client)()
    other.force_login(ana)
    assert save(administrator, ana, is_active="").status_code == 302
    assert [entry[:2] for entry in entries("staff.deactivated")] == [("Ada Admin", "Ana Author")]
    assert other.get(reverse("admin:index")).status_code == 302
    ana.refresh_from_db()
    save(administrator, ana, is_active="on")
    assert [entry[:2] for entry in entries("staff.reactivated")] == [("Ada Admin", "Ana Author")]


def test_nobody_shuts_themselves_out(administrator, ada):
    response = save(administrator, ada, is_active="")
    assert response.status_code == 200
    assert "take away your own access" in response.content.decode()
    assert StaffMember.objects.get(pk=ada.pk).is_active


def test_the_last_superuser_stays_one(client, root):
    client.force_login(root)
    page = save(client, root)  # the box “superuser” is not ticked
    assert "Root Test is the only superuser left" in page.content.decode()
    assert StaffMember.objects.get(pk=root.pk).is_superuser
    second = make_person("second", is_superuser=True)
    assert save(client, root).status_code == 302
    second.is_superuser = False
    with pytest.raises(Conflict, match="only superuser left"):
        change_staff(second, by=StaffMember.objects.get(pk=second.pk))


@pytest.mark.django_db(transaction=True)
def test_two_superusers_who_deactivate_each_other_do_not_both_go():
    """Both pages were open, both people had the right when they asked."""
    pair = [make_person(name, is_superuser=True) for name in ("rita", "rolf")]

    def deactivate(person, by):
        person = StaffMember.objects.get(pk=person.pk)
        person.is_active = False
        return change_staff(person, by=by)

    outcomes = race(lambda: deactivate(pair[0], pair[1]), lambda: deactivate(pair[1], pair[0]))
    assert len(winners(outcomes)) == 1
    assert StaffMember.objects.filter(is_superuser=True, is_active=True).count() == 1


def test_no_door_deletes_who_has_a_history(root, ana):
    """The shell's own delete, of one, of many, and by way of what hangs on a person."""
    leaflet = make_leaflet(by=ana)
    for delete in (ana.delete, StaffMember.objects.filter(pk=ana.pk).delete, StaffMember.objects.all().delete):
        with pytest.raises(ProtectedError), transaction.atomic():
            delete()
    ana.groups.get().delete()  # the role goes, not who had it
    assert StaffMember.objects.filter(pk=ana.pk).exists()
    assert leaflet.revisions.get().by == ana


def test_a_new_name_does_not_rewrite_what_was_recorded_under_the_old_one(client, root, ana, bruno, priya):
    publication = make_published()
    for person, name in ((ana, "Anna"), (bruno, "Brunello"), (priya, "Priyanka")):
        person.first_name = name
        change_staff(person, by=root)
    assert set(Entry.objects.filter(by=bruno).values_list("by_name", flat=True)) == {"Bruno Reader"}
    client.force_login(root)
    leaflet = publication.leaflet_id
    history = client.get(reverse("admin:leaflet-history", args=[leaflet])).content.decode()
    ledger = client.get(reverse("admin:monographs_entry_changelist")).content.decode()
    sheet = client.get(reverse("admin:publication-certificate", args=[leaflet, publication.pk])).content.decode()
    for page in (history, ledger, sheet):
        assert "Bruno Reader" in page
        assert "Priya Publisher" in page
        assert "Ana Author" in page
    for name in ("Anna", "Brunello", "Priyanka"):  # the ledger tells of the change of name, too
        assert name not in sheet
        assert name not in history.partition('id="staff-timeline"')[2]


def test_person_with_history_cannot_be_deleted_and_is_told_why(client, root, ana):
    make_leaflet(by=ana)
    client.force_login(root)
    page = client.get(reverse("admin:monographs_staffmember_change", args=[ana.pk])).content.decode()
    assert "the record names this person" in page
    address = reverse("admin:monographs_staffmember_delete", args=[ana.pk])
    assert address not in page
    response = client.post(address, {"post": "yes"})
    assert response.status_code == 409
    with pytest.raises(Conflict, match="Ana Author has worked here"):
        delete_staff(ana, by=root)
    assert StaffMember.objects.filter(pk=ana.pk).exists()


def test_account_made_by_mistake_can_be_deleted_on_record(client, root, mallory):
    client.force_login(root)
    response = client.post(reverse("admin:monographs_staffmember_delete", args=[mallory.pk]), {"post": "yes"})
    assert response.status_code == 302
    assert not StaffMember.objects.filter(username="mallory").exists()
    assert entries("staff.deleted") == [("Root Test", "Mallory Outside", {})]


def test_name_of_who_has_left_stays_on_everything_they_did(client, root, ana, bruno):
    published = make_published()
    client.force_login(root)
    for person in (ana, bruno):
        person.is_active = False
        assert change_staff(person, by=root) == ["staff.deactivated"]
    told = client.get(reverse("admin:leaflet-history", args=[published.leaflet_id])).content.decode()
    signed = client.get(reverse("admin:leaflet-review", args=[published.leaflet_id])).content.decode()
    for name in ("Ana Author", "Bruno Reader"):
        assert name in told
        assert name in signed
    assert "registration REG-bruno" in signed
    with pytest.raises(Conflict, match="Bruno Reader has worked here"):
        delete_staff(bruno, by=root)


def test_a_session_that_ended_with_the_access_does_not_come_back_with_it(administrator, ana, client):
    other = type(client)()
    other.force_login(ana)
    save(administrator, ana, is_active="")
    save(administrator, ana, is_active="on")
    assert other.get(reverse("admin:index")).status_code == 302
