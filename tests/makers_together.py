"""Makers of what leaflets say against each other."""

from monographs.leaflets.models import Leaflet
from monographs.publication.models import Publication
from monographs.together.judging import judge
from monographs.together.models import Finding, Judgement, Kind
from tests.makers import make_published
from tests.people import make_person


def make_finding(
    publication: Publication | None = None, *, other: Leaflet | None = None, digest: str = "0" * 64, **fields
) -> Finding:
    """That a leaflet names a medicine whose own leaflet is silent: ``other``, or one that is made."""
    one = (publication or make_published()).leaflet
    other = other or make_published(medicine="Silentamol").leaflet
    columns = {"kind": Kind.ONE_SIDED, "sentences": ["Not with Silentamol."], **fields}
    return Finding.objects.create(leaflet=one, other=other, digest=digest, **columns)


def make_judgement(publication: Publication | None = None, **fields) -> Judgement:
    """Ana holds that a finding is none."""
    return judge(make_finding(publication, **fields).digest, by=make_person("ana"), why="It is meant so.")
