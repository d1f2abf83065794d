"""Words that are refused before any planner reads them.

Narrow on purpose: a shop's ordinary words (nude heels, a sexy dress, kids' swimwear, skin tone,
strip lights) must pass. What is not caught here is still the planner's to refuse.
"""

import re

_MINOR = (
    r"(?:child(?:ren)?|kids?'?|minors?|toddlers?|bab(?:y|ies)|school ?(?:girl|boy)s?|pre-?teens?|"
    r"teens?|teenagers?|under ?age|little (?:girl|boy)s?|"
    r"(?:my|his|her) (?:daughter|son|niece|nephew)|"
    r"(?:[1-9]|1[0-7]|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen)"
    r"[ -]?(?:years?|yrs?|yo|y/o)\b(?:[ -]olds?)?)"
)
_SEXUAL = (
    r"(?:sexy|sexual(?:ly|i[sz]ed)?|seductive(?:ly)?|erotic|slutty|porn\w*|nsfw|more skin|skimpy|"
    r"(?:more )?revealing|see-through|lingerie)"
)
_OTHER = (
    r"(?:her|him|them|(?:my|his|her|our|the) (?:ex|boss|teacher|neighbou?r|colleague|co-?worker|"
    r"classmate|flatmate|room-?mate|crush|girlfriend|boyfriend|friend|wife|husband|sister)(?:'s)?|"
    r"(?:this|that|a|some) (?:girl|guy|woman|man|person|stranger|celebrity|lady)(?:'s)?)"
)
_INTIMATE = r"(?:lingerie|underwear|bikinis?|bra|thong|skimpy|swimsuit|nothing)"
_REFUSED = (
    # nudity
    r"\b(?:naked|topless|undress(?:ed|ing)?|nudes|x-rated|in the nude)\b",
    r"\bnude\s+(?:version|pics?|photos?|pictures?|images?|body|model|girl|woman|man|me)\b",
    r"\b(?:take|remove|strip|get)\b[\w\s']{0,20}\b(?:clothes|everything|kit|bra)\s+off\b",
    rf"\bstrip\s+{_OTHER}|\bremove\s+(?:her|his|their)\s+\w+\s+in\s+the\s+(?:photo|pic)",
    r"\b(?:show|see|picture|draw|make)\b[^.!?]{0,30}\bwithout\s+(?:any |her |his |my |the )?"
    r"(?:clothes|clothing|anything on|underwear|top (?:she|he)'?s? )",
    r"\b(?:wearing\s+(?:absolutely\s+)?nothing\b|(?:with|in)\s+nothing\s+on\b)",
    r"\bwhat'?s\s+(?:under|underneath|beneath)\s+(?:the|her|his|their)\b|\beverything on her\b",
    # sexual content with minors
    rf"\b{_SEXUAL}(?!\w)[^.!?]{{0,60}}\b{_MINOR}(?!\w)",
    rf"\b{_MINOR}(?!\w)[^.!?]{{0,60}}\b{_SEXUAL}(?!\w)",
    # other people's photographs without their consent
    rf"\b(?:put|dress|try|make|show|see)\b[^.!?]{{0,30}}\b{_OTHER}[^.!?]{{0,40}}\b{_INTIMATE}\b",
    rf"\b(?:photo|pic|picture|snap)\w*\s+of\s+{_OTHER}[^.!?]{{0,40}}\b{_INTIMATE}\b",
    rf"\b{_OTHER}\s+(?:photo|pic|picture)\b[^.!?]{{0,40}}\b{_INTIMATE}\b",
    r"\b(?:use|here'?s)\b[^.!?]{0,12}\b(?:photo|pic|picture)\s+of\s+(?:a|some|this)\s+(?:stranger|"
    r"girl|woman|guy|man)\b",
    r"\b(?:without|w/o)\s+(?:her|his|their|them|him|anyone)\s*(?:\w+\s+)?"
    r"(?:knowing|knowledge|consent|permission|noticing)\b",
    r"\b(?:put|dress|try|photo|pic|picture)\b[^.!?]{0,80}\b(?:she|he|they)\s+"
    r"(?:does ?n'?o?t|do ?n'?o?t|wo ?n'?o?t|has ?n'?o?t|has no idea|hasn't)\s*"
    r"(?:know|find out|said yes|agreed)",
    r"\bsecret(?:ly)?\b[^.!?]{0,40}\b(?:photo|pic|picture|snap)\b",
    # instructions to the machine
    r"\b(?:ignore|disregard|forget|override|bypass)\b[\w\s,']{0,30}\b(?:instruction|prompt|"
    r"guideline|safety|restriction|programming|your rule|you were told|policy)s?",
    r"\b(?:system|hidden|initial|secret|developer)\s+(?:prompt|instruction|message|rule)s?\b",
    r"\b(?:reveal|print|repeat|show|output|paste|tell|leak|what does)\b[\w\s',]{0,25}"
    r"\b(?:your|the)\s+(?:\w+\s+)?(?:prompt|instructions|system message|configuration)\b",
    r"\brepeat everything above\b|\bwhat you were told before\b|^\s*system\s*:|^\s*override\s*:",
    r"\b(?:developer|god|dan|debug|admin)\s+(?:mode|access)\b|\bjailbreak|\byou'?re\s+dan\b",
    r"\b(?:no|without|turn off the)\s+(?:restrictions|limits|filters?)\b|\bunrestricted\s+ai\b",
    # fraud, theft, other people's data
    r"\b(?:fake|invent|generate|make up|staff|hack)\b[^.!?]{0,25}\b(?:discount|promo|voucher|"
    r"coupon|receipt|review|codes?|checkout)\b|\boff code\b",
    r"\b(?:set|change|make)\b[^.!?]{0,20}\bprices?\b[^.!?]{0,20}\bto\s+(?:zero|nothing|0|1 euro)\b",
    r"\b(?:security tag|nick something|shoplift|alarm going)\b",
    r"\b(?:other|another|previous|last)\s+(?:customer|user|shopper|client)s?'?s?\b[^.!?]{0,40}\b"
    r"(?:address|card|e-?mail|phone|photo|order|data|details|password|buy|bought|said|told)",
    r"\bcard number\b|\bswastika|\bracist\b",
)
_MODEST = re.compile(
    r"\b(?:not|nothing|no|isn'?t|aren'?t|never|less|without)\b[\w\s]{0,14}"
    r"\b(?:revealing|see-through|skimpy|sexy|lingerie)\b",
    re.IGNORECASE,
)
_PATTERN = re.compile("|".join(f"(?:{part})" for part in _REFUSED), re.IGNORECASE)


def must_refuse(text: str) -> bool:
    """Tells whether the words ask for something that is refused."""
    return _PATTERN.search(_MODEST.sub("", text)) is not None
