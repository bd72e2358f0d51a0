"""Who is on the site at once: readers, readers who reply, a moderator, authors who save, three who release.

Each does the same again and again and notes what the server acknowledged. Nothing here knows of the database.
"""

import ipaddress
import itertools
import re
import threading
import time
import uuid
from collections import Counter, defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field

from tests.load.browser import Answer, Browser, Form, forms_in

PASSWORD = "leaflets to try out"  # noqa: S105 - of the sample people
OK = {200, 302, 303, 304}


@dataclass
class Notes:
    """What was acknowledged, by kind of act: its words or numbers. ``waits`` are seconds, by what was asked for;
    ``statuses`` count that and the answer's status."""

    done: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    waits: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    statuses: Counter = field(default_factory=Counter)

    def add(self, other: "Notes") -> None:
        for name, found in other.done.items():
            self.done[name] += found
        for name, found in other.waits.items():
            self.waits[name] += found
        self.statuses += other.statuses

    def plain(self) -> "Notes":
        """Fit to be sent to another process."""
        return Notes(dict(self.done), dict(self.waits), self.statuses)


@dataclass(frozen=True)
class Stage:
    """Where all of it takes place. ``saved`` and ``released`` are leaflets, one for each person (or three)."""

    socket: str
    slugs: tuple[str, ...]
    saved: tuple[int, ...]
    released: tuple[tuple[int, str], ...]
    run: str  # in every text, so that each run knows its own


class Person:
    """``act`` once is one round; ``live`` until told to stop."""

    pause = 0.05  # seconds between two rounds

    def __init__(self, stage: Stage, name: str, notes: Notes):
        self.stage, self.name, self.notes = stage, f"{stage.run} {name}", notes
        self.browser = Browser(stage.socket)
        self.numbers = itertools.count(1)

    def live(self, stop: threading.Event) -> None:
        while not stop.wait(self.pause):
            self.act()

    def act(self) -> None:
        raise NotImplementedError

    def get(self, path: str, kind: str) -> Answer:
        return self._timed(kind, lambda: self.browser.get(path))

    def post(self, path: str, fields: list[tuple[str, str]] | dict[str, str], kind: str) -> Answer:
        return self._timed(kind, lambda: self.browser.post(path, fields))

    def _timed(self, kind: str, ask: Callable[[], Answer]) -> Answer:
        began = time.perf_counter()
        answer = ask()
        if answer.status in OK:
            self.notes.waits[kind].append(time.perf_counter() - began)
        self.notes.statuses[kind, answer.status] += 1
        return answer


class Reader(Person):
    pause = 0.02

    def act(self) -> None:
        slug = self.stage.slugs[next(self.numbers) % len(self.stage.slugs)]
        for path, kind in ((f"/leaflets/{slug}/", "leaflet"), ("/", "home"), (f"/search/?q={slug[:5]}", "search")):
            self.get(path, kind)


class Replier(Person):
    pause = 0.2

    def act(self) -> None:
        slug, words = self.stage.slugs[next(self.numbers) % len(self.stage.slugs)], f"{self.name} {next(self.numbers)}"
        form = next(
            (form for form in forms_in(self.get(f"/leaflets/{slug}/", "leaflet").text) if form.value("token")), 0
        )
        if form:
            self.browser.sent_from = str(ipaddress.IPv4Address(uuid.uuid4().int % 2**32))  # another reader each time
            sent = self.post(f"/leaflets/{slug}/reply/", form.filled(body=words, name="Dario"), "reply")
            again = next((form for form in forms_in(sent.text) if form.value("looked")), None)
            if sent.status == 200 and again:  # the leaflet answers first
                time.sleep(2)
                sent = self.post(f"/leaflets/{slug}/reply/", again.filled(body=words, name="Dario"), "reply")
            if sent.status == 303:
                self.notes.done["reply"].append(words)


