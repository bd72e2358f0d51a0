#!/usr/bin/env bash
# eSpeak NG 1.52.0 (espeakng-loader 0.2.4, asked by phonemizer 3.4.0): Urdu “روزانہ ۲ گولیاں لیں”, take 2 tablets daily, is spoken without the 2
#
# Expected: “do”, as for 2 and for the Arabic ٢ in the same sentence. The digits ۰ to ۹ are those of Urdu's own script, and the Persian
#           voice of the same program says them.
# Seen:     the Urdu voice leaves them out as if they were not there: “take tablets daily”, and “۲۵ mg” is “mg”. No pause, no warning.
#           Arabic digits and those of ASCII are spoken.
# Who is hurt: whoever listens to an Urdu leaflet through a screen reader with this voice, or through a model that is fed its
#           sounds: every dose is missing, and the sentences sound whole.
# Instead: give speech the digits of ASCII, which Urdu readers know, or write numbers as words, and listen for a number in a test.
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check espeakng-loader==0.2.4 phonemizer==3.4.0
"$work/venv/bin/python" - <<'PYTHON'
import espeakng_loader
from phonemizer.backend.espeak.wrapper import EspeakWrapper

EspeakWrapper.set_library(espeakng_loader.get_library_path())
EspeakWrapper.set_data_path(espeakng_loader.get_data_path())


def sounds(language, text):
    voice = EspeakWrapper()
    voice.set_voice(language)
    return voice.text_to_phonemes(text)


def sentence(number):
    return f"روزانہ {number} گولیاں لیں"


assert EspeakWrapper().version == (1, 52, 0), EspeakWrapper().version
assert sounds("ur", sentence("۲")) == sounds("ur", sentence("")), sounds("ur", sentence("۲"))
assert sounds("ur", "۲۵ mg") == sounds("ur", "۱۰ mg")
two = sounds("ur", sentence("2"))  # as it should be
assert two == sounds("ur", sentence("٢")) != sounds("ur", sentence(""))
assert sounds("fa", "۲۵") == sounds("fa", "25") != ""
assert sounds("ur", "۲۵") == ""
PYTHON
echo "Still so: in Urdu “۲ tablets” is spoken as “tablets”."
