"""The words that a reader could be harmed by if they changed: limits, routes, negations; and words that say little.

Each entry maps a meaning to its spellings, regular expressions parted by spaces. English is read in full; of
other languages only words that forbid, count or time, each meaning nothing but itself.
"""

import re


def is_english(language: str) -> bool:
    """Any English: "en", "en-GB". Of other languages only some words are known."""
    return language.lower().replace("_", "-").split("-")[0] == "en"


FUNCTION_WORDS = frozenset(
    re.findall(
        "[a-z']+",
        "a an the of to at in on with and or but you your it its is are be been was were may might can will would "
        "you're you've you'll you'd it's it'll they're that's there's we're we'll could "
        "should must this that these those if for from by as so than then there their they them we our i he she his "
        "her who which what when while also any has have had do does did into up out about per",
    )
)

LIMITS = {
    "<": r"(?:less|fewer|lower|smaller|younger|shorter|earlier)\s+than (?:under|below)(?:\s+the\s+age\s+of)? <",
    ">": r"(?:more|greater|higher|bigger|older|longer|later)\s+than (?:over|above)(?:\s+the\s+age\s+of)? "
    r"exceed(?:ing|s)? >",
    "≤": r"up\s+to at\s+most (?:less|fewer|lower)\s+than\s+or\s+equal\s+to ≤ <= "
    r"(?:a\s+)?(?:maximum|max\.?)(?:\s+(?:daily|single|total|dose|of|is))*:?",
    "≥": r"at\s+least (?:more|greater|higher)\s+than\s+or\s+equal\s+to ≥ >= "
    r"(?:a\s+)?(?:minimum|min\.?)(?:\s+(?:daily|single|total|dose|of|is))*:?",
    "about": "about around approximately roughly nearly almost ~ ≈",
    "±": "±",
    "few": r"as\s+(?:little|few)\s+as",
    "many": r"as\s+(?:much|many)\s+as",
    "within": "within",
    "after": "after",
    "before": "before",
    "until": "until",
    "from": "from",
    "to": "to",
    "by": "by",
}
"""What stands before a number and says on which side of it."""

LIMITS_BEHIND = {
    "≥": r"(?:or|and)\s+(?:more|over|older|above|up|upwards|longer|later) at\s+least minimum",
    "≤": r"(?:or|and)\s+(?:less|fewer|under|younger|below|earlier) at\s+most maximum max",
}

