"""A small leaflet to compare with what becomes of it, and short ways to say what became."""

from dataclasses import replace

from monographs.leaflets.content import Content, MedicineContent, SectionContent, SourceContent
from monographs.revisions.compare import compare


def section(key, body="", *, kind=None, heading=None, **rest):
    return SectionContent(key=key, kind=kind or key, heading=heading or key.capitalize(), body=body, **rest)


BNF = SourceContent(citation="British National Formulary", url="https://bnf.example/baclofen", accessed_on="2024-03-01")
SPC = SourceContent(citation="Summary of product characteristics", url="https://spc.example/1")
LEAFLET = Content(
    title="Baclofen",
    medicine=MedicineContent(name="Baclofen", brands=("Lioresal",), drug_class="Muscle relaxant", atc_code="M03BX01"),
    key_facts=("Baclofen relaxes muscles.", "It may make you **sleepy**.", "Do not stop suddenly."),
    sections=(
        section("uses", "It eases muscle spasms."),
        section("dosage", "Take 5 mg three times a day.\n\nSwallow it with water."),
        section("avoid", "Do not take with alcohol.", heading="Alcohol"),
        section("storage", "Keep it dry."),
        section("pregnancy", is_not_applicable=True, reason="It is for men only."),
    ),
    sources=(BNF, SPC),
    next_review_on="2026-03-01",
)


def with_section(key, content=LEAFLET, /, **changes):
    return replace(
        content, sections=tuple(replace(part, **changes) if part.key == key else part for part in content.sections)
    )


def with_order(*keys):
    by_key = {part.key: part for part in LEAFLET.sections}
    return replace(LEAFLET, sections=tuple(by_key[key] for key in keys))


def with_body(body):
    return replace(LEAFLET, sections=(section("dosage", body),))


def alerts(old, new):
    return [
        (alert.place, alert.change.category, alert.change.before, alert.change.after)
        for alert in compare(old, new).alerts
    ]


def states(comparison):
    return [(part.key, part.state) for part in comparison.sections]


def rebuilt(pieces, without):
    return "".join(piece.text for piece in pieces if piece.op != without)
