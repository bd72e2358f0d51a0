"""Which numbers there are: of those that were added, however often, each, and no other."""

from monographs.search.columns.numbers import Numbers


def test_a_number_that_is_added_again_is_there_once_and_brings_no_other():
    numbers = Numbers()
    for number in (0, 5, 5, 63, 64, 5):
        numbers.add(number)
    assert [number for number in range(200) if number in numbers] == [0, 5, 63, 64]
