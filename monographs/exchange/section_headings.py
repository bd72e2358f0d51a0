"""Headings under which leaflets of other origins are divided, and the section kind that each names.

Sources: the headings of the EMA QRD templates (product information template, annex III B, version 10) in
English, Spanish, German, French, Italian, Portuguese, Dutch and Polish, and their usual Arabic rendering; the
headings of US Medication Guides (21 CFR 208.20) and of the NHS's medicine pages. English headings that the site's
own vocabulary knows stand in `monographs.leaflets.sections`.

Each entry is a regular expression over a heading in lower case without number and end punctuation; ``{m}`` stands
for the medicine's name or "it".
"""

HEADINGS: dict[str, tuple[str, ...]] = {
    "what_it_is": (
        "about {m}", "key facts about {m}",
        "qué es {m} y para qué se (?:utiliza|usa)", "qué es {m}",
        "was ist {m} und wofür wird (?:es|sie|er|{m}) (?:angewendet|eingenommen|verwendet)", "was ist {m}",
        "qu'est-ce que {m} et dans quels? cas est-(?:il|elle|ce qu'il est) (?:utilisée?|indiquée?)", "qu'est-ce que {m}",
        "(?:che )?cos'è {m}(?: e a (?:che )?cosa serve)?",
        "o que é {m}(?: e para que é utilizad[oa])?",
        "wat is {m}(?: en waarvoor wordt (?:dit middel|dit medicijn|{m}|het) (?:gebruikt|ingenomen))?",
        "co to jest {m}(?: i w jakim celu (?:się go|jest) stos(?:uje|owany))?",
        "ما هو {m}(?: (?:وفيم|وفيما|ولماذا|وما هي دواعي|ولأي غرض) (?:يستخدم|يُستخدم|يستعمل|استخدامه|استعماله)(?: {m})?)?",
    ),
    "uses": (
        "para qué se utiliza {m}", "wofür wird {m} angewendet", "dans quels cas {m} est-il utilisé", "a cosa serve {m}",
        "para que é utilizado {m}", "(?:دواعي استعمال|دواعي استخدام|استخدامات) {m}",
    ),
    "before_taking": (
        "what (?:do )?(?:you|i) (?:need to|should) know before (?:you|i|taking|using)(?: (?:take|use|are given))? ?{m}",
        "before you (?:use|are given) {m}", "before using {m}",
        "who (?:should not|can(?:no|')t|must not) (?:take|use|be given) {m}", "who can take {m}",
        "what is the most important information (?:i|you) should know about {m}",
        "what should i tell my (?:doctor|healthcare provider|health care provider|pharmacist)s? before (?:taking|using) {m}",
        "before (?:you take|taking|using|you use) {m}, tell your (?:doctor|healthcare provider|health care provider).*",
        "warnings? and precautions", "driving and using machines", "driving and operating machinery",
        "qué necesita saber antes de (?:empezar a )?(?:tomar|usar|utilizar) {m}", "advertencias y precauciones",
        "conducción y uso de máquinas", "antes de (?:tomar|usar) {m}",
        "was sollten sie vor der (?:einnahme|anwendung|verabreichung) von {m} beachten", "warnhinweise und vorsichtsmassnahmen",
        "verkehrstüchtigkeit und (?:die )?fähigkeit zum bedienen von maschinen",
        "quelles sont les informations à connaître avant (?:de |d')(?:prendre|utiliser|recevoir) {m}",
        "avertissements et précautions", "conduite de véhicules et utilisation de machines",
        "(?:che )?cosa deve sapere prima di (?:prendere|usare) {m}", "avvertenze e precauzioni",
        "guida di veicoli e utilizzo di macchinari",
        "o que precisa de saber antes de (?:tomar|utilizar) {m}", "advertências e precauções",
        "condução de veículos e utilização de máquinas",
        "wanneer mag u {m} niet (?:gebruiken|innemen) of moet u er extra voorzichtig mee zijn",
        "rijvaardigheid en het gebruik van machines",
        "informacje ważne przed (?:zastosowaniem|zażyciem|przyjęciem) {m}", "ostrzeżenia i środki ostrożności",
        "prowadzenie pojazdów i obsługiwanie maszyn",
        "ما (?:تحتاج إلى|يجب|ينبغي|الذي تحتاج إلى|يجب عليك|الذي يجب أن) ?(?:أن )?(?:معرفته|تعرفه) قبل (?:تناول|استخدام|استعمال|أن تتناول) {m}",
        "قبل (?:تناول|استخدام|استعمال) {m}", "التحذيرات والاحتياطات", "تحذيرات واحتياطات",
        "القيادة واستخدام الآلات", "القيادة واستعمال الآلات", "القيادة وتشغيل الآلات", "تأثير(?: {m})? على القيادة واستخدام الآلات",
    ),
    "avoid": (
        "what should i avoid (?:while|when|during) (?:taking|using) {m}", "was sollten sie vermeiden",
    ),
    "interactions": (
        "(?:taking|using|cautions? with) {m} (?:with|and) other medicines", "cautions with other medicines",
        "(?:are you |if you are )?(?:taking|using) (?:any )?other medicines", "other medicines and {m}", "{m} and other medicines",
        "{m} with food,? (?:and )?drinks?(?: and alcohol)?", "{m} with (?:food|alcohol|drink)(?: and (?:drink|alcohol))?",
        "otros medicamentos y {m}", "(?:toma|uso) de {m} con otros medicamentos",
        "(?:(?:toma|uso) de )?{m} con (?:los )?alimentos(?:,| y) ?bebidas(?: y alcohol)?",
        "(?:einnahme|anwendung) von {m} zusammen mit (?:anderen arzneimitteln|nahrungsmitteln.*)",
        "autres médicaments et {m}", "{m} avec (?:des |les )?aliments.*",
        "altri medicinali e {m}", "{m} con (?:cibi|cibo).*", "outros medicamentos e {m}", "{m} com alimentos.*",
        "gebruikt u nog andere geneesmiddelen", "{m} a inne leki", "(?:الأدوية الأخرى|أدوية أخرى) و ?{m}",
        "(?:تناول|استخدام) {m} مع (?:أدوية أخرى|الأدوية الأخرى|الطعام.*|الطعام والشراب)",
        "التفاعلات(?: الدوائية| مع أدوية أخرى)?",
    ),
    "pregnancy": (
        "pregnancy(?:,| and) ?breast-?feeding(?:,? (?:and )?fertility)?", "fertility, pregnancy and breast-?feeding",
        "embarazo(?:,| y) lactancia(?: y fertilidad)?",
        "schwangerschaft(?:,| und) stillzeit(?: und (?:fortpflanzungsfähigkeit|zeugungs-/gebärfähigkeit))?",
        "grossesse(?:,| et) allaitement(?: et fertilité)?", "gravidanza(?:,| e) allattamento(?: e fertilità)?",
        "gravidez(?:,| e) (?:amamentação|aleitamento)(?: e fertilidade)?",
        "zwangerschap(?:,| en) borstvoeding(?: en vruchtbaarheid)?",
        "ciąża(?:,| i) karmienie piersią(?: i wpływ na płodność)?",
        "الحمل ?(?:،|,|و)? ?(?:و ?)?(?:الرضاعة|الإرضاع)(?: الطبيعية)?(?: ?(?:،|,)? ?و ?الخصوبة)?",
    ),
    "dosage": (
        "how (?:should|do) (?:i|you) (?:take|use) {m}", "how (?:and when )?to (?:take|use)(?: {m})?", "how {m} is given",
        "how you are given {m}", "dosage and strength", "taking {m}", "using {m}",
        "cómo (?:tomar|usar|utilizar|debo tomar|se administra) {m}",
        "wie ist {m} (?:einzunehmen|anzuwenden)", "wie wird {m} (?:angewendet|eingenommen)", "dosierung",
        "comment (?:prendre|utiliser|administrer) {m}", "posologie",
        "come (?:prendere|usare) {m}", "como (?:tomar|utilizar|usar) {m}",
        "hoe (?:gebruikt|neemt) u {m}(?: in)?", "jak (?:stosować|przyjmować|zażywać) {m}",
        "(?:كيفية|كيف) (?:تناول|استخدام|استعمال|تتناول|تستخدم|أتناول) {m}", "الجرعة(?: وطريقة (?:الاستعمال|الاستخدام|الإعطاء))?",
        "posología",
    ),
    "missed_dose": (
        "if you (?:forget|miss|have forgotten) (?:to (?:take|use)|taking|using|a dose of) ?{m}", "what if i (?:forget|miss) .*",
        "what (?:should i do )?if (?:i|you) (?:miss|forget) .*",
        "(?:if you )?(?:miss|forget)(?:ting)? a dose", "si olvid[óa] (?:tomar|usar|una dosis de) {m}",
        "wenn sie die (?:einnahme|anwendung) von {m} vergessen haben", "si vous oubliez de (?:prendre|utiliser) {m}",
        "se dimentica di (?:prendere|usare) {m}", "caso se tenha esquecido de (?:tomar|utilizar) {m}",
        "bent u vergeten {m} (?:te gebruiken|in te nemen)", "pominięcie (?:zastosowania|przyjęcia) {m}",
        "(?:إذا|في حالة?) نسي(?:ت|انك) (?:تناول|استخدام|أن تتناول|جرعة من) {m}",
    ),
    "overdose": (
        "if you (?:take|use|have taken|are given) (?:more {m} than you should|too much {m}|more than you should)",
        "what (?:should i do )?if (?:i|you) (?:take|use|have taken) too (?:much|many)(?: .*)?",
        "si (?:toma|usa|ha tomado) más {m} (?:del|de la|de lo) que (?:debe|debiera|debería|debiese)",
        "si (?:toma|usa) más {m} de lo debido",
        "wenn sie eine (?:grössere|größere) menge von {m} (?:eingenommen|angewendet) haben, als sie sollten",
        "si vous avez (?:pris|utilisé) plus de {m} que vous n'auriez dû",
        "se prende più {m} di quanto deve", "se tomar mais {m} do que deveria",
        "heeft u te veel van {m} (?:gebruikt|ingenomen)", "(?:przyjęcie|zastosowanie) większej niż zalecana dawki {m}",
        "(?:إذا|في حالة?) (?:تناولت|استخدمت|أخذت) (?:كمية|جرعة) (?:من )?{m} أكبر مما (?:ينبغي|يجب)",
        "(?:إذا|في حالة?) (?:تناولت|استخدمت|أخذت) {m} أكثر مما (?:ينبغي|يجب)", "(?:الجرعة الزائدة|فرط الجرعة)",
        "(?:إذا|في حالة?) (?:تناولت|تناولك|استخدمت|استخدامك|أخذت|أخذك) .* (?:أكثر|أكبر) (?:مما|من) .*",
    ),
    "stopping": (
        "if you (?:stop|want to stop) (?:taking|using) {m}", "si interrumpe (?:el tratamiento con|la toma de) {m}",
        "si deja de (?:tomar|usar) {m}", "wenn sie die (?:einnahme|anwendung) von {m} abbrechen",
        "si vous arrêtez de (?:prendre|utiliser) {m}", "se interrompe il trattamento con {m}",
        "se parar de (?:tomar|utilizar) {m}", "als u stopt met (?:het gebruik|het innemen) van {m}",
        "przerwanie stosowania {m}", "(?:إذا|في حالة?) (?:توقفت عن|أوقفت) (?:تناول|استخدام|استعمال) {m}",
    ),
    "side_effects": (
        "what are (?:the )?(?:possible )?side effects of {m}", "(?:very )?(?:rare|uncommon) side effects",
        "posibles efectos adversos", "efectos (?:adversos|secundarios)",
        "welche nebenwirkungen sind möglich", "(?:mögliche )?nebenwirkungen",
        "quels sont les effets indésirables éventuels", "effets (?:indésirables|secondaires)",
        "possibili effetti indesiderati", "effetti indesiderati",
        "efeitos (?:indesejáveis|secundários)(?: possíveis)?", "possíveis efeitos secundários",
        "mogelijke bijwerkingen", "bijwerkingen", "możliwe działania niepożądane", "działania niepożądane",
        "الآثار الجانبية(?: المحتملة)?", "الأعراض الجانبية(?: المحتملة)?", "التأثيرات الجانبية(?: المحتملة)?",
    ),
    "storage": (
        "how should i (?:store|keep) {m}", "how to keep {m}",
        "conservación(?: de {m})?", "cómo conservar {m}", "wie ist {m} aufzubewahren", "aufbewahrung",
        "comment conserver {m}", "conservation", "come conservare {m}", "como conservar {m}", "hoe bewaart u {m}",
        "jak przechowywać {m}", "(?:كيفية|كيف يتم|كيف) (?:تخزين|حفظ|تخزن|تحفظ) {m}", "(?:التخزين|شروط الحفظ)",
    ),
    "more": (
        "general information about (?:the safe and effective use of )?{m}", "what are the ingredients in {m}",
        "other information", "contents of the pack and further information", "further information about {m}",
        "contenido del envase e información adicional", "contenido del envase y otra información", "información adicional",
        "inhalt der packung und weitere informationen", "weitere informationen",
        "contenu de l'emballage et autres informations", "informations supplémentaires",
        "contenuto della confezione e altre informazioni", "conteúdo da embalagem e outras informações",
        "inhoud van de verpakking en overige informatie", "zawartość opakowania i inne informacje",
        "محتويات العبوة و ?(?:معلومات أخرى|معلومات إضافية)", "معلومات (?:أخرى|إضافية)",
    ),
}  # fmt: skip