class Staff(Person):
    username = ""
    pause = 0.3

    def live(self, stop: threading.Event) -> None:
        while not self.browser.log_in(self.username, PASSWORD):
            if stop.wait(1):
                return
        super().live(stop)

    def form(self, path: str, kind: str, *, action: str = "") -> Form | None:
        """The staff's form on this page (that leads to ``action``, if several stand there)."""
        forms = [form for form in forms_in(self.get(path, kind).text) if form.value("csrfmiddlewaretoken")]
        return next((form for form in forms if action in form.action and "logout" not in form.action), None)


class Moderator(Staff):
    username = "carla"

    def act(self) -> None:
        found, queue = {}, self.get("/admin/replies/", "queue").text
        shut = set(re.findall(r"/admin/replies/(\d+)/crisis/", queue))  # cries for help are opened by people
        for form in forms_in(queue):
            number = re.fullmatch(r"/admin/replies/(\d+)/", form.action)
            if number and number[1] not in shut:
                found.setdefault(number[1], form)
        for number, form in itertools.islice(found.items(), 4):
            sent = self.post(form.action, form.filled(verb="approve"), "moderate")
            if sent.status == 302:
                self.notes.done["approve"].append(number)


class Author(Staff):
    """Saves one leaflet again and again. ``place`` is whose."""

    username = "ana"

    def __init__(self, stage: Stage, name: str, notes: Notes, place: int):
        super().__init__(stage, name, notes)
        self.leaflet = stage.saved[place]

    def act(self) -> None:
        words = save(self, self.leaflet)
        if words:
            self.notes.done["save"].append(words)


class Releasers(Person):
    """Ana writes, Bruno signs, Priya publishes, one after the other: a version a round."""

    pause = 0.5

    def __init__(self, stage: Stage, name: str, notes: Notes, place: int):
        super().__init__(stage, name, notes)
        self.leaflet, self.slug = stage.released[place]
        self.ana, self.bruno, self.priya = (_Colleague(stage, name, notes, who) for who in ("ana", "bruno", "priya"))

    def live(self, stop: threading.Event) -> None:
        people = [self.ana, self.bruno, self.priya]
        while people:
            if people[0].browser.log_in(people[0].username, PASSWORD):
                people.pop(0)
            elif stop.wait(1):
                return
        super().live(stop)

    def act(self) -> None:
        """Where a step was not acknowledged, the next round goes on from what the pages then offer."""
        at = f"/admin/leaflets/{self.leaflet}"
        save(self.ana, self.leaflet)
        if form := self.ana.form(f"{at}/submit/", "submit page"):
            self.ana.post(f"{at}/submit/", form.filled(note="For the load."), "submit")
        if form := self.bruno.form(f"{at}/review/", "review page", action="approve"):
            ticked = [*form.fields, *(box for box in form.boxes if box[0] == "ticked"), ("password", PASSWORD)]
            self.bruno.post(f"{at}/approve/", ticked, "approve")
        words = f"{self.name} version {next(self.numbers)}"
        if form := self.priya.form(f"{at}/publish/", "publish page"):
            fields = form.filled(change_note=words, size="minor", when="now")
            if self.priya.post(f"{at}/publish/", fields, "publish").status == 302:
                self.notes.done["publish"].append(words)


class _Colleague(Staff):
    def __init__(self, stage: Stage, name: str, notes: Notes, username: str):
        super().__init__(stage, f"{name} {username}", notes)
        self.username = username


def save(person: Staff, leaflet: int) -> str:
    """Save the leaflet with a sentence changed; the sentence if that was acknowledged, else ""."""
    path = f"/admin/monographs/leaflet/{leaflet}/change/"
    form = next((f for f in forms_in(person.get(path, "edit page").text) if f.value("sections-TOTAL_FORMS")), None)
    if not form:
        return ""
    sentence = f"Ask if unsure: {person.name}, {next(person.numbers)}."
    body = re.sub(r"\n*Ask if unsure:.*", "", form.value("sections-0-body")) + f"\n\n{sentence}"
    answer = person.post(path, form.filled(**{"sections-0-body": body, "why": "For the load."}), "save")
    return sentence if answer.status == 302 else ""
