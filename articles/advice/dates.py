"""Whole dates in a line of copy: “September 14, 2023”, “14 Sept. 2023”, “2023-09-14”, “14 أيلول/سبتمبر 2023”. Pure."""

import re
import unicodedata
from datetime import date

from articles import text

# The twelve months in order, with underscores for spaces.
_ENGLISH = "january february march april may june july august september october november december"
_FRENCH = "janvier février mars avril mai juin juillet août septembre octobre novembre décembre"
# As the east of the Arab world, Egypt and the Gulf, and the Maghreb say them.
_EASTERN = "كانون_الثاني شباط آذار نيسان أيار حزيران تموز آب أيلول تشرين_الأول تشرين_الثاني كانون_الأول"
_GULF = "يناير فبراير مارس أبريل مايو يونيو يوليو أغسطس سبتمبر أكتوبر نوفمبر ديسمبر"
_MAGHREB = "جانفي فيفري مارس أفريل ماي جوان جويلية أوت سبتمبر أكتوبر نوفمبر ديسمبر"
_LISTS = (_ENGLISH, _FRENCH, _EASTERN, _GULF, _MAGHREB)
MONTHS = {text.fold(name.replace("_", " ")): month for names in _LISTS for month, name in enumerate(names.split(), 1)}
MONTHS |= {name[:3]: month for month, name in enumerate(_ENGLISH.split(), 1)} | {"sept": 9}
_MONTH = "|".join(sorted(map(re.escape, MONTHS), key=len, reverse=True))
# In folded copy: small letters, digits, single spaces; punctuation is gone, hyphens inside of a word stay.
_DAY_FIRST = re.compile(rf"(?<!\S)(\d{{1,2}})(?:st|nd|rd|th)? (?:of )?({_MONTH})(?: (?:{_MONTH}))? (\d{{4}})(?!\S)")
_MONTH_FIRST = re.compile(rf"(?<!\S)({_MONTH}) (\d{{1,2}})(?:st|nd|rd|th)? (\d{{4}})(?!\S)")
_NUMBERS = re.compile(r"(?<!\S)(\d{4})[- ](\d{1,2})[- ](\d{1,2})(?!\S)")


def newest_date(line: str) -> date | None:
    """The latest whole date that stands in that line; None where there is none. Years and months alone tell too little.

    The latest, because a caption tells when its picture was taken and may go on to tell of what was long before.
    """
    folded = text.fold("".join(str(unicodedata.decimal(char, char)) for char in line))
    found = [(year, MONTHS[month], day) for day, month, year in _DAY_FIRST.findall(folded)]
    found += [(year, MONTHS[month], day) for month, day, year in _MONTH_FIRST.findall(folded)]
    found += _NUMBERS.findall(folded)
    days = []
    for year, month, day in found:
        try:
            days.append(date(int(year), int(month), int(day)))
        except ValueError:
            continue  # the 31st of June is a slip, not a date
    return max(days, default=None)
