"""Advertising and nonsense are told by rules of our own, each with its words; a medicine's name tells nothing."""

import datetime as dt

import pytest

from monographs.comments.labels import Label
from monographs.comments.spam.advertising import found_in
from monographs.comments.spam.learning import ENOUGH_OF_EACH, NOTHING, learn
from monographs.comments.spam.likeness import like_one_of

NOW = dt.datetime(2026, 11, 29, 12, 0, tzinfo=dt.UTC)


def rules(text: str, **told) -> set[str]:
    found = found_in(text, **told)
    assert all(one.label == Label.SPAM and one.words for one in found)
    return {one.rule for one in found}


@pytest.mark.parametrize(
    "text",
    [
        "Strong painkillers with no prescription, next day delivery, best prices, write to us today!!!",
        "Buy now, limited time offer, free shipping",
        "I lost all hope until Dr Okon, a herbal doctor, and I was cured. Contact him on whatsapp +234 800 000 0000",
        "Earn $500 a day, passive income, no experience needed: http://rich.example/join",
        "We offer SEO services and backlinks to rank your website on Google",
        "Hot singles in your area want to meet you tonight",
        "Kup teraz bez recepty, darmowa dostawa, najlepsze ceny",
        "Gana dinero desde casa, haz clic en bit.ly/xyz123",
        "اربح المال من البيت، اضغط هنا",
        "加微信，低价代购，全国发货",
        "Your parcel is held, pay the customs fee at royal-fee.example/track",
        "asdfgh qwerty",
    ],
)
def test_advertising_is_told_by_what_it_says(text):
    assert rules(text)


@pytest.mark.parametrize(
    "text",
    [
        "May I take it with milk?", "Can I buy ibuprofen online without a prescription?", "455 mg", "717", "urine",
        "stroke",
        "I think about suicide", "I keep going to the casino since I started ropinirole",
        "Thank you, great leaflet!",
        "Great article, thanks for sharing, very informative",
        "https://www.nhs.uk/medicines/baclofen/ says the opposite",
        "Is it cheaper if I pay for a yearly prescription card?", "I bookmarked this page, thanks",
        "help help help help",
        "Can my doctor send it to an online pharmacy with next day delivery?",
        "My patch leaked. Where can I get another?",
        "I lost 2 stone in 3 months on Mounjaro. Is that too fast?",
        "I owe money, I lost it all betting, I want to die",
        "2.5ml.Then I felt sick", "e.g. at night", "Vitamin B12, 1000 µg", "¿Puedo comprarlo sin receta?",
        "谢谢，请问可以和牛奶一起吃吗？",
    ],
)  # fmt: skip
def test_what_patients_say_is_no_advertising(text):
    assert rules(text) == set()


def test_each_rule_is_told_once_with_all_its_words():
    found = {
        one.rule: one.words for one in found_in("Buy now! Best prices, free shipping, see http://pills.example/x now")
    }
    assert found["spam.sale"] == "Buy now … Best prices … free shipping"
    assert found["spam.link"] == "http://pills.example/x"


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("https://pills.example/now", "spam.link"), ("t.me/fastcash", "spam.short-link"),
        ("pills.shop", "spam.link"),
        ("look: bit.ly/3xYz it is what I use and I am well", "spam.short-link"),
        ("[url=http://x.example]my leaflet[/url] for you all", "spam.markup"),
        ("hxxp://pills.example is good, visit my page", "spam.link"), ("pills dot com, order now", "spam.link"),
    ],
)  # fmt: skip
def test_links_are_seen_with_and_without_a_scheme(text, rule):
    assert rule in rules(text)


def test_one_link_among_words_is_no_suspicion_and_two_are():
    text = "I read there that it must not be taken with milk, is that so: https://news.example/milk"
    assert rules(text) == set()
    assert rules(f"{text} https://other.example/milk https://third.example/") == {"spam.link"}


def test_links_to_ourselves_and_to_trusted_places_weigh_nothing():
    text = "See https://leaflets.clinic.example/x, https://www.nhs.uk/a and https://www.gov.uk/b and https://bnf.nice.org.uk/"
    assert rules(text, ours={"clinic.example"}) == set()


def test_name_above_a_reply_may_advertise_too():
    assert rules("Discount for you all, write to us", name="pills-direct.example")
    assert rules("Thank you, that helped", name="Anna") == set()


