"""What was made is kept, within bounds."""

from monographs.paper.shelf import Shelf


def test_file_is_made_once():
    shelf, made = Shelf(100), []
    for _time in range(3):
        assert shelf.get("a", lambda: made.append(1) or b"file") == b"file"
    assert made == [1]


def test_what_nobody_asked_for_longest_goes():
    shelf = Shelf(100)
    for name in "abcde":
        shelf.get(name, lambda: b"x" * 24)
        shelf.get("a", lambda: b"x" * 24)
    assert shelf.weight <= 100
    made = []
    shelf.get("a", lambda: made.append("a") or b"")
    shelf.get("b", lambda: made.append("b") or b"")
    assert made == ["b"]


def test_file_too_large_for_the_shelf_is_handed_out_and_not_kept():
    shelf = Shelf(100)
    assert shelf.get("a", lambda: b"x" * 90) == b"x" * 90
    assert shelf.weight == 0


def test_what_shall_not_stay_is_made_again():
    shelf, made = Shelf(100), []
    for is_whole in (False, True, True):
        shelf.get("a", lambda: made.append(1) or b"file", keeps=lambda is_whole=is_whole: is_whole)
    assert made == [1, 1]
