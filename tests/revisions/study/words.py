"""The words that the mutation study exchanges, written before the product's vocabularies and kept apart from them."""

# fmt: off
MEDICINES = """ibuprofen paracetamol warfarin aspirin methotrexate simvastatin atorvastatin sertraline amoxicillin aciclovir
insulin finasteride propranolol diclofenac clopidogrel baclofen ramipril digoxin levothyroxine metformin gliclazide
prednisolone lithium codeine morphine apixaban furosemide omeprazole doxycycline ciprofloxacin flucloxacillin
nitrofurantoin trimethoprim metronidazole fluconazole clotrimazole terbinafine permethrin hydrocortisone latanoprost
chloramphenicol cetirizine salbutamol tiotropium montelukast amitriptyline gabapentin pregabalin carbamazepine
lamotrigine phenytoin levetiracetam citalopram fluoxetine mirtazapine venlafaxine diazepam zopiclone haloperidol
clozapine olanzapine quetiapine methylphenidate donepezil levodopa sumatriptan allopurinol colchicine tamoxifen
ondansetron loperamide lactulose tamsulosin sildenafil amlodipine bisoprolol losartan spironolactone amiodarone
rivaroxaban enoxaparin naproxen tramadol fentanyl buprenorphine naloxone methadone semaglutide dapagliflozin
carbimazole isotretinoin oseltamivir valaciclovir zidovudine gentamicin vancomycin clarithromycin erythromycin""".split()
OTHER_MEDICINES = """ganciclovir famciclovir hydralazine hydroxyzine prednisone chlorpromazine chlorpropamide
clomipramine glibenclamide glipizide heparin dabigatran edoxaban tinzaparin lisinopril perindopril candesartan
valsartan carvedilol metoprolol atenolol nifedipine felodipine diltiazem verapamil rosuvastatin ezetimibe pantoprazole
ranitidine famotidine domperidone oxycodone hydromorphone tapentadol celecoxib etoricoxib indometacin ketamine
lorazepam temazepam paroxetine escitalopram duloxetine trazodone bupropion risperidone aripiprazole topiramate
vigabatrin primidone ropinirole selegiline rizatriptan febuxostat leflunomide rituximab infliximab etanercept imatinib
bleomycin cisplatin vincristine vinblastine letrozole exemestane mupirocin cefalexin cefuroxime azithromycin linezolid
rifampicin ethambutol itraconazole ketoconazole voriconazole nystatin abacavir tenofovir ritonavir dolutegravir
sofosbuvir empagliflozin sitagliptin pioglitazone liraglutide dulaglutide teriparatide denosumab zoledronate
tolterodine solifenacin mirabegron dutasteride tadalafil goserelin bumetanide indapamide torasemide bendroflumethiazide
ivabradine sacubitril nicorandil ticagrelor prasugrel alteplase mometasone budesonide fluticasone salmeterol formoterol
theophylline ipratropium desloratadine promethazine timolol brimonidine travoprost ciclosporin sirolimus""".split()
CONDITIONS = """asthma gout epilepsy glaucoma diabetes psoriasis eczema migraine depression shingles chickenpox thrush scabies
angina anaemia tuberculosis osteoporosis porphyria hepatitis pneumonia bronchitis sinusitis tonsillitis arthritis
pancreatitis gastritis cystitis dermatitis conjunctivitis meningitis sepsis lupus schizophrenia dementia insomnia
anxiety influenza measles malaria myasthenia hypothyroidism hyperthyroidism phaeochromocytoma cirrhosis
endometriosis leukaemia lymphoma melanoma jaundice""".split()
SYMPTOMS = """headache nausea dizziness constipation diarrhoea drowsiness vomiting itching sneezing sweating shaking hunger
rash fever cough breathlessness bruising cramps fits tremor confusion hallucinations palpitations swelling numbness
tingling fainting wheezing heartburn indigestion tiredness weakness blisters hives flushing""".split()
CONDITION_PHRASES = ["high blood pressure", "low blood sugar", "a heart attack", "a stroke", "chest pain", "hay fever",
    "blood clots", "a stomach ulcer", "heart failure", "kidney stones", "an overactive bladder", "a sore throat",
    "breast cancer", "multiple sclerosis", "irritable bowel syndrome", "an underactive thyroid", "cold sores",
    "athlete's foot", "blurred vision", "a dry mouth", "hot flushes", "period pain", "urinary infections"]