def test_name_of_a_medicine_alone_triggers_nothing(generic_names):
    assert len(generic_names) > 1_000
    texts = [
        text for name in generic_names for text in (name, name.upper(), f"Can I take {name} with milk?", f"{name} 5 mg")
    ]
    assert [text for text in texts if found_in(text, name=text[:80])] == []


# --- The same words again ---

QUESTION = "I take baclofen for my back, 5 tablets of 10 mg each day. May I drink milk with it in the morning?"


def test_nearly_the_same_words_are_told():
    again = QUESTION.upper().replace("MILK", "MILK,") + "!!!"
    assert rules(again, recent=["Something else entirely, about sleep and its want", QUESTION]) == {"spam.sent-before"}


def test_the_same_words_in_another_order_are_another_text():
    assert like_one_of(QUESTION.replace("5 tablets of 10 mg", "10 tablets of 5 mg"), [QUESTION]) is None
    assert like_one_of("5 tablets 10 mg", ["10 tablets 5 mg"]) is None


def test_another_number_is_another_text():
    assert like_one_of(QUESTION.replace("10 mg", "20 mg"), [QUESTION]) is None


def test_short_thanks_may_be_sent_by_many():
    assert like_one_of("Thank you, that helped", ["Thank you, that helped"]) is None


def test_only_the_newest_texts_are_compared():
    recent = (f"A text about number {number} that is long enough to be compared" for number in range(1_000_000))
    assert like_one_of(QUESTION, recent) is None
    assert next(recent).startswith("A text about number 500 ")


# --- What moderators threw away ---

SPAM = [
    f"Miraculous zorbex bracelet heals everyone, zorbex magnetic wonder, lucky number {n} friend{n}" for n in range(60)
]
HAM = [f"I feel sleepy in the morning, is that normal at week {n}? My nurse said number{n}" for n in range(60)]


def decided(spam=SPAM, ham=HAM):
    return [*((text, True) for text in spam), *((text, False) for text in ham)]


def test_nothing_is_said_before_enough_of_both_kinds_was_decided():
    assert learn(decided(spam=SPAM[: ENOUGH_OF_EACH - 1])) is NOTHING
    assert learn(decided(ham=HAM[: ENOUGH_OF_EACH - 1])) is NOTHING
    assert learn(decided(spam=SPAM[:10] * 50)) is NOTHING  # the same ten
    assert NOTHING.words_for_spam(SPAM[0]) == []


def test_what_was_thrown_away_before_is_told_by_the_words_that_speak_for_it():
    learnt = learn(decided())
    text = "The ZORBEX bracelet is a magnetic wonder and heals everyone here"
    assert rules(text) == set()
    (found,) = found_in(text, learnt=learnt)
    assert found.rule == "spam.learnt"
    assert set(found.words.split(" … ")) >= {"ZORBEX", "bracelet", "magnetic", "wonder"}


def test_questions_are_not_told():
    learnt = learn(decided())
    assert learnt.words_for_spam("I feel sleepy in the morning since I wear a bracelet, is that normal?") == []


def test_words_of_one_or_two_replies_are_forgotten():
    odds = learn(decided()).odds
    assert "zorbex" in odds
    assert not [word for word in odds if word.startswith(("friend", "number1"))]


def test_medicine_that_only_spam_spoke_of_triggers_nothing_alone(generic_names):
    names = generic_names[:300]
    spam = [f"{' '.join(names[n : n + 30])} cheap zorbex bracelet" for n in range(60)]
    learnt = learn(decided(spam=spam))
    assert [name for name in generic_names if learnt.words_for_spam(f"May I take {name} with milk?")] == []
    assert [name for name in generic_names if learnt.words_for_spam(name)] == []
    named = learn(decided(spam=spam), never={"zorbex", *(word for name in names for word in name.split())})
    assert "zorbex" not in named.odds
    assert "bracelet" in named.odds


@pytest.mark.parametrize(
    "piece", ["a", "casino ", "www.a.com ", "http://", "buy ", "<a href", "dot ", "1 ", "赚钱", "[url]"]
)
def test_reply_of_100_kb_is_read_to_its_end(piece):
    text = (piece * 100_000)[:100_000] + " limited time offer passive income gift card"
    assert {"spam.sale", "spam.money"} <= rules(text)
