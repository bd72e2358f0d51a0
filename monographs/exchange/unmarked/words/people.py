"""Words that say for whom a dose is, and how old or heavy they are: ``"Children aged 6 to 12 years"``.

Source: the sub-headings of posology sections in the EMA QRD templates and of the NHS's medicine pages, with the age
groups of ICH E11(R1), section 4, in English, Spanish, German, French, Italian, Portuguese, Dutch, Polish, Arabic.
"""

import re

WHO = frozenset(
    re.findall(
        r"\S+",
        """
    adult adults child children baby babies infant infants newborn newborns neonates toddlers teenager teenagers
    teens adolescent adolescents elderly seniors women woman men man boys girls people patients adulthood
    paediatric pediatric geriatric breastfeeding pregnant
    adultos niños niñas adolescentes lactantes bebés ancianos mayores mujeres hombres pacientes embarazadas
    erwachsene erwachsenen kinder kindern säuglinge säuglingen kleinkinder jugendliche jugendlichen ältere frauen
    männer patienten senioren schwangere
    adultes enfants nourrissons adolescents personnes femmes hommes
    adulti bambini neonati adolescenti anziani donne uomini pazienti
    crianças bebês idosos mulheres homens doentes
    volwassenen kinderen baby's zuigelingen jongeren ouderen vrouwen mannen patiënten
    dorośli dorosłych dzieci niemowlęta młodzież kobiety mężczyźni pacjenci
    البالغون البالغين للبالغين الكبار للكبار الأطفال للأطفال أطفال الرضع للرضع المراهقون المراهقين للمراهقين
    كبار المسنون المسنين للمسنين النساء الرجال المرضى الحوامل
    """,
    )
)

BESIDE_WHO = frozenset(
    re.findall(
        r"\S+",
        """
    and or the a an in for of use to from with between over under above below aged age ages old older young younger
    than more less only up who weighing weight years year months month weeks week days day kg kilograms yrs
    y o de en para uso mayores menores entre hasta años año meses semanas días edad con a partir
    und oder bei von ab bis über unter im alter jahre jahren jahr monate monaten wochen tage mit zwischen
    et ou chez les des de plus moins à partir ans an mois semaines jours âgés entre avec
    e negli nei di età superiore inferiore ai anni mesi settimane
    em com idade superior inferior anos
    en van tot vanaf boven jaar maanden weken bij
    i w wieku powyżej poniżej od lat roku miesięcy tygodni
    من إلى و أو في فوق تحت عمر سن أكثر أقل سنة سنوات عاما عامًا أعوام شهر أشهر شهرا شهرًا كجم كغ بين فما
    """,
    )
)
"""What may stand beside them in a heading that says nothing else."""
