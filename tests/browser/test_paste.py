"""Pasting from a word processor, with the browser's own clipboard: lists arrive as lists, and nothing typed is lost."""

import pytest
from playwright.sync_api import Page, expect

from monographs.leaflets.limits import LONGEST_LEAFLET
from tests.admin.forms import body_of, change_url, place_of
from tests.browser.writing import save

WORD = "Do not take it if you:\n•\tare pregnant\n•\tsmoke\no\tmore than 5 a day\n"
WORD_HTML = """<html><body><!--StartFragment-->
<p class=MsoNormal>Do not take it if you:</p>
<p class=MsoListParagraphCxSpFirst style='text-indent:-18.0pt;mso-list:l0 level1 lfo1'><![if !supportLists]><span
style='font-family:Symbol'><span style='mso-list:Ignore'>·<span style='font:7.0pt "Times New Roman"'>&nbsp;&nbsp;&nbsp;
</span></span></span><![endif]>are pregnant</p>
<p class=MsoListParagraphCxSpLast style='margin-left:72.0pt;mso-list:l0 level2 lfo1'><![if !supportLists]><span
style='mso-list:Ignore'>o<span style='font:7.0pt "Times New Roman"'>&nbsp;&nbsp; </span></span><![endif]>or
may be</p>
<!--EndFragment--></body></html>"""
WEB_HTML = "<p>Take it:</p><ol start=3><li>with food<ul><li><p>or milk</p></li></ul></li><li>sitting</li></ol>"
LIST = "Do not take it if you:\n- are pregnant\n- smoke\n  - more than 5 a day\n"


def copy(page: Page, text: str, html: str = "") -> None:
    """Put on the clipboard what another program would."""
    page.evaluate(
        """([text, html]) => addEventListener("copy", (event) => {
            event.preventDefault();
            event.clipboardData.setData("text/plain", text);
            if (html) event.clipboardData.setData("text/html", html);
        }, {once: true})""",
        [text, html],
    )
    page.keyboard.press("Control+c")


def paste(page: Page, field, text: str, html: str = "", *, at: int | None = None) -> None:
    field.focus()
    copy(page, text, html)
    place = "field.value.length" if at is None else str(at)
    field.evaluate(f"field => field.setSelectionRange({place}, {place})")
    page.keyboard.press("Control+v")


def test_pasting_a_word_list_gives_a_list_in_field_preview_and_page(form, dose, leaflet):
    dose.fill("Before.\n\n")
    paste(form, dose, WORD)
    expect(dose).to_have_value(f"Before.\n\n{LIST}")
    box = dose.locator("xpath=ancestor::div[@data-started]")
    expect(box.locator(".paper li")).to_have_count(3)
    save(form)
    assert body_of(leaflet, "dosage") == f"Before.\n\n{LIST}".rstrip()


def test_caret_stands_behind_what_was_pasted_and_undo_takes_it_back(form, dose):
    dose.fill("Before.\n\nAfter.")
    paste(form, dose, WORD, at=9)
    expect(dose).to_have_value(f"Before.\n\n{LIST}After.")
    assert dose.evaluate("field => field.selectionStart") == len(f"Before.\n\n{LIST}")
    form.keyboard.press("Control+z")
    expect(dose).to_have_value(f"Before.\n\n{WORD}After.")
    form.keyboard.press("Control+z")
    expect(dose).to_have_value("Before.\n\nAfter.")


def test_levels_are_read_from_words_html_and_numbers_from_a_web_page(form, dose):
    dose.fill("")
    paste(form, dose, "Do not take it if you:\nare pregnant\nor may be\n", WORD_HTML)
    expect(dose).to_have_value("Do not take it if you:\n\n- are pregnant\n  - or may be")
    dose.fill("")
    paste(form, dose, "Take it:\n\nwith food\nor milk\nsitting", WEB_HTML)
    expect(dose).to_have_value("Take it:\n\n3. with food\n   - or milk\n4. sitting")


def test_html_with_other_words_than_the_text_is_not_believed(form, dose):
    dose.fill("")
    paste(form, dose, "•\tTake 5 mg", "<ul><li>Take 50 mg</li></ul>")
    expect(dose).to_have_value("- Take 5 mg")


def test_words_within_a_line_stay_there(form, dose):
    dose.fill("Take  now.")
    paste(form, dose, "５ \uf06dg", at=5)
    expect(dose).to_have_value("Take 5 µg now.")


def test_key_facts_lose_their_bullets(form):
    facts = form.locator("#id_key_facts")
    facts.fill("")
    paste(form, facts, "•\tTake it with food.\n•\tDo not drive.")
    expect(facts).to_have_value("Take it with food.\nDo not drive.")


def test_writing_goes_on_while_the_server_answers(form, dose):
    dose.fill("")
    form.route("**/leaflets/settle/", lambda route: (form.wait_for_timeout(300), route.continue_()))
    paste(form, dose, "•\tOne\n•\tTwo\n")
    form.keyboard.type("Three")
    expect(dose).to_have_value("- One\n- Two\nThree")
    assert dose.evaluate("field => field.selectionStart") == len("- One\n- Two\nThree")


def test_without_a_server_the_text_stays_as_it_came_and_the_check_finds_it(form, dose, leaflet):
    dose.fill("")
    form.route("**/leaflets/settle/", lambda route: route.abort())
    paste(form, dose, "•\tTake 4 tablets\n•\tDo not chew")
    box = dose.locator("xpath=ancestor::div[@data-started]")
    expect(box.get_by_role("alert")).to_contain_text("The server can't be reached")
    expect(dose).to_have_value("•\tTake 4 tablets\n•\tDo not chew")
    save(form)
    assert body_of(leaflet, "dosage") == "- Take 4 tablets\n- Do not chew"
    form.faults[:] = [fault for fault in form.faults if "ERR_FAILED" not in fault]


@pytest.mark.parametrize("length", [LONGEST_LEAFLET + 1, 5_000_000])
def test_a_paste_that_no_leaflet_could_hold_is_refused_and_nothing_typed_is_lost(form, dose, length):
    dose.fill("Typed before.")
    dose.focus()
    form.evaluate(
        """(length) => addEventListener("copy", (event) => {
            event.preventDefault();
            event.clipboardData.setData("text/plain", "a".repeat(length));
        }, {once: true})""",
        length,
    )
    form.keyboard.press("Control+c")
    form.keyboard.press("Control+v")
    box = dose.locator("xpath=ancestor::div[@data-started]")
    expect(box.get_by_role("alert")).to_contain_text("Nothing was pasted")
    assert dose.input_value() == "Typed before."


def test_without_javascript_saving_settles_it(new_page, let_in, live_server, ana, leaflet):
    page = new_page(java_script_enabled=False)
    let_in(page, ana)
    page.goto(live_server.url + change_url(leaflet))
    page.reload()  # see test_editor: boxes far below may be painted only then
    page.fill(f"#id_sections-{place_of(leaflet, 'dosage')}-body", WORD)
    save(page)
    assert body_of(leaflet, "dosage") == LIST.rstrip()