ROUTES = {
    "mouth": r"by\s+mouth oral(?:ly)? (?-i:PO) p\.o\.",
    "swallowed": "swallow(?:ed|ing|s)?",
    "swallowed whole": r"swallow(?:ed|ing|s)?(?:\s+(?!with)\w+){0,3}\s+whole",
    "slow release": r"(?:modified|slow|sustained|extended|prolonged|controlled)[\s-]release (?-i:MR|XL|XR|SR|ER|CR|LA)",
    "late release": r"delayed[\s-]release gastro-?resistant enteric[\s-]coated (?-i:EC)",
    "immediate release": r"immediate[\s-]release (?-i:IR)",
    "chewed": "chew(?:ed|ing|s)?",
    "crushed": "crush(?:ed|ing|es)?",
    "dissolved": "dissolv(?:e|ed|es|ing)",
    "sucked": "suck(?:ed|ing|s)?",
    "gargled": r"gargl(?:e|ed|es|ing) mouthwash(?:es)?",
    "tongue": r"(?:under|beneath|below)\s+(?:the|your)\s+tongue sublingual(?:ly)? (?-i:SL)",
    "cheek": r"(?:inside|in)\s+(?:the|your)\s+cheek buccal(?:ly)?",
    "inhaled": r"inhal(?:e|ed|es|ing|ation) breath(?:e|ed|ing)\s+(?:it\s+)?in nebulis(?:ed|er) nebuliz(?:ed|er)",
    "vein": r"in(?:to|side)?\s+(?:a|the|your)\s+veins? intravenous(?:ly)? iv i\.v\. drip",
    "artery": r"in(?:to)?\s+(?:an|the|your)\s+arter(?:y|ies) intra-?arterial(?:ly)?",
    "muscle": r"in(?:to)?\s+(?:a|the|your)\s+muscles? intramuscular(?:ly)? (?-i:IM) i\.m\.",
    "joint": r"in(?:to)?\s+(?:a|the|your)\s+joints? intra-?articular(?:ly)?",
    "under the skin": r"under\s+(?:the|your)\s+skin subcutaneous(?:ly)? (?-i:SC) s\.c\. subcut",
    "into the skin": r"into\s+(?:the|your)\s+skin intradermal(?:ly)?",
    "skin": r"(?:on|onto|to|through)\s+(?:the|your)\s+(?:affected\s+)?skin topical(?:ly)? transdermal(?:ly)? "
    r"skin\s+(?:creams?|ointments?|gels?|lotions?)",
    "spine": r"in(?:to)?\s+(?:the|your)\s+(?:spine|spinal\s+fluid) intrathecal(?:ly)? epidural(?:ly)?",
    "bladder": r"in(?:to)?\s+(?:the|your)\s+bladder intravesical(?:ly)?",
    "rectum": r"rectal(?:ly)? in(?:to)?\s+(?:the|your)\s+(?:rectum|bottom|back\s+passage|anus) (?-i:PR) p\.r\.",
    "vagina": r"vaginal(?:ly)? in(?:to)?\s+(?:the|your)\s+vagina (?-i:PV) p\.v\.",
    "left": r"(?:(?:the|your)\s+)?left\s+(?:eye|ear|nostril|arm|leg|side|knee|hand|foot)",
    "right": r"(?:(?:the|your)\s+)?right\s+(?:eye|ear|nostril|arm|leg|side|knee|hand|foot)",
    "eye": r"in(?:to)?\s+(?:the|your|one)\s+(?:affected\s+)?eyes? eye\s+(?:drops?|ointments?|gels?|lotions?)",
    "both eyes": r"(?:in(?:to)?|to)\s+(?:each|both)\s+(?:affected\s+)?eyes?",
    "ear": r"in(?:to)?\s+(?:the|your|one)\s+(?:affected\s+)?ears? ear\s+(?:drops?|sprays?)",
    "both ears": r"(?:in(?:to)?|to)\s+(?:each|both)\s+(?:affected\s+)?ears?",
    "nose": r"(?:in(?:to)?|up)\s+(?:the|your|one)\s+(?:nose|nostrils?) nasal(?:ly)? intranasal(?:ly)?",
    "both nostrils": r"(?:in(?:to)?|up)\s+(?:each|both)\s+nostrils?",
    "tube": r"(?:feeding|stomach|nasogastric|gastric|ng|peg)\s+tubes?",
    "injected": r"inject(?:ed|ing|s|ions?)? jabs?",
    "infused": r"infus(?:e|ed|es|ing|ions?)",
    "enteral": "enteral(?:ly)?",
    "parenteral": "parenteral(?:ly)?",
    "external": r"external(?:ly)?",
    "internal": r"internal(?:ly)?",
}
NEGATIONS = {
    "do not": r"(?:do|does|did)\s*not (?:do|does|did)n'?t will\s+not won'?t",
    "cannot": r"cannot can\s+not can'?t",
    "must not": r"must\s+not mustn'?t",
    "should not": r"should\s+not shouldn'?t",
    "may not": r"may\s+not",
    "not": "not [a-z]+n't (?:is|are|was|were|has|have|would|could|need)nt",
    "never": "never",
    "without": "without",
    "no": r"no(?:\s+longer)?",
    "none": "none nobody nothing neither nor nil nowhere",
    "unless": "unless",
    "avoid": "avoid(?:s|ed|ing|ance)?",
    "stop": "stop(?:s|ped|ping)? discontinu(?:e|ed|es|ing|ation) ceas(?:e|ed|es|ing)",
    "only": "only",
    "even if": r"even\s+(?:if|when|though|after)",
    "except": r"except(?:ing)? excluding exclud(?:e|es|ed) apart\s+from other\s+than",
    "instead of": r"instead\s+of rather\s+than",
    "hardly": "hardly barely scarcely",
    "unsafe": "unsafe unsuitable inadvisable inappropriate",
    "contraindicated": r"contra-?indicat(?:ed|ion|ions)",
    "forbidden": r"forbid(?:s|den)? prohibit(?:s|ed|ing)? banned not\s+allowed",
    "refrain": r"refrain(?:s|ed|ing)? abstain(?:s|ed|ing)? refus(?:e|es|ed|ing)",
    "away": r"away\s+from out\s+of\s+(?:the\s+)?(?:sight|reach)",
    "missed": "miss(?:ed|es|ing)?",
    "lack": r"lack(?:s|ing)? fail(?:s|ed|ing)?(?:\s+to)?",
    "ignore": "ignor(?:e|es|ed|ing) disregard(?:s|ed|ing)? neglect(?:s|ed|ing)? hid(?:e|es|ing|den)",
    "skip": r"skip(?:s|ped|ping)? omit(?:s|ted|ting)? withhold(?:s|ing)? withheld leave\s+out",
    "unlikely": "unlikely improbable",
    "impossible": "impossible unable",
    "free": r"[a-z]+-free free\s+(?:from|of) (?:alcohol|gluten|lactose|latex|nut|salt|sodium|sugar)\s+free",
    "non": "non-[a-z]+",
}

