"""How many parts a leaflet may have, and how many fields its form then sends: the settings read it from here.

Django refuses a request with more fields than `DATA_UPLOAD_MAX_NUMBER_FIELDS` before anybody can look at it (so that no
stranger keeps the server busy with millions of them). That must be more than the largest form of ours.
"""

from monographs.leaflets.sections import SECTION_KINDS

MOST_PARTS = 200
"""Sections, or sources, of one leaflet: more could not be edited in one form."""

MOST_ROWS = 300
"""Rows of each that the form can send and show again: whoever has more than `MOST_PARTS` is told so and loses none."""

FIELDS_OF_A_SECTION = 10  # id, leaflet, row_key, kind, heading, body, is_not_applicable, reason, position, DELETE
FIELDS_OF_A_SOURCE = 7 + len(SECTION_KINDS)  # id, leaflet, citation, url, accessed_on, position, DELETE; a tick a kind
_OTHER_FIELDS = 60  # the leaflet's own, those that count the rows, the empty row of each, the token

MOST_FIELDS = MOST_ROWS * (FIELDS_OF_A_SECTION + FIELDS_OF_A_SOURCE) + _OTHER_FIELDS
"""Of a form of the staff."""

MOST_PUBLIC_FIELDS = 500
"""Of what patients send: a reply has five."""
