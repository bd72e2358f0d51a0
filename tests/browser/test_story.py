"""The whole story in a real browser: from a text file to a patient's answered question."""

from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from playwright.sync_api import expect

from monographs.comments.triage.labelling import triage
from monographs.leaflets.models import Leaflet
from monographs.revisions.models import Revision
from tests.browser import story
from tests.people import make_person

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.every_database]

OWN_TEXT = """\
Baclofen is a medicine for stiff muscles. Read this before you take it.

What is Baclofen?

It calms the nerves that tell muscles to tighten.

Uses of Baclofen

Muscle Spasms:

It eases spasms in multiple sclerosis.

Dosage and Administration

Your doctor sets the dose.

Potential Side Effects

You may feel drowsy or weak.

Leave a Reply"""
SEED = Path(__file__).resolve().parents[3] / "shared" / "seed" / "baclofen.txt"


@pytest.fixture(params=["a text of our own", "the clinic's web page"])
def text_file(request, tmp_path):
    if request.param != "a text of our own":
        if not SEED.exists():
            pytest.skip("../shared/seed/baclofen.txt is not here")
        return SEED
    file = tmp_path / "baclofen.txt"
    file.write_text(OWN_TEXT)
    return file


def test_one_leaflet_goes_all_the_way(text_file, live_server, new_page, log_in, behind_the_back):
    triage("May I drive with it?")  # a process reads the rules once, for seconds: before a browser waits for it
    site = live_server.url
    ana, bruno, priya, carla = (make_person(name) for name in ("ana", "bruno", "priya", "carla"))
    make_person("ana", role="Second reader")  # even so she can't approve what she wrote
    desks = {}
    for person in (ana, bruno, priya, carla):
        desks[person.username] = new_page()
        log_in(desks[person.username], person)
    dario = new_page(java_script_enabled=False)

    # Ana imports the text, completes it in the admin and submits it; she cannot approve it.
    call_command("import_leaflet", str(text_file), by="ana")
    leaflet = Leaflet.objects.get(slug="baclofen")
    page = desks["ana"]
    story.open_leaflet(page, site, "Baclofen")
    story.complete_leaflet(page)
    story.submit_for_review(page)
    page.goto(f"{site}/admin/leaflets/{leaflet.pk}/review/")
    expect(page.get_by_text("Somebody who did not must be the second reader")).to_be_visible()
    expect(page.get_by_role("button", name="Approve and sign")).to_have_count(0)
    assert dario.request.get(f"{site}/leaflets/baclofen/").status == 404

    # Bruno approves; Priya publishes.
    page = desks["bruno"]
    page.goto(f"{site}/admin/")
    page.get_by_role("link", name="Baclofen").first.click()
    page.wait_for_url("**/review/**")
    story.approve(page)
    assert dario.request.get(f"{site}/leaflets/baclofen/").status == 404
    story.publish(desks["priya"], site, leaflet.pk, "First version.")

    # Dario reads it, without JavaScript, and replies; nothing shows until Carla approves and answers.
    dario.goto(f"{site}/")
    dario.get_by_label("Your medicine, or a question").fill("baclofen")
    dario.get_by_role("button", name="Search").click()
    dario.get_by_role("link", name="Baclofen").first.click()
    expect(dario.get_by_role("heading", level=1)).to_have_text("Baclofen")
    dario.get_by_label("Your reply").fill("May I drive with it?")
    dario.get_by_label("First name").fill("Dario")
    dario.get_by_role("button", name="Send").click()
    expect(dario.get_by_role("heading", level=1)).not_to_have_text("Baclofen")
    dario.wait_for_load_state()
    if dario.get_by_text("Did this answer it?").count():  # where the leaflet says something about driving
        dario.wait_for_timeout(2_100)
        dario.get_by_role("button", name="No, send it").click()
    expect(dario.get_by_role("heading", name="Thank you")).to_be_visible()
    assert dario.context.cookies() == []
    dario.goto(f"{site}/leaflets/baclofen/")
    expect(dario.get_by_text("May I drive with it?")).to_have_count(0)

    page = desks["carla"]
    page.goto(f"{site}/admin/replies/")
    expect(page.get_by_text("May I drive with it?").first).to_be_visible()
    page.locator("summary", has_text="Answer").first.click()
    page.locator("textarea[name=body]").first.fill("Not until you know how it affects you.")
    page.locator("button[name=verb][value=answer]").first.click()
    expect(page.get_by_role("status")).to_contain_text("with your answer")
    dario.goto(f"{site}/leaflets/baclofen/")
    expect(dario.get_by_text("May I drive with it?")).to_be_visible()
    expect(dario.get_by_text("Not until you know how it affects you.")).to_be_visible()

    # Ana's next edit is not public until it has gone the same way; version 1 stays at its address.
    page = desks["ana"]
    story.open_leaflet(page, site, "Baclofen")
    page.fill("#id_key_facts", "Never take more than 100mg in a day.\nIt may make you sleepy.\nKeep it from children.")
    story.save(page)
    dario.goto(f"{site}/leaflets/baclofen/")
    expect(dario.get_by_text("Never take more than 100mg")).to_have_count(0)
    story.submit_for_review(page)
    page = desks["bruno"]
    page.goto(f"{site}/admin/leaflets/{leaflet.pk}/review/")
    expect(page.get_by_text("100mg").first).to_be_visible()
    story.approve(page)
    dario.goto(f"{site}/leaflets/baclofen/")
    expect(dario.get_by_text("Never take more than 100mg")).to_have_count(0)
    story.publish(desks["priya"], site, leaflet.pk, "A highest dose.")
    dario.goto(f"{site}/leaflets/baclofen/")
    expect(dario.get_by_text("Never take more than 100mg")).to_be_visible()
    dario.goto(f"{site}/leaflets/baclofen/versions/1/")
    expect(dario.get_by_text("Do not stop suddenly.").first).to_be_visible()
    expect(dario.locator("article")).not_to_contain_text("Never take more than 100mg")
    expect(dario.locator("main")).to_contain_text("Never take more than 100mg")  # what changed since stands above it

    # The record holds, until a byte is changed behind the application's back.
    call_command("verify_history", quiet=True)
    with behind_the_back():
        first = Revision.objects.get(leaflet=leaflet, number=1)
        Revision.objects.filter(pk=first.pk).update(content_json=first.content_json.replace("Baclofen", "Baclofem", 1))
    with pytest.raises((CommandError, SystemExit), match="evision"):
        call_command("verify_history", quiet=True)