ORGANS = """kidney liver heart lung stomach bladder skin eye ear throat thyroid prostate pancreas bowel brain spleen
womb tongue mouth nose gums bones muscles nerves joints spine ovaries face lips chest legs arms ankles hands feet
tendons kidneys lungs eyes ears""".split()
SEVERITY = [("severe", "mild"), ("serious", "minor"), ("mild", "severe"), ("slight", "severe"),
    ("life-threatening", "harmless"), ("fatal", "unpleasant"), ("dangerous", "harmless"), ("bad", "slight"),
    ("rarely", "commonly"), ("very rarely", "often"), ("rare", "common"), ("often", "seldom"), ("common", "very rare"),
    ("usually", "rarely"), ("worse", "better"), ("badly", "slightly"), ("most", "few"), ("serious", "moderate"),
    ("weak", "strong"), ("a lot", "a little"), ("severe", "moderate"), ("mostly", "occasionally")]
OBLIGATION = [("must", "may"), ("must", "should"), ("should", "may"), ("should", "could"), ("must", "can"),
    ("may", "must"), ("can", "must"), ("immediately", "later"), ("at once", "when you have time"),
    ("straight away", "in the next few days"), ("need to", "might like to"), ("without delay", "at your next visit"),
    ("as soon as", "some time after"), ("always", "sometimes"), ("never", "rarely"), ("have to", "may want to"),
    ("urgent", "routine"), ("should", "need not"), ("must not", "should preferably not"), ("needs", "can have"),
    ("immediately", "if it does not go away"), ("best", "possibly")]
ROUTES = [("affected eye", "affected ear"), ("on your face", "in your mouth"), ("into a muscle", "into a vein"),
    ("into a vein", "into a muscle"), ("under the skin", "into a vein"), ("back passage", "vagina"),
    ("under your tongue", "inside your cheek"), ("under the tongue", "on the tongue"), ("through the inhaler",
    "through the nose"), ("each nostril", "each ear"), ("inhaled", "swallowed"), ("injected", "swallowed"),
    ("in the eye", "in the ear"), ("outer ear", "inner ear"), ("stomach or thigh", "arm or buttock"),
    ("outer thigh", "upper arm"), ("swallow", "chew"), ("taken", "injected"), ("rubbed into", "injected into"),
    ("on the skin", "in the nose"), ("oral", "rectal"), ("vaginal", "oral"), ("broken skin", "unbroken skin"),
    ("arm", "back"), ("nasal", "ear"), ("swallow", "suck")]
FORMS = [("cream", "tablet"), ("tablet", "cream"), ("tablets", "drops"), ("capsule", "patch"), ("capsules", "tablets"),
    ("drops", "ointment"), ("ointment", "tablets"), ("spray", "drops"), ("patch", "tablet"), ("patches", "injections"),
    ("inhaler", "spray"), ("suppository", "tablet"), ("gel", "powder"), ("powder", "liquid"), ("injection", "tablet"),
    ("infusion", "injection"), ("syringe", "spoon"), ("pen", "inhaler"), ("liquid", "ointment"), ("pill", "patch"),
    ("creams", "lozenges"), ("vaccines", "tablets"), ("sunscreen", "shampoo"), ("pens", "drops")]
PEOPLE = [("adults", "children"), ("children", "adults"), ("women", "men"), ("men", "women"), ("babies", "teenagers"),
    ("older people", "younger people"), ("pregnant women", "breastfeeding women"), ("mothers", "fathers"),
    ("your child", "your baby"), ("people over", "people under"), ("everyone", "nobody"), ("baby", "adult"),
    ("unborn baby", "mother"), ("child", "grown-up"), ("older", "younger"), ("pregnancy", "breastfeeding"),
    ("anyone", "pregnant women"), ("adults and children", "children"), ("men", "boys")]
