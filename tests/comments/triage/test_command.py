"""``manage.py triage FILE``: one line of JSON for each, in order; a bad line is told and the others are done."""

import io
import json

import pytest
from django.core.management import CommandError, call_command


def run(path, text: str | bytes) -> tuple[list[dict], str, bool]:
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    out, err, failed = io.StringIO(), io.StringIO(), False
    try:
        call_command("triage", str(path), stdout=out, stderr=err)
    except CommandError:
        failed = True
    return [json.loads(line) for line in out.getvalue().splitlines()], err.getvalue(), failed


def test_promise_5_each_line_gets_its_labels_rules_and_words_in_order(tmp_path):
    answers, told, failed = run(
        tmp_path / "a.jsonl", '{"text": "I want to die"}\n\n{"text": "ok", "language": "en"}\n{"text": "Why — żółć?"}\n'
    )
    assert [answer["labels"] for answer in answers] == [["crisis"], [], ["question"]]
    assert all(len(answer["rules"]) == len(answer["words"]) for answer in answers)
    assert (told, failed) == ("", False)


def test_words_are_written_as_they_are(tmp_path):
    path, out = tmp_path / "a.jsonl", io.StringIO()
    path.write_text('{"text": "Nie chcę już żyć", "language": "pl"}', encoding="utf-8")
    call_command("triage", str(path), stdout=out)
    assert "żyć" in out.getvalue()


@pytest.mark.parametrize(
    "bad",
    [b"no", b"[]", b'{"text": 1}', b'{"language": "en"}', b'{"text": "a", "language": 3}', b'{"text": "\xff"}',
     b"[" * 100_000],
)  # fmt: skip
def test_a_bad_line_is_told_by_its_number_and_the_others_are_done(tmp_path, bad):
    answers, told, failed = run(tmp_path / "a.jsonl", b'{"text": "a"}\n' + bad + b'\n{"text": "why?"}')
    assert [answer["labels"] for answer in answers] == [[], ["question"]]
    assert told.startswith("line 2: ")
    assert failed


def test_a_missing_language_is_english_and_a_file_that_is_not_there_is_told(tmp_path):
    assert run(tmp_path / "a.jsonl", '{"text": "i want to die", "language": null}')[0][0]["labels"] == ["crisis"]
    with pytest.raises(CommandError, match="can't be read"):
        call_command("triage", str(tmp_path / "none"))