CONTENTS = (
    "what is in this leaflet", "in this leaflet", "what this leaflet contains", "contents of this leaflet", "contents",
    "table of contents", "on this page", "contenido del prospecto", "was in dieser packungsbeilage steht",
    "diese packungsbeilage beinhaltet", "que contient cette notice", "dans cette notice", "contenuto di questo foglio",
    "o que contém este folheto", "inhoud van deze bijsluiter", "spis treści ulotki",
    "محتويات هذه النشرة", "محتويات النشرة", "تحتوي هذه النشرة على", "ماذا في هذه النشرة",
)  # fmt: skip
"""Headings of a leaflet's own table of contents."""

DOCUMENTS = (
    r"(?:patient )?package (?:leaflet|insert)(?: ?[:–-] ?information for (?:the )?(?:user|patient)s?)?",
    r"patient information(?: leaflet)?", r"patient leaflet", r"information for (?:the )?(?:user|patient)s?",
    r"medication guide", r"consumer medicine information", r"[ab]\. (?:package leaflet|prospecto|labelling)",
    r"read this (?:leaflet|patient information|information) (?:carefully )?before .*",
    r"prospecto(?: ?[:–-] ?información para el (?:usuario|paciente))?",
    r"(?:gebrauchsinformation|packungsbeilage)(?: ?[:–-] ?information(?:en)? für (?:den |die )?(?:anwender|patienten|patientinnen).*)?",
    r"notice(?: ?[:–-] ?information (?:de l'utilisateur|du patient))?",
    r"foglio illustrativo(?: ?[:–-] ?informazioni per (?:l'utilizzatore|il paziente))?",
    r"folheto informativo(?: ?[:–-] ?informação para o (?:utilizador|doente))?",
    r"bijsluiter(?: ?[:–-] ?informatie voor de (?:gebruiker|patiënt))?",
    r"ulotka (?:dołączona do opakowania|dla pacjenta)(?: ?[:–-] ?informacja dla (?:użytkownika|pacjenta))?",
    r"(?:النشرة|نشرة) ?(?:الداخلية|الدوائية|العبوة|المريض)?(?: ?[:–-] ?معلومات (?:للمريض|للمستخدم|للمستهلك))?",
)  # fmt: skip
"""Lines that say which kind of paper this is: neither a medicine's name nor a leaflet's title."""
