"""Listening: section by section, with pause, the sentence marked; and no button where no voice speaks the language."""

import json

import pytest
from playwright.sync_api import Page, expect

from monographs.leaflets.content import SectionContent
from tests.makers import make_content, make_leaflet, make_published
from tests.reading.parts import make_clinic

# A voice that says nothing until it is told that it has ended, and voices that may come late.
VOICES = """(voices) => {
  window.spoken = [];
  window.canceled = 0;
  const listeners = [];
  let current = null;
  window.SpeechSynthesisUtterance = class { constructor(text) { this.text = text; } };
  window.setVoices = (all) => {
    voices = all.map(([lang, localService]) => ({lang, localService, name: lang}));
    for (const listener of listeners) listener();
  };
  window.sayEnds = () => current?.onend?.();
  window.sayFails = () => current?.onerror?.({error: "synthesis-failed"});
  Object.defineProperty(window, "speechSynthesis", {value: {
    speak(one) { current = one; window.spoken.push([one.text, one.lang, one.voice?.localService]); },
    cancel() { window.canceled += 1; const old = current; current = null; old?.onerror?.({error: "interrupted"}); },
    getVoices: () => voices,
    addEventListener: (_name, listener) => listeners.push(listener),
  }});
  window.setVoices(voices);
}"""
MARKED = "() => [...(CSS.highlights.get('read-aloud') ?? [])].map((range) => range.toString()).join('')"
DOSE = "Take **5 mg** in the morning. Never take 2.5 mg. Dr. Smith knows why.\n\n- With *food*. Then rest."


def _open(page: Page, address: str, *voices: tuple[str, bool]) -> None:
    page.add_init_script(f"({VOICES})({json.dumps(voices)})")
    page.goto(address)
    expect(page.locator(".tools")).to_have_class("tools is-ready")


def _said(page: Page) -> list[str]:
    return [words for words, _language, _is_local in page.evaluate("window.spoken")]


def _until(page: Page, words: str) -> None:
    for _sentence in range(100):
        if _said(page)[-1] == words:
            return
        page.evaluate("sayEnds()")
    raise AssertionError(f"{words} is not said: {_said(page)}")


def _button(page: Page, name: str):
    return page.get_by_role("button", name=name, exact=True)


@pytest.fixture
def address(without_gate, live_server) -> str:
    make_clinic()
    dosage = SectionContent("dosage", "dosage", "How to take it", DOSE)
    leaflet = make_leaflet(medicine="Testamol", sections=(*make_content().sections[:3], dosage))
    return f"{live_server.url}/leaflets/{make_published(leaflet).leaflet.slug}/"


@pytest.fixture
def listening(page, address) -> Page:
    _open(page, address, ("en-GB", True))
    _button(page, "Listen").click()
    return page


def test_each_sentence_is_said_by_itself_and_marked_while_it_is(listening):
    _until(listening, "How to take it")
    assert listening.evaluate(MARKED) == "How to take it"
    for words in (
        "Take 5 mg in the morning.",
        "Never take 2.5 mg.",
        "Dr. Smith knows why.",
        "With food.",
        "Then rest.",
    ):
        listening.evaluate("sayEnds()")
        assert _said(listening)[-1] == words
        assert listening.evaluate(MARKED) == words
        assert listening.locator("article mark").count() == 0  # the page is as it was


def test_selection_of_the_reader_stays(listening):
    _until(listening, "How to take it")
    listening.evaluate("getSelection().selectAllChildren(document.querySelector('#part-dosage'))")
    listening.evaluate("sayEnds()")
    assert listening.evaluate("getSelection().toString()").strip() == "How to take it"


def test_pause_keeps_the_place_and_going_on_says_the_sentence_anew(listening):
    _until(listening, "Never take 2.5 mg.")
    before = len(_said(listening))
    _button(listening, "Pause").click()
    assert listening.evaluate(MARKED) == "Never take 2.5 mg."
    listening.wait_for_timeout(50)
    assert len(_said(listening)) == before
    _button(listening, "Go on").click()
    assert _said(listening)[before:] == ["Never take 2.5 mg."]
    expect(_button(listening, "Pause")).to_be_visible()


def test_sections_can_be_turned_to(listening):
    _until(listening, "Information for patients")
    _button(listening, "Next section").click()
    assert _said(listening)[-1] == "Key facts"
    listening.evaluate("sayEnds()")
    listening.evaluate("sayEnds()")
    _button(listening, "Section before").click()
    assert _said(listening)[-1] == "Key facts"
    _button(listening, "Section before").click()
    assert _said(listening)[-1] == "Information for patients"
    _button(listening, "Section before").click()
    assert _said(listening)[-1] == "Information for patients"
    headings = listening.locator("article h2:not(nav h2)").all_inner_texts()
    for heading in headings:
        _button(listening, "Next section").click()
        assert _said(listening)[-1] == heading
    said = len(_said(listening))
    _button(listening, "Next section").click()
    assert len(_said(listening)) == said


