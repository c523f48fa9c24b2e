"""Finds phones, e-mail addresses, names and street addresses in text, however they are written."""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable

SEPARATORS = re.compile(r"[\s\-‐–—.()+/]+")
BETWEEN_DIGITS = re.compile(r"(?<=\d)[\s\-‐–—.()+/]+(?=\d)")
E_MAIL = re.compile(r"[\w.+-]+@[\w-]+\.[\w.-]+")
# 青云路12号 alone leads to a door, whatever follows it.
CHINESE_DOOR = re.compile(r"[一-龥]{2,4}(?:路|街|巷|大道)\d+号")
WESTERN_DOOR = re.compile(r"\d+ [a-z0-9]+ (?:st|ave|ln|dr|rd)\b")
PREFIX = 4


def plain(text: str) -> str:
    """Full-width characters in their usual form, letters in lower case."""
    return unicodedata.normalize("NFKC", text).casefold()


class PersonalData:
    """The personal values of some raw rows, ready to be looked for."""

    def __init__(
        self,
        phones: Iterable[str],
        e_mails: Iterable[str],
        names: Iterable[str],
        streets: Iterable[str],
    ) -> None:
        self.phones = set()
        self.masked_phones = set()
        for phone in map(plain, phones):
            digits = re.sub(r"\D", "", phone)
            if "*" in phone:
                self.masked_phones.add(SEPARATORS.sub("", phone))
            elif len(digits) >= 10:
                # Without calling code; of a relay number, what stands before the extension.
                digits = re.sub(r"^(?:0086|86(?=1)|1(?=[2-9]\d{9}$))", "", digits)
                self.phones.add(digits[:11])
        self.e_mails = set(map(plain, e_mails))
        self.strings: dict[str, set[str]] = defaultdict(set)
        for name in map(plain, names):
            if "*" not in name and len(name) >= 2:
                self._look_for(name.replace(" ", ""))
        for street in map(plain, streets):
            self._look_for(SEPARATORS.sub("", street))
            for door in CHINESE_DOOR.findall(street) + WESTERN_DOOR.findall(street):
                self._look_for(SEPARATORS.sub("", door))

    def _look_for(self, text: str) -> None:
        if text:
            self.strings[text[:PREFIX]].add(text)

    def found_in(self, text: str) -> set[str]:
        """The personal values that a text holds."""
        text = plain(text)
        found = {value for value in E_MAIL.findall(text) if value in self.e_mails}
        for digits in re.findall(r"\d{10,}", BETWEEN_DIGITS.sub("", text)):
            for length in (10, 11):
                found |= {
                    digits[start : start + length] for start in range(len(digits) - length + 1)
                } & self.phones
        together = SEPARATORS.sub("", text)
        if "*" in together:
            found |= {phone for phone in self.masked_phones if phone in together}
        for start in range(len(together)):
            for length in range(2, PREFIX + 1):
                found |= {
                    string
                    for string in self.strings.get(together[start : start + length], ())
                    if (len(string) >= PREFIX or len(string) == length)
                    and together.startswith(string, start)
                }
        return found
