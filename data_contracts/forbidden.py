"""What may never be an input, whoever offers it: origin, faith, conviction, and 'ever'.

Ethnicity, place of origin, religion and politics are no hardship and have done harm wherever such
systems read them. 'Ever' (has ever been ill, convicted, helped) never expires and cannot be put right.
What real files carry of this is named under a source's `unused` and dropped unread.
"""

from __future__ import annotations

import re

_WORDS = frozenset(
    {"ever", "ethnic", "ethnicity", "nation", "race", "religion", "religious", "faith", "political"}
)
_CHINESE = re.compile("民族|族别|族裔|籍贯|宗教|信仰|政治面貌|曾经|是否曾|前科|有无.{1,6}史$")
_INITIALS = frozenset({"MZ", "MZDM", "ZJXY", "ZZMM"})
"""How such columns are headed in the departments' own data standards."""


def refuse_forbidden(where: str, *texts: str) -> None:
    """Raise if a name, a title or a header speaks of what may never be an input."""
    for text in texts:
        words = set(re.split(r"[^a-z]+", text.lower()))
        if words & _WORDS or _CHINESE.search(text) or text.upper() in _INITIALS:
            raise ValueError(
                f"{where}: {text} may not be an input (民族、宗教、“曾经”之类一律不得输入)"
            )
