"""The units of a dose: how each is written, in the one table that comparing, checking and typesetting read.

Each entry maps the name of a unit to its spellings, regular expressions parted by spaces and read without
regard to capitals (a space within one is ``\\s+``). English is complete as far as leaflets need it; of other
languages there are the units that packs print and the commonest words. Names follow UCUM where it has one.
"""

MEASURES = {
    "mg": "mg mgs ㎎ m\\.g\\. milligrams? milligrammes? milligramm miligramos? miligramas? milligrammi miligramów "
    "ملغ ملغم ملجم مجم مغ ملليغرام ملليجرام ميليغرام",
    "microgram": "micrograms? microgrammes? mcgs? µg ug ㎍ mikrogramm microgramos? microgramas? microgrammi "
    "mikrogramów ميكروغرام ميكروجرام مكغ مكجم",
    "nanogram": "nanograms? nanogrammes? ng",
    "g": "g gm gms grams? grammes? gramm gramos? gramas? grammi غرام جرام غ جم",
    "kg": "kg kgs ㎏ kilograms? kilogrammes? kilos? كغ كجم كيلوغرام كيلوجرام",
    "ml": "mls? ㎖ millilitres? milliliters? mililitros? millilitri cc c\\.c\\. مل ملل ملليلتر مليلتر",
    "litre": "l litres? liters? litros? litri لتر",
    "decilitre": "dl decilitres? deciliters?",
    "unit": "units? u einheiten einheit unités? unidades unidad unità وحدة وحدات",
    "megaunit": "mu megaunits? mega\\s+units?",
    "international unit": "iu i\\.u\\. international\\s+units?",
    "mmol": "mmols? millimoles?",
    "micromole": "µmol micromoles?",
    "mEq": "meqs? milliequivalents?",
    "kBq": "kbq kilobecquerels?",
    "MBq": "mbq megabecquerels?",
    "GBq": "gbq gigabecquerels?",
    "% w/v": "%\\s?w/v",
    "% w/w": "%\\s?w/w",
    "% v/v": "%\\s?v/v",
    "%": "% ٪ percent per\\s+cent prozent",
}
"""What measures a substance, or the person that it is measured for."""

FORMS = {
    "tablet": "tablets? tabs? tabletten tablette comprimés? comprimidos? compressa compresse tabletka tabletki "
    "tabletek قرص أقراص حبة حبات حبوب قرصين قرصان حبتان حبتين",
    "caplet": "caplets?",
    "pill": "pills? pillen pille",
    "capsule": "capsules? caps? kapseln kapsel gélules? cápsulas? capsule كبسولة كبسولات",
    "puff": "puffs? inhalations? hübe hub bouffées? بخة بخات",
    "drop": "drops? tropfen gouttes? gotas? gocce goccia قطرة قطرات نقطة نقاط",
    "spray": "sprays?",
    "spoonful": "spoonfuls? spoons? löffel cuillères? cuillerées? cucharadas? ملعقة ملاعق",
    "teaspoon": "teaspoons? teaspoonfuls? teaspoonsful tsps? teelöffel",
    "tablespoon": "tablespoons? tablespoonfuls? tablespoonsful tbsps? esslöffel",
    "sachet": "sachets? beutel sobres?",
    "patch": "patch patches pflaster",
    "suppository": "suppository suppositories zäpfchen suppositoires?",
    "pessary": "pessary pessaries",
    "lozenge": "lozenges?",
    "injection": "injections? jabs?",
    "infusion": "infusions?",
    "pen": "pens?",
    "syringe": "syringes? syringefuls?",
    "cartridge": "cartridges?",
    "ampoule": "ampoules? ampules?",
    "vial": "vials?",
    "nebule": "nebules?",
    "inhaler": "inhalers?",
    "applicator": "applicators? applicatorfuls?",
    "application": "applications?",
    "measure": "measures? scoops? capfuls?",
    "dose": "doses? dosen جرعة جرعات",
}
"""What a medicine is counted in."""

OTHER_UNITS = {
    "second": "seconds? secs?",
    "minute": "minutes? mins? minuten دقيقة دقائق",
    "hour": "hours? hrs? h stunden stunde heures? horas? ساعة ساعات",
    "day": "days? tage tagen tag jours? días? يوم أيام",
    "week": "weeks? wks? wochen woche semaines? semanas? أسبوع أسابيع",
    "month": "months? monate monat mois meses شهر أشهر",
    "year": "years? yrs? jahre jahren jahr années? años? سنة سنوات",
    "°C": "°c ℃",
    "°F": "°f ℉",
    "mmHg": "mmhg",
    "cm": "cm centimetres? centimeters?",
    "m²": "m² m2",
}
"""What else stands behind a number that matters."""


def any_of(*spellings: str) -> str:
    """A pattern for any of the given lists of spellings, the longest tried first."""
    return "(?:" + "|".join(sorted(" ".join(spellings).split(), key=len, reverse=True)) + ")"
