"""A word that came, went or was exchanged is told as its class says, and one that only looks changed is not."""

import pytest

from monographs.text.changes.safety import safety_changes


def changes(old, new, **options):
    return [(change.category, change.before, change.after) for change in safety_changes(old, new, **options)]


@pytest.mark.parametrize(
    ("old", "new", "category"),
    [
        ("Aciclovir treats this.", "Ganciclovir treats this.", "medicine"),
        ("Tell us if you take zorbapril.", "Tell us if you take zorbasartan.", "medicine"),
        ("It contains vinblastine.", "It contains vincristine.", "medicine"),
        ("You should take it with milk.", "You should take it with water.", "medicine"),
        ("It can harm the kidneys.", "It can harm the liver.", "condition"),
        ("People with hyperkalaemia need care.", "People with hypokalaemia need care.", "condition"),
        ("It is for renal colic.", "It is for biliary colic.", "condition"),
        ("A severe reaction is possible.", "A mild reaction is possible.", "severity"),
        ("You must have a test.", "You should have a test.", "obligation"),
        ("Have it checked immediately.", "Have it checked at your next visit.", "frequency"),
        ("Tell your doctor immediately.", "Tell your doctor later.", "frequency"),
        ("The cream is white.", "The suppository is white.", "route"),
        ("It is for men.", "It is for pregnant women.", "who"),
        ("Rest for a while.", "Run for a while.", "action"),
        ("Go to hospital.", "Go to the clinic.", "action"),
        ("It comes from the plant xylonica.", "It comes from the plant mirtosa.", "word"),
        ("Finish it, even if you feel well.", "Finish it, if you feel well.", "negation"),
        ("Wash for the first few days.", "Wash for the first few weeks.", "frequency"),
        ("It is for those over the age of 75.", "It is for those under the age of 75.", "number"),
        ("Take it until your doctor tells you.", "Take it when your doctor tells you.", "frequency"),
        ("Tell us before you take it.", "Tell us while you take it.", "frequency"),
        ("There is a risk of heavy bleeding.", "There is a risk of light bleeding.", "severity"),
        ("Call us about persistent pain.", "Call us about occasional pain.", "severity"),
        ("Keep it in a dry place.", "Keep it in a damp place.", "route"),
        ("Pay attention to swelling.", "Ignore swelling.", "negation"),
    ],
)
def test_exchanged_word_is_told_as_what_it_is(old, new, category):
    assert category in {told for told, _before, _after in changes(old, new)}
    assert category in {told for told, _before, _after in changes(new, old)}


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("Ask a pharmacist or doctor.", "Ask a pharmacist or friend."),
        ("Keep it in the fridge.", "Keep it in the car."),
        ("Keep it in the fridge.", "Keep it in the garden."),
        ("Swallow it with plenty of water.", "Swallow it with little water."),
        ("Take it with a full glass of water.", "Take it with a sip of water."),
        ("Take it just before bed.", "Take it long before bed."),
        ("It is essential to rest.", "It is useful to rest."),
        ("The risk is higher.", "The risk is usual."),
    ],
)
def test_word_of_weight_exchanged_for_any_other_word_is_told(old, new):
    assert changes(old, new)
    assert changes(new, old)


def test_words_of_one_kind_are_told_together():
    assert changes("It may cause headache and rash.", "It may cause fever and cough.") == [
        ("condition", "headache, rash", "fever, cough")
    ]


@pytest.mark.parametrize("sentence", [
    "Tell your doctor.", "Call your nurse if you feel faint.", "You must have a test.", "It can make you sleepy.",
    "Warfarin works less well with it.", "Wear gloves.", "See your dentist.", "It is for adults and not teenagers.",
])  # fmt: skip
def test_sentence_with_a_word_of_weight_is_told_when_it_goes_or_comes(sentence):
    around = "It comes in a box. {} The box is blue."
    (gone,) = changes(around.format(sentence), around.format("").replace("  ", " "))[:1]
    (come,) = changes(around.format("").replace("  ", " "), around.format(sentence))[:1]
    assert (gone[1] != "", gone[2]) == (True, "")
    assert (come[1], come[2] != "") == ("", True)


def test_sentence_without_one_is_not():
    assert changes("It comes in a box. The leaflet is inside. It is square.", "It comes in a box. It is square.") == []


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("Ask about non-prescription items.", "Ask about non prescription items."),
        ("Ask about non prescription items.", "Ask about nonprescription items."),
        ("Do not use overthecounter items.", "Do not use over-the-counter items."),
        ("Take it twcie a day with watre.", "Take it twice a day with water."),
        ("Severe dirrhoea is possible.", "Severe diarrhoea is possible."),
        ("Tell your doctor if you take ibuprofn.", "Tell your doctor if you take ibuprofen."),
        ("Swallow the cpasule whole.", "Swallow the capsule whole."),
        ("You may have swollen ankles.", "You might have swelling of the ankles."),
        ("It lowers high blood pressure.", "It reduces hypertension."),
        ("Frusemide is a diuretic.", "Furosemide is a water tablet."),
        ("Anemia and edema are possible.", "Anaemia and oedema are possible."),
        ("Call your doctor straight away.", "Phone your GP immediately."),
        ("After a day, the pain should go.", "The pain should go after a day."),
        ("Stomach pain is common.", "Tummy ache is common."),
        ("It is for stomach ulcers.", "It is for ulcers of the stomach."),
        ("You need a blood test.", "You need a test of your blood."),
        ("Your doctor has told you to rest.", "Your doctor has advised you to rest."),
        ("It does not work against colds.", "It will not work against colds."),
        ("The pain may come back.", "The pain may return."),
        ("If you feel ill, get help.", "When you feel ill, get help."),
    ],
)
def test_the_same_in_other_words_or_letters_is_not_told(old, new):
    assert changes(old, new) == changes(new, old) == []


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("It treats hypertension.", "It treats hypotension."),
        ("It treats hypercortisolism.", "It treats hypocortisolism."),
        ("An interocular lens.", "An intraocular lens."),
        ("Take prednisone.", "Take prednisolone."),
        ("Take hydralazine.", "Take hydroxyzine."),
        ("Take 5-10 mg.", "Take 5 10 mg."),
        ("Take it before.", "Take it after."),
        ("It is given to active people.", "It is given to inactive people."),
        ("Drink water, not milk.", "Drink milk, not water."),
    ],
)
def test_words_that_are_near_and_mean_something_else_are_told(old, new):
    assert changes(old, new)
    assert changes(new, old)


def test_names_of_the_site_are_known_but_for_everyday_words():
    names = frozenset({"quolt", "relief", "zan tin"})
    assert changes("Ask about Quolt.", "Ask about it.", names=names) == [("medicine", "quolt", "")]
    assert changes("Ask about Zan Tin.", "Ask about it.", names=names) == [("medicine", "zan tin", "")]
    assert changes("Ask about relief.", "Ask about it.", names=names) == []
    assert changes("Ask about Quolt.", "Ask about it.") == []


def test_names_of_the_site_are_known_in_every_language():
    assert changes("Fragen Sie Quolt.", "Fragen Sie.", language="de", names=frozenset({"quolt"})) == [
        ("medicine", "quolt", "")
    ]
