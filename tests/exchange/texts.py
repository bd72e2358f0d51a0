"""Texts as people would bring them in, and how the tests count words."""

import re
from collections import Counter

from monographs.exchange.draft import ImportedLeaflet

WEB_PAGE = """\
Cetirizine is an antihistamine. It’s taken for hay fever and for itchy skin, and many buy it without a prescription.

What is Cetirizine?

Cetirizine blocks histamine, the substance that makes your eyes water and your nose run.
It belongs to the newer antihistamines.

Uses of Cetirizine

Hay Fever:

It relieves sneezing, a runny nose and itchy eyes.


Hives:

It calms the itch & shrinks the weals.

Dosage and Administration

Adults usually take one 10 mg tablet once a day. Children under 6 need a liquid.

How to swallow it:
Swallow the tablet whole
with a glass of water.

What to Avoid While Taking Cetirizine

Driving:

Most people stay alert. If you feel drowsy, don’t drive.

Drug Interactions:

Tell your pharmacist about:

• theophylline
• sleeping tablets
- other antihistamines

Alcohol:

One small drink is unlikely to matter; more may make you sleepy.

Pregnancy and Breastfeeding:

Ask your midwife first.

Potential Side Effects

Common ones are a dry mouth, a headache and feeling sick. Call for help if your face swells.

In conclusion, cetirizine helps most people with allergies.

This article is a general guide. It is not a substitute for the advice of your own doctor.

Leave a Reply

Your email address will not be published
"""

NUMBERED = """\
PACKAGE LEAFLET

1. What Cetirizine is and what it is used for

An antihistamine.

2. What you need to know before you take Cetirizine

Do not take it
if your kidneys have failed.

3. How to take Cetirizine

1. Open the bottle.

2. Shake it.
3. Pour 5 ml into the spoon.

4. Possible side effects

Sleepiness *very common*, <1 in 10 people> and a_b_c.

5. How to store Cetirizine

Below 25 °C.

6. Contents of the pack and other information

2024. A year, no list.
"""

NO_EMPTY_LINES = """\
What is Cetirizine?
Cetirizine is an antihistamine.
Side effects
It may make you sleepy.
Storage:
Keep it dry.
"""

NO_HEADING = "Take one tablet a day.\r\n\r\nDo not take more."


def words_typed(text: str) -> Counter:
    """Every run of letters and digits, underscores included, with its count."""
    return Counter(re.findall(r"\w+", text))


def words_kept(imported: ImportedLeaflet, text: str) -> Counter:
    """The words of title, headings and bodies as stored; headings that were added to the text don't count."""
    content = imported.content
    parts = [content.title] if imported.placed[0].line else []
    parts += [section.heading for section in content.sections if section.heading in text]
    parts += [section.body.replace("\\_", "_") for section in content.sections]
    return words_typed("\n".join(parts))