_LEVEL = r"(?:normal|average|(?:the|your)\s+(?:normal|usual|level|limit|target|range))"

TURNS = {
    "number": {
        "more": "increas(?:e|es|ed|ing) rais(?:e|es|ed|ing) high(?:er|est)? more most larger largest bigger greater",
        "less": "decreas(?:e|es|ed|ing) reduc(?:e|es|ed|ing|tion) low(?:er|ered|ers|ering|est)? less least fewer "
        "smaller smallest",
        "halve": "halv(?:e|es|ed|ing)",
        "triple": "tripl(?:e|es|ed|ing)",
        "small": "small little tiny",
        "large": "large big",
        "few": "few several",
        "many": "many",
        "plenty": r"plenty (?:too\s+)?much enough ample sufficient a\s+lot lots",
        "short": r"short(?:er|est)? short[\s-]term",
        "long": r"long(?:er|est)? long[\s-]term",
        "thin": "thin(?:ly)? sparing(?:ly)?",
        "thick": "thick(?:ly)? generous(?:ly)? liberal(?:ly)?",
        "fast": "fast rapid(?:ly)? quick(?:ly)?",
        "slow": "slow(?:ly)? gradual(?:ly)?",
        "level": "level",
        "heaped": "heap(?:ed|ing) rounded",
        "just": "just shortly",
        "maximum": "maximum maximal",
        "minimum": "minimum minimal",
        "over": rf"(?:above|over)\s+{_LEVEL}",
        "under": rf"(?:below|under)\s+{_LEVEL}",
    },
    "frequency": {
        "when": "when whenever if",
        "before": r"before prior\s+to",
        "after": "after",
        "during": r"during while whilst as\s+long\s+as",
        "until": "until till",
        "since": "since",
        "early": "early earlier earliest sooner",
        "late": "late later latest",
    },
    "route": {"stomach": "stomachs? tumm(?:y|ies) bell(?:y|ies)"}
    | {
        place: f"{place}s?"
        for place in (
            *("face", "scalp", "chest", "back", "neck", "lip", "gum", "buttock", "bottom"),
            *("arm", "hand", "thigh", "leg", "foot"),
        )
    }
    | {"drink": "drink(?:s|ing)? drunk", "rub": "rub(?:s|bed|bing)?", "apply": "appl(?:y|ies|ied|ying)"},
    "negation": {
        "safe": "safe safely harmless",
        "dangerous": "dangerous dangerously harmful",
        "same": "same",
        "different": "different",
    },
}
"""Words that turn a sentence round where another of their category stands against them, and say little alone."""

JOINTS = frozenset({"and", "or"})
"""Small words that turn what a sentence asks for, where the other stands in their place."""

OPPOSED = re.compile(r"(?:un|in|im|il|ir|dis|non|mis)(.{3,})|(.{3,})less")
"""A word that denies another: ``unopened``, ``disallowed``, ``harmless``."""

FILLERS = frozenset(
    re.findall(
        "[a-z]+",
        "medicine medicines doctor gp pharmacist nurse please also just really very take taking takes use using uses",
    )
)
"""Words that come and go in a warning without changing what it warns of."""

OF_HEADINGS = FILLERS | {"how", "when", "dose", "doses", "dosage", "dosages"}
"""Words that come and go in a heading without changing whom or what it is for."""

