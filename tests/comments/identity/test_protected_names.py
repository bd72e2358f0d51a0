"""Names that only staff can have are refused kindly; every other name is welcome, in any alphabet."""

import pytest

from monographs.comments.identity.protected_names import Protected, check_name, imitation, protected
from monographs.refusals import Unacceptable
from tests.people import make_person

KEPT = Protected(
    "Clinicinfo",
    (("Bruno", "Silva"), ("Anna", "Kowalska"), ("Clara", "Jones"), ("Ian", "McAllister"), ("Mohammed", ""), ("", "")),
)


def kind(name: str, kept: Protected = KEPT) -> str:
    found = imitation(name, kept)
    return found.kind if found else ""


@pytest.mark.parametrize(
    "name",
    [
        "Dr Bruno (staff)", "staff", "Staff", "ѕtaff", "5taff", "St@ff", "s t a f f", "Admin", "adm1n",
        "M0derator", "moderator2",
        "Nurse", "Nurse Anna", "Anna (nurse)", "Anna, pharmacist", "Anna - nurse", "The nurse", "Anna Nurse",
        "DrBruno",
        "dr.bruno", "drbruno", "nurseanna", "NHS", "NHS Support", "Team", "the team", "Pharmacist", "Clinic",
        "The Clinic",
        "Our clinic", "Dr Smith", "GP", "Prof", "王医生", "دكتور أحمد", "الممرضة", "ڈاکٹر علی", "lekarz",
        "Dra. Ruiz", "Fferyllydd",
        "Nyrs Jones", "Zespół", "Médico Juan", "Équipe", "Apothekerin",
    ],
)  # fmt: skip
def test_role_is_kept_for_staff_in_every_language_of_the_site(name):
    assert kind(name) in {"role", "letters"}


@pytest.mark.parametrize(
    "name",
    [
        "Bruno Silva", "bruno silva", "BRUNO SILVA", "Silva Bruno", "BrunoSilva", "bruno_silva", "Brun0 Silva",
        "Bruno SiIva",
        "Clara J0nes", "CIara", "Brun0", "lan McAllister",
    ],
)  # fmt: skip
def test_whole_name_of_a_colleague_and_a_name_in_disguise_are_refused(name):
    assert kind(name) == "staff"


@pytest.mark.parametrize(
    "name", ["\u0412runo", "Pri\u0443a", "Clini\u0441", "the \u0410\u041e", "\U0001d400na", "Cliniсinfo"]
)
def test_letters_of_two_alphabets_in_a_name_are_refused(name):
    assert kind(name) == "letters"


def test_name_that_is_drawn_like_a_colleagues_is_refused_in_one_alphabet_too():
    colleague = Protected("Clinic", (("Соса", "Хо"),))
    assert kind("Сосо", Protected("x", (("Coco", "Ann"),))) == "staff"
    assert kind("Соса", colleague) == ""


@pytest.mark.parametrize(
    "name", ["Clinicinfo Clinic", "Clinicinfo", "clinicinfo info", "Clínicinfo", "The Clinicinfo", "C1inicinfo"]
)
def test_clinics_own_name_is_refused(name):
    assert kind(name) in {"clinic", "role"}


def test_clinic_of_several_words_is_known_within_a_name():
    kept = Protected("Riverside Health Centre", ())
    assert kind("Riverside Health Centre team", kept) in {"clinic", "role"}
    assert kind("Anna of Riverside Health Centre", kept) == "clinic"
    assert kind("Riverside", kept) == "clinic"
    assert kind("Anna Riverside", kept) == ""


@pytest.mark.parametrize(
    "name",
    [
        "Anna", "ANNA", "Bruno", "Clara", "Ian", "Mohammed", "Silva", "Anna M", "Anna Smith", "Bruno Pereira",
        "Anna2", "Łukasz",
        "محمد", "محمد علی", "O'Brien", "O’Brien", "Paul Nurse", "P. Nurse", "김 Kim", "عائشة Khan", "Zoe\u0308",
        "Zoë", "Ольга",
        "Сара", "Νίκος", "李", "Đặng", "Øyvind", "João", "Alia", "Lan", "lan", "Drew", "Stafford", "Marna",
        "Bernard", "Mary Ward",
        "Help", "Sick of pain", "Carer from Leeds", "Margaret Example", "Mum of two", "A patient", "Jean-Luc",
        "T.", "x", "",
    ],
)  # fmt: skip
def test_every_other_name_is_welcome(name):
    assert kind(name) == ""


def test_medicines_name_is_welcome(generic_names):
    assert [name for name in generic_names if imitation(name, KEPT)] == []


@pytest.mark.parametrize(
    "name", ["\u0000", "\ud800", "a" * 100_000, "l1" * 500, "(" * 500, "🙂", "\u202e", "1234", "@@@"]
)
def test_no_name_makes_an_error(name):
    assert kind(name[:1_000]) == ""


@pytest.mark.django_db
def test_refusal_is_a_kind_sentence_that_says_what_to_write_instead(django_assert_num_queries):
    make_person("bruno")
    with pytest.raises(Unacceptable, match="kept for the clinic’s own people, so that readers know who answers"):
        check_name("Dr Bruno (staff)", clinic="Clinicinfo")
    with pytest.raises(Unacceptable, match="“Bruno Reader” is the name of somebody who works here"):
        check_name("Bruno Reader", clinic="Clinicinfo")
    with pytest.raises(Unacceptable, match="the clinic’s own name"):
        check_name("Clinicinfo", clinic="Clinicinfo")
    with pytest.raises(Unacceptable, match="letters of one alphabet"):
        check_name("\u0412runo", clinic="Clinicinfo")
    with django_assert_num_queries(1):
        check_name("Bruno", clinic="Clinicinfo")
    with django_assert_num_queries(0):
        check_name("", clinic="Clinicinfo")


@pytest.mark.django_db
def test_people_who_left_keep_their_names():
    carla = make_person("carla")
    carla.is_active = False
    carla.save()
    assert ("Carla", "Moderator") in protected("Clinicinfo").staff