NUMBERS = ["1", "2", "3", "4", "5", "6", "8", "10", "12", "14", "15", "18", "20", "24", "28", "30", "40", "48", "50", "60",
    "72", "100", "150", "200", "500"]
NUMBER_WORDS = ["one", "two", "three", "four", "five", "six", "eight", "ten", "twelve", "twenty", "thirty"]
UNITS = [("mg", "micrograms"), ("mg", "g"), ("g", "mg"), ("ml", "litres"), ("hours", "days"), ("days", "weeks"),
    ("weeks", "months"), ("months", "weeks"), ("minutes", "hours"), ("years", "months"), ("tablet", "spoonful"),
    ("tablets", "sachets"), ("hour", "day"), ("week", "day"), ("seconds", "minutes"), ("°C", "°F"), ("puffs", "drops"),
    ("day", "week"), ("month", "week")]
FREQUENCIES = [("once", "twice"), ("twice", "four times"), ("three times", "once"), ("four times", "twice"),
    ("daily", "weekly"), ("weekly", "daily"), ("a day", "a week"), ("a week", "a day"), ("every day", "every week"),
    ("every four hours", "every eight hours"), ("every two weeks", "every two days"), ("monthly", "yearly"),
    ("in the morning", "in the evening"), ("at night", "at midday"), ("at bedtime", "in the morning"),
    ("every three months", "every three years"), ("each main meal", "each second meal"), ("every month", "every year"),
    ("before", "after"), ("after", "before"), ("with food", "on an empty stomach"), ("regularly", "if you like"),
    ("on an empty stomach", "with food"), ("every 72 hours", "every 72 days"), ("weekly", "yearly")]
NEGATIONS = [("do not ", ""), ("not ", ""), ("never ", "always "), ("never ", ""), ("without", "with"), ("must not", "must"),
    ("cannot", "can"), ("unless", "if"), ("avoid", "use"), ("avoided", "used"), ("only ", ""), ("stop ", "keep "),
    ("with or without", "with"), ("no more", "more"), ("no longer than", "longer than"), ("should not", "should"),
    ("do not", "do"), ("harmless", "harmful"), ("unused", "used"), ("is not", "is"), ("can ", "cannot "),
    ("is used", "is not used"), ("should ", "should not "), ("tell ", "do not tell "), ("take it ", "do not take it ")]
LIMITS = [("more than", "less than"), ("up to", "at least"), ("at least", "at most"), ("no later than", "no earlier than"),
    ("under", "over"), ("over", "under"), ("below", "above"), ("within", "after"), ("longer than", "less than"),
    ("about", "more than"), ("no more than", "at least"), ("just before", "long before"), ("before", "until"),
    ("enough", "too little"), ("too much", "too little"), ("too low", "too high"), ("lower", "higher"),
    ("lowers", "raises"), ("raise", "lower"), ("increase", "decrease"), ("reduces", "increases"),
    ("half", "double"), ("small", "large"), ("more", "less"), ("first", "last"), ("thin", "thick")]
ACTIONS = [("call", "wait before you call"), ("stop taking", "go on taking"), ("shake", "warm"), ("throw away", "keep"),
    ("return", "flush away"), ("drive", "rest"), ("tell", "pay"), ("keep taking", "stop taking"), ("start", "stop"),
    ("drink plenty", "drink little"), ("give", "refuse"), ("stopped slowly", "stopped at once"), ("lie down", "stand up"),
    ("wash", "iron"), ("mixed with", "diluted in"), ("hold your breath", "breathe out"), ("stand up", "lie down")]
SENTENCES_AWAY = [
    "Tell your doctor if you get pregnant.", "Call your doctor if you feel faint.", "Stop taking it if your skin peels.",
    "You must have your eyes checked every year.", "Do not drive if you feel tired.", "Take it with plenty of water.",
    "Ask your pharmacist if you are not sure.", "Go to the nearest hospital if you have a fit.",
    "Talk to your nurse before you have a vaccination.", "Keep it away from children.", "You may get a headache.",
    "It is not for children.", "See your dentist regularly.", "Check with your doctor before you take herbal remedies.",
    "The highest dose is 4 tablets.", "Older people may need less.", "It can affect your liver.",
    "Let your doctor know if your ankles swell.", "Drink alcohol only in small amounts.",
    "Warfarin may work less well.", "Your doctor will take blood to check your kidneys.", "Use a condom.",
    "Inform the hospital staff that you take this medicine.", "Seek medical advice if it lasts.",
    "People with asthma should be careful.", "Get help quickly.", "Contact the surgery about the results.",
    "Wear gloves when you handle it.", "It may harm an unborn baby.", "Throw the rest away.",
    "Phone the out-of-hours service.", "Swallow it whole.", "You should carry a steroid card."]