def test_keyboard_alone_does_it(page, address):
    _open(page, address, ("en-GB", True))
    _button(page, "Listen").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("group", name="Reading aloud")).to_be_visible()
    for name in ("Section before", "Pause", "Next section"):
        page.keyboard.press("Tab")
        expect(_button(page, name)).to_be_focused()
    page.keyboard.press("Space")
    assert _said(page)[-1] == "Key facts"
    page.keyboard.press("Escape")
    expect(_button(page, "Listen")).to_be_focused()
    expect(page.get_by_role("group", name="Reading aloud")).to_be_hidden()
    assert page.evaluate(MARKED) == ""


def test_end_of_the_leaflet_stops_it(listening):
    for _sentence in range(200):
        listening.evaluate("sayEnds()")
    expect(_button(listening, "Listen")).to_be_visible()
    assert listening.evaluate(MARKED) == ""


def test_voice_that_fails_stops_it(listening):
    listening.evaluate("sayFails()")
    expect(_button(listening, "Listen")).to_be_visible()


def test_page_that_is_left_is_silent_and_so_is_its_return(listening, address):
    listening.evaluate("addEventListener('pagehide', () => sessionStorage.setItem('canceled', window.canceled))")
    listening.evaluate("window.canceled = 0")
    listening.goto(address.rpartition("/leaflets/")[0] + "/a-z/")
    assert int(listening.evaluate("sessionStorage.getItem('canceled')")) >= 1
    listening.go_back()
    expect(_button(listening, "Listen")).to_be_visible()
    expect(_button(listening, "Stop")).to_have_count(0)


@pytest.mark.parametrize("voices", [[], [("de-DE", True), ("fr_FR", True)]])
def test_no_button_where_no_voice_speaks_the_language_and_one_when_it_comes(page, address, voices):
    _open(page, address, *voices)
    expect(_button(page, "Listen")).to_be_hidden()
    page.evaluate("setVoices([['en_US', false]])")
    expect(_button(page, "Listen")).to_be_visible()
    page.evaluate("setVoices([['de-DE', true]])")
    expect(_button(page, "Listen")).to_be_hidden()


def test_devices_own_voice_comes_before_one_that_sends_the_words_away(page, address):
    _open(page, address, ("en-GB", False), ("en-US", True))
    _button(page, "Listen").click()
    assert page.evaluate("window.spoken")[0][1:] == ["en-US", True]


def test_arabic_is_read_by_an_arabic_voice_and_marked(without_gate, live_server, page):
    make_clinic()
    body = "تناول 5 mg مرة في اليوم. لا تتناول أكثر من ذلك. هل نسيت جرعة؟ اسألنا."
    leaflet = make_published(make_leaflet("Arabicol", language="ar", title="أرابيكول", dosage=body)).leaflet
    _open(page, f"{live_server.url}/leaflets/{leaflet.slug}/", ("en-GB", True), ("ar-SA", True))
    page.locator("[data-listen]").click()
    for sentence in ("تناول 5 mg مرة في اليوم.", "لا تتناول أكثر من ذلك.", "هل نسيت جرعة؟", "اسألنا."):
        _until(page, sentence)
        assert page.evaluate(MARKED) == sentence
    assert {language for _words, language, _is_local in page.evaluate("window.spoken")} == {"ar-SA"}


def test_pictures_that_say_nothing_and_ways_to_other_files_are_not_read(page, address):
    page.route(
        address,
        lambda route: route.fulfill(
            response=(answer := route.fetch()),
            body=answer.text().replace(
                "<p>Take <strong>",
                '<svg aria-hidden="true"><text>HIDDEN</text></svg><svg role="img" aria-label="Two of ten people">'
                "<text>INSIDE</text></svg><p>Take <strong>",
            ),
        ),
    )
    _open(page, address, ("en-GB", True))
    _button(page, "Listen").click()
    for _sentence in range(80):
        page.evaluate("sayEnds()")
    said = " ".join(_said(page))
    assert "Two of ten people" in said
    for words in ("HIDDEN", "INSIDE", "EPUB", "another format", "In this leaflet"):
        assert words not in said


def test_sentence_out_of_sight_is_brought_in_sight_unless_the_reader_went_elsewhere(listening):
    _until(listening, "How to take it")
    expect(listening.locator("#part-dosage")).to_be_in_viewport()
    listening.wait_for_timeout(1100)  # it may still be on its way
    listening.evaluate("scrollTo({top: 0, behavior: 'instant'})")
    listening.set_viewport_size({"width": 1280, "height": 300})
    listening.evaluate("sayEnds()")
    listening.wait_for_timeout(300)
    assert listening.evaluate("scrollY") == 0


def test_mark_can_be_seen_in_forced_colours(listening):
    listening.emulate_media(forced_colors="active")
    style = "getComputedStyle(document.querySelector('article p'), '::highlight(read-aloud)').backgroundColor"
    marked = listening.evaluate(style)
    assert marked not in ("", "rgba(0, 0, 0, 0)")
    assert marked != listening.evaluate("getComputedStyle(document.body).backgroundColor")
