"""What texts cost: comparing, checking, rendering, verifying; and what the second reader is told."""

import random
from collections.abc import Callable, Iterator
from dataclasses import replace

from django.core.management import call_command
from markdown_it import MarkdownIt

from monographs.audit.models import Entry
from monographs.audit.record import act, record
from monographs.leaflets.content import SectionContent
from monographs.publication.page.compile import compile_page
from monographs.quality.amounts import dose_words
from monographs.quality.pieces import blocks, passages
from monographs.quality.rules import check
from monographs.remembered import forget_all
from monographs.revisions.compare import compare
from monographs.text.markup import parser as markup_parser
from monographs.text.markup.account import account as word_account
from monographs.text.markup.account.account import account
from monographs.text.markup.markdown import render
from monographs.text.markup.parser import leaflet_parser
from tests.bench.timing import seconds
from tests.makers import make_content
from tests.people import make_person
from tests.revisions.study import lines, rates
from tests.revisions.study.mutations import dangerous, harmless


def long_text(words: int, seed: int) -> str:
    """Sentences with doses among them."""
    chance = random.Random(seed)  # noqa: S311 - a text to measure with, no secret
    vocabulary = [f"word{number}" for number in range(400)] + ["5mg", "10mg", "twice a day", "do not", "never"]
    sentences = [" ".join(chance.choices(vocabulary, k=12)) + "." for _sentence in range(words // 12)]
    return "\n\n".join(" ".join(sentences[start : start + 3]) for start in range(0, len(sentences), 3))


def long_content(words: int, seed: int = 0):
    """A leaflet of about so many words, spread over its sections."""
    content = make_content()
    each = words // len(content.sections)
    sections = tuple(
        SectionContent(section.key, section.kind, section.heading, long_text(each, seed + place))
        for place, section in enumerate(content.sections)
    )
    return make_content(sections=sections)


def one_dose_more(words: int):
    """The same leaflet with a sentence added to its first section."""
    first, *others = (content := long_content(words)).sections
    return replace(content, sections=(replace(first, body=f"{first.body}\n\nTake 5 mg at night."), *others))


def texts() -> Iterator[str]:
    """Comparing, checking and compiling: how time grows from 500 to 5,000 words."""
    acts: dict[str, Callable[[int], object]] = {
        "compare with a rewritten text": lambda words: compare(long_content(words), long_content(words, seed=99)),
        "compare with one dose added": lambda words: compare(long_content(words), one_dose_more(words)),
        "quality checks": lambda words: check(long_content(words)),
        "compile a page": lambda words: compile_page(long_content(words)),
    }
    yield "10 × the words (500 → 5,000) takes:"
    for name, do in acts.items():
        short, long = (seconds(lambda do=do, words=words: do(words), runs=3) for words in (500, 5_000))
        yield f"  {name:32} {long / short:4.1f} × the time ({long:.2f} s here)"


def rendering() -> Iterator[str]:
    """Markdown to words and HTML, against a plain CommonMark parser with tables in the same run."""
    section = (
        "### Adults\n\nTake **5 mg** once a day, and *not* more than [the leaflet](https://www.nhs.uk/) says.\n\n"
        "- with water\n- after food\n\n1. Open it.\n2. Take one tablet.\n\n| Age | Dose |\n| --- | --- |\n"
        "| 5 | 10 mg |\n\n::: tell\nYou feel ill.\n:::\n\n"
    )
    source = section * 20
    common = MarkdownIt("commonmark", {"html": False}).enable("table")
    parser = leaflet_parser()
    usual = seconds(lambda: common.parse(source))
    yield "a leaflet's text, against a plain CommonMark parser with tables:"
    yield f"  parsing it takes {seconds(lambda: parser.parse(source)) / usual:.2f} × the time"
    yield f"  rendering it in English takes {seconds(lambda: anew(render, source)) / usual:.2f} × the time"
    arabic = ARABIC * 20
    usual_arabic = seconds(lambda: common.parse(arabic))
    whole = seconds(lambda: anew(render, arabic, language="ar"))
    yield f"  rendering Arabic, dense with doses, takes {whole / usual_arabic:.2f} × the time"
    yield f"  holding what is typed against what is read takes {seconds(lambda: anew(account, source)) / usual:.2f} ×"
    sections = [long_text(9_000, 0)[:50_000], *HOSTILE]
    yield "50,000 characters, against the same parser on ordinary words of that length:"
    usual = seconds(lambda: common.parse(sections[0]))
    for name, read in (("the account", lambda text: anew(account, text)), ("every check", all_checks)):
        words, *signs = (seconds(lambda text=text, read=read: read(text), runs=1) for text in sections)
        yield f"  {name:12} takes {words / usual:.0f} × for words, {max(signs) / usual:.0f} × for the worst of signs"


ARABIC = (
    "### البالغون\n\nخذ **500 mg** كل 6 ساعات، و *لا* تتجاوز [النشرة](https://www.nhs.uk/) أبدا.\n\n"
    "- مع الماء\n- بعد الطعام\n\n1. افتحه.\n2. خذ قرصا واحدا من 5-10 mg.\n\n| العمر | الجرعة |\n| --- | --- |\n"
    "| 5 | 10 mg |\n\n::: tell\nاتصل بالرقم 0800 123 456.\n:::\n\n"
)
HOSTILE = tuple(
    (part * 50_000)[:50_000]
    for part in ("*", "[", "|", "> ", "1. ", "- a\n", "|a|\n", "::: tell\n", "7", "_", "a\n", "a. ", "\\", "5 mg ")
)
CACHES = (markup_parser.read_tokens, word_account._account, blocks.blocks, passages.passages,
          dose_words.dose_texts)  # fmt: skip


def anew(act, *args, **kwargs):
    """The act with nothing in mind of what was read before."""
    for cache in CACHES:
        cache.cache_clear()
    forget_all()
    return act(*args, **kwargs)


def all_checks(body: str):
    """The quality checks of a leaflet with one such section."""
    return anew(check, make_content(dosage=body))


def history() -> Iterator[str]:
    """Verifying the ledger: how time grows with its length."""
    by = make_person("amir")

    @act
    def fill(count: int) -> None:
        for _entry in range(count):
            record("bench.entry", by=by, about=by)

    before = Entry.objects.count()
    short = seconds(lambda: call_command("verify_history", quiet=True), runs=3)
    fill(before * 9)
    long = seconds(lambda: call_command("verify_history", quiet=True), runs=3)
    yield f"verify_history over 10 × the entries ({before} → {before * 10}) takes {long / short:.1f} × the time"


def second_reader() -> Iterator[str]:
    """Of changed sentences, how many are told to the second reader, by kind (`tests/revisions/study`)."""
    for name, mutations in (("dangerous", dangerous()), ("harmless", harmless())):
        yield f"{name} changes that are told:"
        yield from (f"  {line}" for line in lines(rates(mutations)))


ALL = {"texts": texts, "rendering": rendering, "ledger": history, "second reader": second_reader}
