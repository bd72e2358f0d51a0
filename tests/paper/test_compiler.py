"""One compiler is kept for all sheets of a process: nothing of one is in another, and it makes what a new one makes."""

from concurrent.futures import ThreadPoolExecutor

import pytest
import typst

from monographs.paper import pdf as printing
from tests.paper.parts import pdf_of


@pytest.fixture(autouse=True)
def new_compilers():
    printing._compiler.cache_clear()
    yield
    printing._compiler.cache_clear()


def test_one_compiler_serves_all_languages_of_the_same_faces(monkeypatch):
    made, compiler = [], typst.Compiler

    def counted(**rest):
        made.append(rest)
        return compiler(**rest)

    monkeypatch.setattr(printing.typst, "Compiler", counted)
    for language in ("en", "es", "ar", "ur", "en"):
        assert pdf_of("5 mg", language=language).startswith(b"%PDF")
    assert len(made) == 1


def test_a_kept_compiler_makes_the_bytes_of_a_new_one():
    bodies = ("Take 5 mg.", "- Take 10 mg.\n- Eat.", "| Age | Dose |\n|---|---|\n| 2–5 | 5 mg |", "Take 5 mg.")
    kept = [pdf_of(body, size=size) for body in bodies for size in (12, 28)]
    new = []
    for body in bodies:
        for size in (12, 28):
            printing._compiler.cache_clear()
            new.append(pdf_of(body, size=size))
    assert kept == new


def test_files_of_one_sheet_are_not_there_for_the_next():
    compiler = printing._compiler("en")
    drawing = b'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>'
    compiler.compile({"main.typ": b'#image("logo.svg")', "logo.svg": drawing}, format="pdf")
    with pytest.raises(RuntimeError, match="not found"):
        compiler.compile({"main.typ": b'#image("logo.svg")'}, format="pdf")
    assert pdf_of("Take 5 mg.")  # and after trouble the next is made


def test_many_at_once_get_their_own():
    bodies = [f"Take {dose} mg once a day." for dose in range(1, 17)]
    alone = list(map(pdf_of, bodies))
    with ThreadPoolExecutor(8) as threads:
        assert list(threads.map(pdf_of, bodies)) == alone