SYNONYMS = [("speak to", "talk to"), ("talk to", "speak with"), ("doctor", "GP"), ("begin", "start"), ("start", "begin"),
    ("tell", "inform"), ("ask", "check with"), ("contact", "get in touch with"), ("at once", "immediately"),
    ("immediately", "straight away"), ("straight away", "right away"), ("sickness", "being sick"), ("help", "support"),
    ("helps", "assists"), ("feel", "are feeling"), ("usual", "normal"), ("usually", "normally"), ("people", "patients"),
    ("medicine", "medication"), ("drug", "medicine"), ("get worse", "worsen"), ("a lot", "plenty"), ("plenty of", "lots of"),
    ("large", "big"), ("small", "little"), ("well", "properly"), ("quickly", "fast"), ("slowly", "gradually"),
    ("until", "till"), ("remember", "recall"), ("notice", "see"), ("trouble", "difficulty"), ("problems", "trouble"),
    ("needs", "requires"), ("need", "require"), ("take out", "remove"), ("throw away", "dispose of"), ("keep", "store"),
    ("store", "keep"), ("affects", "influences"), ("finish", "complete"), ("treats", "is used to treat"),
    ("eases", "relieves"), ("relieves", "eases"), ("prevents", "helps prevent"), ("operation", "surgery"),
    ("hospital staff", "staff of the hospital"), ("because", "as"), ("another", "a different"), ("together", "at the same time"),
    ("works", "acts"), ("such as", "like"), ("nausea", "feeling sick"), ("vomiting", "being sick"), ("dizziness", "feeling dizzy"),
    ("drowsy", "sleepy"), ("sleepy", "drowsy"), ("drowsiness", "sleepiness"), ("get", "have"), ("illness", "disease"),
    ("stomach pain", "tummy pain"), ("high blood pressure", "hypertension"), ("tired", "fatigued"), ("irritable", "short-tempered"),
    ("breathlessness", "shortness of breath"), ("short of breath", "breathless"), ("itching", "itchiness"), ("spread", "apply"),
    ("put on", "applied"), ("children", "kids"), ("older people", "the elderly"), ("serious", "severe"), ("fits", "seizures"),
    ("slight", "mild"), ("bedtime", "bed time"), ("dose", "dosage"), ("surgery", "practice"), ("mostly", "mainly"),
    ("reliable", "effective"), ("suitable", "right"), ("bring", "take"), ("reason", "cause"), ("may", "might"),
    ("can", "may"), ("must", "have to"), ("regularly", "on a regular basis"), ("weak", "feeble"), ("faint", "pass out"),
    ("unsteady", "wobbly"), ("afterwards", "later on"), ("certain", "sure"), ("ill", "unwell"), ("harm", "damage"),
    ("damage", "harm"), ("lowers", "reduces"), ("reduces", "lowers"), ("raise", "increase"), ("stools", "faeces"),
    ("urine", "pee"), ("infected", "with an infection"), ("trembling", "shaking"), ("hear", "are told"), ("kill", "be fatal to"),
    ("smooth", "even"), ("injection", "jab"), ("hold", "keep"), ("the sun", "sunlight"), ("specialist", "consultant"),
    ("sticks", "adheres"), ("fire", "flames"), ("advice", "guidance"), ("sleeping tablets", "sleeping pills"), ("rash", "skin rash")]
