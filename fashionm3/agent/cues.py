"""Cues in a shopper's words: what tells one action from its neighbours."""

import re

LOOK = re.compile(
    r"\b(?:outfitt?s?|outifts?|oufits?|ootd|"
    r"(?:whole|full|complete|entire) look|head to toe|top to toe|ensemble|"
    r"look for (?:an? |the |my |work|uni|school)|what (?:should|do|can|shall|would) i wear)\b",
    re.IGNORECASE,
)
SEEK = re.compile(
    r"\b(?:show|find|search\w*|seek\w*|hunting|shopping for|look(?:ing)? for|do (?:you|u|"
    r"ya) (?:have|sell|stock|do)|have (?:you|"
    r"u) got|got any|any|need|want|after|buy|browse|list|where are|sell)\b|¿|\?$",
    re.IGNORECASE,
)
CHANGE = re.compile(
    r"\b(?:other|another|different|instead|rather|swap|change|replace|lose|ditch|switch|exchange|"
    r"warmer|cooler|cheaper|lighter|smarter|brighter|darker|looser|tighter|longer|shorter|softer|"
    r"trop cher\w*|zu teuer|demasiado car\w*|muy car\w*|too (?:expensive|dear|pricey|much)|"
    r"less (?!than\b)\w+|more (?!than\b|of\b)\w+|not th(?:at|ose)|go and be|take out)\b",
    re.IGNORECASE,
)
DRAW = re.compile(
    r"\b(?:draw\w*|design\w*|sketch\w*|pictures?|images?|illustrat\w*|generat\w*|render\w*|mock|"
    r"visuali[sz]e|imagine|dream up|creat\w*|paint\w*|invent|zeichne|dessine|dibuja|concept|"
    r"custom|bespoke|visual|imaginary|fantasy|draft|conjure|cook up|think up|whip up|make-believe|"
    r"not exist\w*|"
    r"(?:make|do) (?:me|us|up)|what would .* look like|doodle|artwork|mood ?board)\b|画",
    re.IGNORECASE,
)
THANKS = re.compile(
    r"\b(?:thank\w*|thx|ty|tks|cheers|ta|lovely|perfect|great|merci|danke|gracias|appreciate\w*|"
    r"love|brilliant|nice|legend|sorted|good|awesome|amazing|fab\w*|superb|grand|wonderful|bye|"
    r"happy|"
    r"helpful|star|done|all set|cool|sweet|excellent|beautiful|best|grateful|obliged|nailed|"
    r"spot on)\b",
    re.IGNORECASE,
)
LIKE = re.compile(
    r"\b(?:more|similar|others?|stuff|things?|something|anything|ones|alternatives?) (?:like|to|"
    r"as)\b",
    re.IGNORECASE,
)
LIKENESS = re.compile(
    r"\b(?:similar to|in the style of|along the lines of|close to|resembl\w+|vibe (?:as|of)|"
    r"same as|lookalikes? of|in the direction of)\b",
    re.IGNORECASE,
)
MORE = re.compile(r"\b(?:more|others?|similar|same|match\w*|goes with)\b", re.IGNORECASE)
REPLACES = re.compile(r"\b(?:instead|swap|replace|change|rather|other than)\b", re.IGNORECASE)
MATCHES = re.compile(
    r"\b(?:match\w*|goes? (?:well )?with|pair\w* with|wear with|combine\w*|style (?:it|this|that)|"
    r"around (?:it|this|that)|with (?:it|this one|that one))\b",
    re.IGNORECASE,
)
PHOTO = re.compile(r"\b(?:photo|pic|picture|selfie|upload\w*|snap)\b", re.IGNORECASE)
IMPERATIVE = re.compile(r"\b(?:swap|replace|change|exchange|switch)\b", re.IGNORECASE)
DRAWS = re.compile(
    r"^\W*(?:(?:can|could|would|will) (?:you|u)|please|pls|now|ok|hey|hi)?\W*(?:draw|design|"
    r"sketch|paint|illustrate|invent|dream up|dessine|dibuja|zeichne|render)\b",
    re.IGNORECASE,
)
AS = re.compile(r"\b(?:like|similar to|based on|inspired by|in the style of|as)\b", re.IGNORECASE)
REAL = re.compile(
    r"\b(?:real|actual|existing|in stock|buy|you (?:do )?(?:have|sell|stock))\b", re.IGNORECASE
)
ON_PERSON = re.compile(
    r"\b(?:show|see|put|try|let|model|dress|how)\b[^.!?]*\b(?:on me|on my|me in|me wearing|myself)|"
    r"to model\b|"
    r"^\W*(?:ok\W+)?me (?:in|wearing)\b|\bmir\b|\bsteht\b",
    re.IGNORECASE,
)
LOOK_WITH = re.compile(
    r"\b(?:outfit|look|ensemble)\b[^.?!]{0,40}?\bwith (?:an?|some|nice|a pair of) (?!me\b|my\b)\w+",
    re.IGNORECASE,
)
OWNED = re.compile(
    r"\b(?:my|mine|our|i (?:have|own|got|already)|i['’]?ve|have (?:this|these)|existing|already)\b",
    re.IGNORECASE,
)
ADDS = re.compile(
    r"\b(?:add|adding|throw in|finish (?:it|this) (?:off )?with|top (?:it|this) off with|"
    r"over (?:the top|it|that|this)|on top|to go over|put (?:an?|some)\b)",
    re.IGNORECASE,
)
SERVICE = re.compile(
    r"\b(?:deliver(?:y|ies|ed)|deliver to|ship(?:s|ping|ped)?(?: to| it| them)?|postage|returns|"
    r"return policy|refunds?|pay(?:ment|ing)? (?:with|by|in)|paypal|klarna|apple pay|credit cards?|"
    r"instal+ments|opening hours|customer service|track my order)\b",
    re.IGNORECASE,
)
ENQUIRES = re.compile(
    r"^\W*(?:(?:ok|and|but|so|hmm|hm|um|also)\W+)*(?:is|are|does|do|will|can|would|could) "
    r"(?:it|they|this|that|these|those|any of (?:these|them|those))\b"
    r"(?![^?]*\b(?:come in|available|cheaper|have (?:it|that|them)|you)\b)[^?]*\?\W*$",
    re.IGNORECASE,
)
IT = re.compile(r"\b(?:it|this|that|them|these|those|das|ça|esto)\b", re.IGNORECASE)
NEEDS = re.compile(
    r"\b(?:needs?|finish\w*|complet\w*|missing|lacks?|add|still want\w*|goes with it)\b",
    re.IGNORECASE,
)
THEM = re.compile(r"\b(?:them|these|those|they|ones)\b", re.IGNORECASE)
POINTS = re.compile(
    r"\b(?:the|that|this|those|these|them|it|they|one|ones|which|[A-Z]|L\d)\b", re.IGNORECASE
)
ARTICLE = re.compile(
    r"(?:^|\s)(?:the|those|these|my|die|der|das|den|le|la|les|el|los|las|mi|mis|mein\w*|mon|ma|"
    r"mes)$"
)
THAT_ONE = re.compile(
    r"\b(?:have|take|want|like|get|love)\s+(?:that|this) one\b|\b(?:quiero|me llevo) es[ae]\b|"
    r"\bje (?:prends|veux) celle?(?:ui)?-(?:là|ci)\b|"
    r"\bich (?:nehme|will|möchte) (?:die|den|das) da\b|"
    r"(?:就?要|喜欢)(?:那|这)[件条双个]",
    re.IGNORECASE,
)
CORRECTION = re.compile(
    r"\b(?:no,? (?:wait|sorry)|sorry|actually|i mean(?:t)?|scratch (?:that|the|\w+)|"
    r"make (?:that|it)|rather|or no|hang on|on second thoughts?|wait)\b",
    re.IGNORECASE,
)
