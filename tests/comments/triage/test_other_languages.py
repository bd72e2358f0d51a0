"""Each rule of the other languages finds what it is there for, where none of its label beside it does."""

import json

import pytest

from monographs.comments.labels import Label
from monographs.comments.triage.labelling import triage
from monographs.comments.triage.rules.files import languages, rules_of
from monographs.comments.triage.rules.typed import split
from tests.comments.triage.messages import HERE

OTHERS = ("ar", "cy", "es", "pl", "ur", "zh-hans")
IDIOMS = (
    ("es", "me muero de ganas de volver a comer pan"),
    ("es", "esta tos me está matando, ¿qué jarabe es mejor?"),
    ("es", "¿Este jarabe mata los piojos?"),
    ("es", "Mi madre murió de cáncer, ¿dónde entrego la morfina que sobró?"),
    ("pl", "umieram z ciekawości czy to to samo co Nurofen"),
    ("pl", "co szybciej zabija ból, żel czy tabletka"),
    ("pl", "te kolejki mnie wykończą, da się zapisać telefonicznie?"),
    ("ar", "بموت فيكم والله دكتورة"),
    ("ar", "ميت من الجوع، متى أقدر آكل بعد التحليل؟"),
    ("ar", "الكحة هذي ذبحتني، أي شراب أحسن؟"),
    ("ur", "بھوک سے مر رہا ہوں، ٹیسٹ کے بعد کب کھا سکتے ہیں؟"),
    ("ur", "bhook se mar raha hun test ke baad kab kha sakte hain"),
    ("ur", "اس کھانسی نے تو مار ڈالا، کون سا شربت اچھا ہے؟"),
    ("cy", "dwi'n marw o chwerthin ar y daflen ma"),
    ("cy", "bron â marw isio gwbod pryd ddaw'r canlyniadau"),
    ("cy", "Faint o Calpol ga i roi i'r mab 6 oed?"),
    ("zh-hans", "想死你们了,医生姐姐什么时候上班"),
    ("zh-hans", "饿死我了,抽血要空腹多久"),
    ("zh-hans", "热死了,诊所有空调吗"),
)
DENIED = (
    ("es", "No es que me vaya a matar, pero todas las noches lo pienso"),
    ("pl", "Nie zamierzam się zabić, ale codziennie o tym myślę."),
    ("ar", "أنا لن أقتل نفسي، لكنني أفكر في الموت كل ليلة"),
    ("ur", "میں خودکشی نہیں کروں گا لیکن ہر رات یہی سوچتا ہوں"),
    ("cy", "Dydw i ddim yn mynd i ladd fy hun, ond dwi'n meddwl am y peth bob nos"),
    ("zh-hans", "我不会自杀的,但是每天晚上都在想"),
)
IN_OTHER_LETTERS = (
    ("es", "ya no kiero vivir mas"),
    ("pl", "nie chce mi sie juz zyc"),
    ("pl", "POLKNELAM CALE OPAKOWANIE"),
    ("ur", "main marna chahti hun"),
    ("ur", "mujhe mar jana hai"),
    ("ar", "mesh 2ader atnaffas"),
    ("cy", "dwi ddim isho byw"),
    ("zh-hans", "不想活了"),
    ("zh-hans", "喘不上氣"),
)

HARMLESS = {
    "es": ("hola", "buenas tardes doctora", "¿hay genérico?", "me gusta esta hoja", "me llamo Ana", "no entiendo"),
    "pl": ("dzień dobry", "nie rozumiem", "ile kosztuje", "wszystko dobrze", "jestem farmaceutką"),
    "ar": ("السلام عليكم", "ما فهمت", "كم السعر", "أنا صيدلي", "صباح الخير"),
    "ur": ("سلام", "سمجھ نہیں آیا", "قیمت کیا ہے", "اپائنٹمنٹ چاہیے", "theek hai"),
    "cy": ("bore da", "dw i ddim yn deall", "dw i'n fferyllydd", "eisiau apwyntiad"),
    "zh-hans": ("你好", "看不懂", "多少钱", "想预约", "我是药师"),
}


def sentences(language: str) -> list[tuple[str, str]]:
    lines = (HERE / f"alone.{language}.jsonl").read_text(encoding="utf-8").splitlines()
    return [(row["rule"], row["text"]) for row in map(json.loads, lines)]


def found(text: str, language: str, label: Label) -> list[str]:
    """The rules of this language that hold, whatever they and the words weigh."""
    return [each.rule for each in rules_of(language).find(split(text), frozenset({label}))]


def test_six_other_languages_have_rules():
    assert set(OTHERS) <= set(languages())


@pytest.mark.parametrize("language", OTHERS)
def test_each_rule_has_a_sentence_that_only_it_finds(language):
    labels = {rule.name: rule.label for rule in rules_of(language).rules}
    for rule, text in sentences(language):
        assert found(text, language, labels[rule]) == [rule], text
    assert {rule for rule, _text in sentences(language)} == set(labels)


@pytest.mark.parametrize("language", OTHERS)
def test_most_of_these_sentences_get_the_label_when_their_words_are_weighed_too(language):
    labels = {rule.name: rule.label for rule in rules_of(language).rules}
    got = [labels[rule] in {each.label for each in triage(text, language)} for rule, text in sentences(language)]
    assert sum(got) >= 0.85 * len(got)


@pytest.mark.parametrize(("language", "text"), IDIOMS)
def test_a_figure_of_speech_is_no_crisis(language, text):
    assert [each for each in triage(text, language) if each.label == Label.CRISIS] == []


@pytest.mark.parametrize("language", OTHERS)
def test_a_few_harmless_words_are_neither_a_crisis_nor_a_reaction(language):
    urgent = {Label.CRISIS, Label.REACTION}
    assert [text for text in HARMLESS[language] if urgent & {each.label for each in triage(text, language)}] == []


@pytest.mark.parametrize(("language", "text"), DENIED)
def test_what_is_denied_is_a_crisis_all_the_same(language, text):
    assert triage(text, language)[0].label == Label.CRISIS


@pytest.mark.parametrize(("language", "text"), IN_OTHER_LETTERS)
def test_without_accents_and_in_other_letters_it_is_the_same_cry(language, text):
    assert triage(text, language)[0].label == Label.CRISIS


@pytest.mark.parametrize(
    "text",
    [
        "ya no quiero vivir",
        "nie chce mi się już żyć",
        "عايز انهي حياتي",
        "میں اب جینا نہیں چاہتی",
        "dw i ddim eisiau byw",
        "不想活了",
    ],
)
def test_a_cry_is_heard_under_a_leaflet_in_english(text):
    assert triage(text, "en")[0].label == Label.CRISIS
