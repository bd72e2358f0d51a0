"""A kind of personal data is looked for only where the text has digits enough for it, and by its words only where it
may have one of them: nothing is missed by that."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from monographs.comments.identity import personal_data
from monographs.comments.identity.personal_data import Kind, found_in

_WORDS = ("born ", "born on ", "dob ", "date of birth: ", "NHS number ", "hospital number ", "hospital no. ", "MRN ")
_OTHERS = ("61", "1961", "07400", "123456", "+44", "May", "Jan", "tel ", "phone ", "postcode ", "LS1", "4AB", "mg")
_PARTS = st.sampled_from([*"0123456789 -/.", *_WORDS, *_OTHERS])


@given(st.lists(_PARTS, max_size=14).map("".join))
@example("born 1 May 61")
@example("born 1/1/61")
@example("hospital number 1234")
@example("NHS number 943 476 5919")
@example("07400 123456")
def test_what_is_found_is_the_same_as_if_all_were_looked_for(text):
    found = found_in(text)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(personal_data, "_FEWEST", dict.fromkeys(Kind, 1))
        patch.setattr(personal_data, "_may_say", lambda _what, _text: True)
        assert found == found_in(text)


@pytest.mark.parametrize(
    "said", ["Hospital No. ", "HOSP\u0130TAL NO. ", "hosp\u0131tal no. ", "ho\u017fpital  number: "]
)
def test_words_are_known_in_every_way_in_which_they_may_be_written(said):
    assert [one.kind for one in found_in(f"{said}K123456")] == [Kind.HOSPITAL_NUMBER]


@pytest.mark.parametrize("what", ["birth", "hospital", "postcode"])
def test_every_word_of_a_list_is_one_that_a_text_may_have(what):
    for word in personal_data._listed(what):
        for written in (word, word.upper(), word.title()):
            assert personal_data._may_say(what, f"My {written} 12")
