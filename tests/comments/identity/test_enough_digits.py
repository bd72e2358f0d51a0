"""A kind of personal data is looked for only where the text has digits enough for it: nothing is missed by that."""

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
    kept, personal_data._FEWEST = personal_data._FEWEST, dict.fromkeys(Kind, 1)
    try:
        assert found == found_in(text)
    finally:
        personal_data._FEWEST = kept