OTHER_WORDS = {
    "ar": {
        "negation": "لا ولا فلا لم لن ليس ليست بدون دون تجنب تجنبي توقف توقفي ممنوع إلا فقط غير",
        "number": "اثنان اثنين اثنتين ثلاث ثلاثة أربع أربعة خمس خمسة ست ستة سبع سبعة ثماني ثمانية تسع تسعة عشر عشرة "
        "نصف ربع ثلث ضعف أكثر أقل قبل بعد حتى",
        "frequency": "مرة مرتين مرتان مرات يوميا يوميًا أسبوعيا أسبوعيًا شهريا شهريًا صباحا صباحًا مساء مساءً ليلا ليلًا",
    },
    "cy": {
        "negation": "peidiwch peidio byth heb dim ddim nid na nac ni osgoi osgowch ond oni oddieithr stopiwch",
        "number": "dau dwy tri tair pedwar pedair pump chwech saith wyth naw deg hanner chwarter mwy llai cyn wedi hyd",
        "frequency": "unwaith dwywaith teirgwaith gwaith dyddiol wythnosol misol bore nos",
    },
    "de": {
        "negation": "nicht kein keine keinen keiner keinem nie niemals ohne außer nur vermeiden vermeide verboten",
        "number": "zwei drei vier fünf sechs sieben acht neun zehn zwölf halbe halben halb viertel doppelte ab "
        "bis unter über vor nach mehr weniger höchstens mindestens maximal",
        "frequency": "einmal zweimal dreimal viermal täglich stündlich wöchentlich monatlich morgens mittags abends "
        "nachts alle jeden jede",
    },
    "es": {
        "negation": "no nunca ni sin evite evita evitar suspenda excepto salvo solo sólo solamente",
        "number": "dos tres cuatro cinco seis siete ocho nueve diez doce medio media mitad doble más menos "
        "máximo mínimo antes después hasta",
        "frequency": "vez veces diario diaria diariamente semanal mensual cada mañana tarde noche",
    },
    "fr": {
        "negation": "ne n pas jamais sans aucun aucune sauf évitez évite éviter arrêtez arrêter seulement uniquement",
        "number": "deux trois quatre cinq six sept huit neuf dix douze demi demie moitié quart double plus moins "
        "maximum minimum avant après",
        "frequency": "fois jour quotidien quotidienne hebdomadaire mensuel chaque matin midi soir nuit",
    },
    "it": {
        "negation": "non mai senza eviti evita evitare tranne eccetto solo soltanto",
        "number": "due tre quattro cinque sei sette otto nove dieci dodici mezzo mezza metà doppio più meno "
        "massimo minimo prima dopo fino",
        "frequency": "volta volte giornaliero giornaliera settimanale mensile ogni mattina sera notte",
    },
    "pl": {
        "negation": "nie nigdy bez unikaj unikać tylko oprócz",
        "number": "dwa dwie trzy cztery pięć sześć siedem osiem dziewięć dziesięć dwanaście pół połowa ćwierć "
        "więcej mniej maksymalnie najmniej przed po do",
        "frequency": "raz razy dwukrotnie trzykrotnie codziennie dziennie tygodniowo co rano wieczorem noc",
    },
    "pt": {
        "negation": "não nunca sem evite evita evitar exceto só somente apenas",
        "number": "dois duas três quatro cinco seis sete oito nove dez doze meio meia metade dobro mais menos "
        "máximo mínimo antes depois até",
        "frequency": "vez vezes diário diária diariamente semanal mensal cada manhã tarde noite",
    },
    "ur": {
        "negation": "نہ نہیں مت بغیر صرف",
        "number": "دو تین چار پانچ چھ سات آٹھ نو دس آدھا آدھی",
        "frequency": "بار دفعہ روزانہ ہفتہ وار صبح شام رات",
    },
}


def other_category(word: str, language: str) -> str | None:
    """Whether a case-folded word negates, counts or times in ``language``: the category of mention, or None."""
    return _CATEGORY.get(language.split("-")[0], {}).get(word)


_CATEGORY = {
    language: {word: category for category, words in words_of.items() for word in words.split()}
    for language, words_of in OTHER_WORDS.items()
}
