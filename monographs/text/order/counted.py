"""What a number counts in Arabic, Persian, Urdu and Hebrew: the word after it to which it belongs.

"500 mg 3 مرات" is a dose and, beside it, "3 times": whoever typesets it has to know that the 3 goes with the word
after it. Sources: the site's own table of units (`monographs.text.amounts.units`); for measures, times and per cent the
unit names of the Unicode CLDR (version 46, ``common/main`` of ar, fa, ur and he); what a medicine is counted in as
labels and leaflets in these languages have it. Phrases of one or two words, parted by "|".
"""

import re

from monographs.text.amounts.units import FORMS, MEASURES, OTHER_UNITS

_ARABIC = (
    "ميكروغرام|ميكروغرامات|ملليغرامات|غرامات|كيلوغرامات|غم|ملم|سم|مليلتر|ملليلترات|لترات|ملي غرام|ملي لتر|وحدة دولية"
    "|قرصا|كبسولتين|كبسولتان|جرعتين|قطرتين|بختين|ملعقتين|حقنة|حقن|أمبولة|أمبولات|لصقة|لصقات|كوب|أكواب|كيس|أكياس|تحميلة"
    "|تحاميل|نفخة|نفخات|مرة|مرات|مرتين|يوما|يومين|أسبوعين|شهرا|شهرين|عام|عاما|أعوام|سنتين|ساعتين|درجة|درجات|ثانية|ثوان"
    "|ثواني|شخص|أشخاص|مريض|مرضى|بالمئة|بالمائة|في المئة|في المائة"
)
_PERSIAN = (
    "میلی‌گرم|میلی گرم|میلیگرم|گرم|میکروگرم|کیلوگرم|کیلو|میلی‌لیتر|میلی لیتر|لیتر|سی‌سی|سی سی|واحد|قرص|عدد|کپسول|قطره"
    "|پاف|قاشق|پیمانه|آمپول|شیاف|ساشه|دوز|بار|مرتبه|نوبت|روز|هفته|ماه|سال|ساعت|دقیقه|ثانیه|درجه|درصد|نفر"
)
_URDU = (
    "ملی گرام|ملیگرام|مائیکرو گرام|مائیکروگرام|گرام|کلوگرام|کلو گرام|ملی لیٹر|ملیلیٹر|لیٹر|یونٹ|یونٹس|گولی"
    "|گولیاں|گولیوں|کیپسول|قطرہ|قطرے|قطروں|چمچ|چمچے|چمچہ|پف|خوراک|خوراکیں|ٹیکہ|ٹیکے|بار|مرتبہ|دفعہ|دن|دنوں|ہفتہ|ہفتے|ہفتوں|مہینہ|مہینے"
    "|مہینوں|سال|سالوں|گھنٹہ|گھنٹے|گھنٹوں|منٹ|سیکنڈ|ڈگری|فیصد|افراد|لوگوں"
)
_HEBREW = (
    'מ"ג|מ״ג|מיליגרם|מיליגרמים|מק"ג|מק״ג|מיקרוגרם|גרם|גרמים|ק"ג|ק״ג|קילוגרם|קילו|מ"ל|מ״ל|מיליליטר|ליטר|יחידה|יחידות'
    "|טבליה|טבליות|כדור|כדורים|כמוסה|כמוסות|קפליה|קפליות|קפלייה|טיפה|טיפות|שאיפה|שאיפות|לחיצה|לחיצות|כפית|כפיות|כף|כפות"
    "|מנה|מנות|זריקה|זריקות|מדבקה|מדבקות|פעם|פעמים|פעמיים|יום|ימים|יומיים|שבוע|שבועות|שבועיים|חודש|חודשים|שנה|שנים|שעה"
    "|שעות|דקה|דקות|שניות|מעלות|אחוז|אחוזים|אנשים"
)
_FROM_UNITS = " ".join((MEASURES | FORMS | OTHER_UNITS).values()).split()

COUNTED: tuple[str, ...] = tuple(
    sorted(
        {word for word in _FROM_UNITS if re.search("[\u0600-\u06ff]", word) and word != "٪"}
        | {phrase for phrases in (_ARABIC, _PERSIAN, _URDU, _HEBREW) for phrase in phrases.split("|")},
        key=len,
        reverse=True,
    )
)
"""Every such word or phrase, the longest first, without vowel marks."""

_MARKS = re.compile("[\u064b-\u065f\u0670\u0640\u0591-\u05bd\u05bf\u05c1\u05c2]")
_FIRST_WORDS = frozenset(phrase.split()[0] for phrase in COUNTED)


def is_counted(word: str) -> bool:
    """Whether a number before this right-to-left word goes with it: ``is_counted("أقراص")``, with vowels or without."""
    return _MARKS.sub("", word) in _FIRST_WORDS