SPELLINGS = [("diarrhoea", "diarrhea"), ("anaemia", "anemia"), ("oestrogen", "estrogen"), ("tumour", "tumor"), ("colour", "color"),
    ("leukaemia", "leukemia"), ("litre", "liter"), ("centre", "center"), ("aciclovir", "acyclovir"), ("stabilises", "stabilizes"),
    ("yoghurt", "yogurt"), ("oedema", "edema"), ("haemorrhage", "hemorrhage"), ("paediatric", "pediatric"),
    ("programme", "program"), ("sulfasalazine", "sulphasalazine"), ("ciclosporin", "cyclosporin"), ("amoxicillin", "amoxycillin"),
    ("faeces", "feces"), ("specialised", "specialized"), ("furosemide", "frusemide"), ("paracetamol", "acetaminophen")]
CONTRACTIONS = [("do not", "don't"), ("cannot", "can't"), ("must not", "mustn't"), ("should not", "shouldn't"), ("you are", "you're"),
    ("it is", "it's"), ("has not", "hasn't"), ("does not", "doesn't"), ("did not", "didn't"), ("is not", "isn't"),
    ("you have ", "you've "), ("you will", "you'll"), ("they are", "they're"), ("that is", "that's")]
HYPHENS = ["over-the-counter", "well-balanced", "modified-release", "follow-up", "long-term", "high-factor", "life-threatening",
    "out-of-hours", "non-prescription", "check-up", "low-dose", "side-effects", "blood-thinning", "anti-inflammatory",
    "pain-relieving", "day-to-day", "half-hour", "part-time", "re-use", "sun-cream", "break-through", "cold-water",
    "multi-vitamin", "co-ordinate", "over-weight", "under-active", "self-care", "x-ray", "needle-free", "child-resistant"]
HYPHEN_SENTENCES = ["Ask about {} products before you buy them.", "Your {} plan is kept by the nurse.",
    "Tell us if you have used {} treatment before.", "Do not use {} items without advice.", "This is a {} medicine."]
REWORDINGS = [
    ("Your doctor will check your blood pressure.", "Your blood pressure will be checked by your doctor."),
    ("The nurse gives the injection.", "The injection is given by the nurse."),
    ("Keep the tablets in their box.", "The tablets should be kept in their box."),
    ("Your pharmacist can help you with this.", "You can get help with this from your pharmacist."),
    ("If you have any questions, ask your pharmacist.", "Ask your pharmacist if you have any questions."),
    ("Ramipril lowers blood pressure.", "Blood pressure is lowered by ramipril."),
    ("Drink water and rest.", "Rest and drink water."), ("It treats pain and fever.", "It treats fever and pain."),
    ("Headache, nausea and rash are possible.", "Rash, headache and nausea are possible."),
    ("Each tablet has a line on one side.", "There is a line on one side of each tablet."),
    ("The tablet is white and round.", "The tablets are round and white."),
    ("A doctor should see babies who have a fever.", "Babies who have a fever should be seen by a doctor."),
    ("This leaflet tells you about your medicine.", "In this leaflet you read about your medicine."),
    ("The pack holds the leaflet.", "The leaflet is in the pack."),
    ("You can get more leaflets from our front desk.", "Our front desk has more leaflets for you."),
    ("Please read all of this leaflet carefully.", "Read this whole leaflet carefully."),
    ("Ask us if something is not clear.", "Ask us if anything is not clear."),
    ("If you are worried, talk to a nurse.", "Talk to a nurse if you are worried."),
    ("This medicine contains lactose.", "There is lactose in this medicine."),
    ("Take it with water.", "Take this medicine with water."),
    ("The pain should go after a day.", "After a day, the pain should go."),
    ("Store the box in a dry place.", "Store the box somewhere dry."),
    ("Side effects can happen to anyone.", "Anyone can get side effects."),
    ("Morphine is a strong painkiller.", "Morphine is a powerful painkiller."),
    ("Most people have no side effects.", "No side effects occur in most people."),
    ("Use the inhaler as the nurse showed you.", "Use your inhaler in the way that the nurse has shown you."),
    ("Your skin may itch.", "You may have itchy skin."), ("It may make you feel sick.", "You may feel sick."),
    ("The medicine was checked by a pharmacist.", "A pharmacist checked the medicine."),
    ("Some tablets contain sugar.", "Sugar is contained in some tablets.")]
# fmt: on
