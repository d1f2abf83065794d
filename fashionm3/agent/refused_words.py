"""English words that are refused, by what they ask for, and the innocent ones among them."""

PHOTO = r"(?:photo\w*|pics?|pictures?|images?|snap\w*|selfies?|screenshots?|shots?)"
PERSON = (
    r"(?:her|him|them|she|he|wom[ae]n|girls?|lad(?:y|ies)|m[ae]n|guys?|models?|person|people|"
    r"body|bodies|wife|girlfriend|boyfriend|ex|celebrit\w+|actress)"
)
WHOSE = r"(?:her|his|their|(?:the|that|this|my|our) \w+(?: \w+)?'s?)"
CLOTHES = (
    r"(?:clothes|clothing|tops?|shirts?|t-?shirts?|dress|skirt|blouse|bras?|bikini|underwear|"
    r"knickers|panties|trousers|pants|jeans|jumper|sweater|jacket|outfit|swimsuit|swimwear|"
    r"trunks|boxers|briefs|shorts|lingerie|nightie|towel|robe|gown|leggings|things)"
)
_FROM_LIST = (
    r"(?!\s+(?:off|from|out of)?\s*(?:the|my|that|this|our)\s+"
    r"(?:look|list|basket|bag|cart|outfit|order|suggestions?)\b)"
)
_TAKE = (
    r"(?:take|remove|strip|rip|tear|pull|peel|lose|drop|delete|erase|edit|photoshop|wipe|cut|get|"
    r"get rid of)"
)
_BARELY = (
    r"(?:(?:just|only) (?:her|his|their|my) (?:bare )?skin|(?:nothing|not a thing) (?:but|except) "
    r"(?:(?:her|his|their|my|a|an|the) )?(?:\w+ )?(?:skin|smile|necklace|jewell?ery|heels|shoes|"
    r"socks|hat|scarf|bag|earrings|tattoos?)|(?:her|his|their) birthday suit)"
)
NUDITY = (
    r"\bun[\s-]?dress(?:ed|es|ing)?\b|\b(?:unclothed|nsfw|x-rated|deep-?nudes?|nudif\w+)\b",
    r"\btopless\b(?!\s+(?:sun|hat|visor|cap|sandal))|\bnudes\b|\ba nude of\b",
    r"\b(?:show|shown|see|make|draw|render|picture|"
    rf"generate)\b[^.!?]{{0,15}}\b{PERSON}\b[^.!?]{{0,20}}"
    r"\b(?:wearing no|without(?: any| her| his)?|with no) (?:clothes|clothing|knickers|panties|"
    r"underwear|bra)\b|\b(?:the|her|a) (?:wom[ae]n|girl|"
    r"model)\b[^.!?]{0,20}\bwearing no (?:clothes|"
    r"underwear)\b|\bbody like without\b",
    r"\bin the buff\b|\buncensored\b",
    r"\b(?:adult|spicy|explicit) (?:content|picture|photo|image|scene|pose)s?\b|\bfully exposed\b",
    r"\b(?:her|his|their) (?:chest|bum|butt|crotch|junk)\b[^.!?]{0,15}\b(?:without anything|with "
    r"nothing|in [^.!?]{0,12}with no|uncovered|bare|exposed)\b|"
    r"\bhave nothing underneath\b[^.!?]*\bvisible\b",
    rf"\bunzip\s+{WHOSE}\s+{CLOTHES}\s+(?:in|on|and)\b|"
    rf"\bswap\s+{WHOSE}\s+{CLOTHES}\s+for nothing\b",
    r"\b(?:guy|man|boy|girl|wom[ae]n|model)'?s (?:junk|crotch|privates|genitals)\b",
    r"\bfull[- ]frontal\b|\bnudity\b|\b(?:porn\w*|hentai)\b",
    rf"\b(?:make|show|draw|see|put|get|want)\b[^.!?]{{0,15}}\b{PERSON}\b[^.!?]{{0,15}}\b"
    r"(?:shirtless|pantless|bottomless|braless|bare[- ]?(?:chested|breasted))\b",
    rf"\b(?:{PERSON}|me|my \w+)\b[^.!?]{{0,20}}\b(?:in|wearing|with) {_BARELY}\b",
    r"\b(?:transparent|see[- ]?through|sheer|invisible)\b[^.!?]{0,15}\bso\b[^.!?]{0,10}\b(?:her|"
    r"his|their)\b[^.!?]{0,25}\b(?:shows?|visible|seen)\b",
    rf"\b{_TAKE}\s+(?:the|that|her|his)\s+(?:\w+\s+)?{CLOTHES}\b[^.!?]{{0,15}}\bshow\s+(?:me\s+)?"
    r"(?:everything|it all)\s*$",
    rf"\b{PERSON}\b[^.!?]{{0,40}}\bnaked\b|\bnaked\s+(?:\w+\s+){{0,2}}{PERSON}\b",
    rf"\bnaked\s+(?:{PHOTO}|version|try)|\b(?:show|make|draw|see|put|get)\s+me\s+naked\b",
    rf"\bnude\s+(?:version|body|me|{PHOTO}|{PERSON})\b|\b(?:in the|fully|totally) nude\b",
    rf"\b{PERSON}\s+(?:\w+\s+)?nude\s*(?:$|[.,!?]|please\b|pls\b)",
    rf"\b{_TAKE}\b[\w\s']{{0,20}}\b(?:clothes|everything|kit|bra)\s+off\b{_FROM_LIST}",
    rf"\b{_TAKE}\b[^.!?]{{0,12}}\b{WHOSE}\s+(?:\w+\s+)?{CLOTHES}\b{_FROM_LIST}(?:\s+(?:off|away|"
    rf"down|in|on|from)\b|\s*$){_FROM_LIST}",
    rf"\b{_TAKE}\b\s+(?:the|all|any)\s+(?:\w+\s+)?{CLOTHES}\s+(?:off|from|on)\s+"
    rf"(?:of\s+)?(?:the |this |that |my )?{PERSON}\b",
    rf"\bstrip\s+(?:her|him|them|the {PERSON}|my \w+)\b",
    r"\b(?:show|see|picture|draw|make|try|edit)\b[^.!?]{0,40}\b(?:without|with no|leave out)\s+"
    r"(?:any |her |his |my |the |all )?(?:\w+ and the )?(?:clothes|clothing|anything on|underwear)",
    rf"\b{PERSON}\s+(?:with no|without(?: any)?)\s+(?:clothes|clothing|underwear|bra)\b",
    rf"\b(?:wearing\s+(?:absolutely\s+)?nothing\b(?! (?:under|but|over|on (?:my|your) feet))|"
    rf"{PERSON}[^.!?]{{0,20}}\b(?:with|in)\s+nothing\s+on\b)",
    r"\b(?:just|only) (?:bare )?(?:skin|body)$",
    r"\bwhat\s+(?:she|he)(?:'s| is| has| looks?)\b[^.!?]{0,20}\b(?:under|underneath|beneath)\b",
    r"\bwhat'?s\s+(?:under|underneath|beneath)\s+(?:her|his|their|the \w+'s)\b",
    r"\beverything on her\b|\b(?:so|and)\s+(?:that\s+)?i\s+(?:can\s+)?see\s+(?:everything|her|him|"
    r"it all|all of)\b",
    rf"\b(?:make|turn|render|edit)\s+{WHOSE}\s+(?:\w+\s+)?{CLOTHES}\s+(?:see[- ]?through|"
    r"transparent|invisible|sheer|disappear)",
    rf"\bx-?\s?ray\b[^.!?]{{0,40}}\b(?:{PERSON}|see|dress|clothes)\b",
    r"\b(?:her|his|their)\s+(?:\w+\s+)?(?:nipples?|breasts?|boobs|tits|genitals|butt|private parts)"
    r"\b(?=[^.!?]*\b(?:through|visible|show|see|out|under|photo|pic)|\s*$)",
    r"\b(?:see|show)\b[^.!?]{0,25}\b(?:her|his)\s+(?:nipples?|breasts?|boobs|tits|genitals)\b",
)

_AGE = (
    r"(?:[1-9]|1[0-7]|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|"
    r"seventeen)"
)
MINOR = (
    r"(?:child(?:ren)?|kids?'?s?|minors?|toddlers?|bab(?:y|ies)|(?:middle |high )?school ?"
    r"(?:girl|boy|er|kid)s?'?|pre-?teens?|teens?|teenage(?:rs?)?|under ?age|"
    r"(?:little|baby) (?:girl|boy|sister|brother|cousin)s?|lolis?|lolita|(?:step)?(?:daughter|"
    r"son)s?'?|niece|nephew|tweens?|"
    rf"{_AGE}[ -]?(?:years?|yrs?|yo|y/o)\b(?:[ -]olds?)?|(?:age[ds]?|under|is|she'?s|he'?s) "
    rf"{_AGE}\b(?! ?(?:euros?|quid|pounds?|dollars?|items?))|in year (?:[1-9]|1[01])\b|"
    r"(?:[1-9]|1[0-2])(?:st|nd|rd|th)[- ]grade(?:rs?)?|(?:primary|elementary|secondary) school)"
)
SEXUAL = (
    r"(?:sexy|sexual(?:ly|i[sz]ed)?|sensual|seductive(?:ly)?|erotic\w*|slutty|porn\w*|nsfw|skimpy|"
    r"more skin|(?:more )?revealing|provocative|see[- ]?through|lingerie|thongs?|g-strings?|fetish|"
    r"naughty|crotchless|grown[- ]up sexy|fishnets?|suspenders and|and suspenders|garter belts?|"
    r"stripper|undress\w*|"
    r"(?:string|tiny|thong|skimpiest) bikini|hot (?:pics?|photos?|pictures?|body)|naked|nude|"
    r"topless|micro ?bikini|make it tiny)"
)
MINORS = (
    rf"\b{SEXUAL}(?!\w)[^.!?]{{0,60}}\b{MINOR}(?!\w)",
    rf"\b{MINOR}(?!\w)[^.!?]{{0,60}}\b{SEXUAL}(?!\w)",
    rf"\b{MINOR}(?!\w)[^.!?]{{0,30}}\bpose\b[^.!?]{{0,30}}\bstockings\b",
)

OTHERS = (
    r"(?:(?:my|his|her|our|the) (?:\w+'?s? )?(?:ex(?:[- ]?(?:gf|bf|girlfriend|boyfriend|wife|"
    r"husband))?|boss|teacher|neighbou?rs?|colleague|co-?worker|classmate|flatmate|room-?mate|"
    r"crush|student(?! (?:id|card|discount|budget|loan|union)\b)|landlady)(?:'s)?|"
    r"(?:this|that|some|a random|random) (?:random )?(?:girl|guy|woman|man|stranger|celebrity|lady|"
    r"actress|influencer|singer|customer)(?:'s)?|an? (?:(?:unknown|strange|total) (?:girl|guy|"
    r"woman|man|lady|person|stranger)|stranger|"
    r"celebrity|influencer|actress|singer)(?:'s)?)"
)
_ON = r"(?:put|pop|try|dress|show|see|use|stick|render)"
_UNKNOWING = (
    r"(?:(?:does ?n'?o?t|do ?n'?o?t|did ?n'?o?t|wo ?n'?o?t) (?:know|find out|realise|realize)|"
    r"has ?n'?o?t (?:said yes|agreed)|has no idea|never (?:agreed|said yes|allowed)|is(?:n'?t|"
    r" not) aware|"
    r"(?:would|wud|'d) ?n'?o?t (?:like|want|approve|agree|know)|(?:would|'d) never|said no\b|"
    r"was asleep|were asleep|sleeping)"
)
_NETWORK = r"(?:insta\w*|facebook|fb|tinder|tiktok|linkedin|snapchat|bumble|hinge|vinted)"
_SOMEONE = r"(?:girl|guy|woman|man|lady|stranger|someone|somebody|person)"
_WOULD_MIND = (
    r"(?:she|he|they)(?:'d| would) (?:be (?:furious|angry|mad|upset|livid)|kill me|hate (?:it|this|"
    r"me))"
)
_DRESS_THEM = r"(?:show|put|try|dress|stick)\b[^.!?]{0,20}\b(?:her|him|them)"
CONSENT = (
    rf"\b{_ON}\b[^.!?]{{0,60}}\b(?:on|in)\s+{OTHERS}(?!\w|'|\s+(?:wedding|party|birthday))",
    rf"\b(?:dress|put|show|see|undress)\s+(?:up )?{OTHERS}\s+(?:up )?in\b",
    rf"\b{PHOTO}\s+of\s+{OTHERS}(?!\w)|\b{OTHERS}\s+(?:profile |old )?{PHOTO}\b",
    rf"\b{OTHERS}\b[^.!?]{{0,60}}\b(?:have|got|found|saved|took)\b[^.!?]{{0,15}}\b{PHOTO}\b",
    rf"\b{OTHERS}\s+{_NETWORK}\s+(?:profile\s+)?{PHOTO}\b",
    rf"\b{_ON}\b[^.!?]{{0,60}}\b{_SOMEONE}\b[^.!?]{{0,30}}\bi\s+(?:saw|met|spotted|took|found|"
    rf"matched|follow)\b[^.!?]{{0,10}}\bon\s+(?:the\s+(?:bus|train|tube|street|beach)|{_NETWORK})",
    rf"\b{OTHERS}\b[^.!?]{{0,20}}\b(?:sleeping|asleep|changing|showering|in the shower|through "
    r"(?:the|her|his) window)\b",
    rf"\bfound\s+{OTHERS}\s+on\s+(?:insta\w*|facebook|fb|tinder|tiktok|linkedin|google)",
    rf"\b(?:snapped|photographed|filmed)\s+{OTHERS}",
    r"\b(?:her|his)\s+(?:picture|photo|pic)\s+(?:off|from)\s+(?:the|her|his|a|insta\w*|facebook)",
)
SECRET = (
    r"\b(?:without|w/o)\s+(?:her|his|their|them|him|anyone)\s*(?:\w+\s+)?"
    r"(?:knowing|knowledge|consent|permission|noticing)\b",
    rf"\b(?:put|dress|try|show|{PHOTO})\b[^.!?]{{0,80}}\b(?:she|he|they)\s*{_UNKNOWING}",
    rf"\b(?:she|he|they)\s*{_UNKNOWING}[^.!?]{{0,80}}\b(?:put|dress|try|{PHOTO})\b",
    rf"\bsecret(?:ly)?\b[^.!?]{{0,40}}\b{PHOTO}\b|\b{PHOTO}\b[^.!?]{{0,30}}\b(?:secretly|in "
    r"secret|on the sly|behind (?:her|his|their) back)",
    rf"\bsecretly\s+(?:filmed|photographed|recorded|snapped)\b|\b{PHOTO}\s+i\s+(?:stole|nicked)\b|"
    r"\bdeep-?fakes?\b",
    r"\bwithout asking (?:her|him|them)\b|\bnever asked (?:her|him|them)\b",
    rf"\b{PHOTO}\b[^.!?]{{0,40}}\bwithout asking\b",
    r"\b(?:do ?n'?o?t|did ?n'?o?t) (?:have|get) (?:her|his|their) (?:permission|consent|okay|ok)\b",
    rf"\b{_WOULD_MIND}\b[^.!?]{{0,40}}\b{_DRESS_THEM}\b|\b{_DRESS_THEM}\b[^.!?]{{0,50}}\b"
    rf"{_WOULD_MIND}\b",
    r"\b(?:hidden camera|spy ?cam|changing[- ]room (?:footage|frame|photo|pic))",
    rf"\b{PHOTO}\b[^.!?]{{0,60}}\bdo ?n'?o?t tell (?:her|him|them)\b",
    rf"\btook\b[^.!?]{{0,20}}\b(?:secretly|on the sly)\b|\b{PHOTO}\b[^.!?]{{0,30}}\bwhile "
    r"(?:she|he|they)\b[^.!?]{0,10}\basleep",
)
AGREED = (
    r"\b(?:asked me|said (?:yes|it'?s ok|i can)|agreed|consented|is (?:ok|fine|happy) with|"
    r"sent me (?:this|it|her|his)|gave me|with (?:her|his|their) (?:ok|permission|consent)|"
    r"(?:she|he)'?d like|(?:she|he) (?:wants|would like)|next to me|with me|here beside)\b"
)

_YOUR = r"(?:your|ur|the)"
_INNER = (
    r"(?:system|hidden|initial|secret|internal|developer|original|full|exact|own|underlying|setup)"
)
_ORDERS = (
    r"(?:instructions?|prompts?|guidelines?|directives|directions|commands|context|safety|"
    r"restrictions?|programming|policy|"
    r"your rules?)"
)
_SAY = (
    r"(?:reveal|print|repeat|show|output|paste|tell|leak|dump|list|display|copy|recite|write|"
    r"disclose|translate|echo|spell)"
)
MACHINE = (
    r"\b(?:ignore|disregard|forget|override|bypass)\b[\w\s,']{0,15}\b(?:your|all|any|previous|"
    rf"prior|above|every|earlier|preceding|system|those|these)\b[\w\s,']{{0,20}}\b{_ORDERS}\b",
    r"\b(?:ignore|disregard|forget|override|bypass)\b[\w\s,']{0,25}\b(?:you were told|your rules?|"
    r"guidelines|programming|safety)\b",
    r"\b(?:ignore|disregard|forget)\s+(?:everything|anything|all|"
    r"whatever)\s+(?:above(?! ?[£$€\d])|before this|"
    r"that came before|prior)\b",
    rf"\b{_INNER}\s+(?:prompt|instruction|message|rule|configuration|text)s?\b",
    r"\b(?:raw|whole|entire|initiali[sz]ation)\s+(?:prompt|text)\b|\byour (?:preamble|prompt)\b|"
    r"\bdump (?:your |the )?memory\b|\b(?:text|words|prompt) that (?:configures?|controls?) you\b",
    r"\binstructions?\b[^.!?]{0,15}\b(?:precede|came before|come before)\b|\brules? you (?:were|"
    r"are|have been) (?:given|told)\b|\bobey me\b|\bhow you work internally\b",
    rf"\b(?:{_SAY}|what does|what is|what'?s)\b[\w\s',]{{0,25}}\b{_YOUR}\s+(?:{_INNER}\s+)?"
    r"(?:prompt|instructions|system message|config(?:uration)?|setup|context)\b(?!\s+(?:delivery|"
    r"on|for|of))",
    rf"\b{_SAY}\b(?:\s+(?:me|us|out))?\s+(?:all\s+)?(?:of\s+)?(?:your|ur)\s+(?:\w+\s+)?"
    r"(?:rules|guidelines|directives)\b(?!\s+(?:on|about|for|of|regarding))",
    r"\b(?:repeat|print|output|copy|paste|echo|write|dump|translate)\b[^.!?]{0,30}\b(?:above|"
    r"before (?:this|mine|the first|my)|(?:came|comes) before)\b(?!\s+(?:in|but|with|search|one))",
    r"\b(?:instructions?|rules|messages?|text)\b[^.!?]{0,15}\byou (?:were|are|have been|'ve been) "
    r"(?:given|started|told|shown)",
    r"\b(?:what|how|why|exactly)\b[^.!?]{0,10}\b(?:were|are|have)?\s*you\s*(?:were|are|been)?\s*"
    r"(?:told|instructed|programmed|prompted)\b|\bwhat were you told\b|\bwhat you were told\b",
    r"\b(?:instructions?|text|messages?|everything|words)\b[^.!?]{0,15}\b(?:at|from) the (?:top|"
    r"start|beginning) of (?:this|the|our|your) (?:conversation|chat|context|prompt)",
    r"\b(?:what|whatever)\b[^.!?]{0,25}\bbefore (?:my|the) first (?:message|line|word)",
    r"\b(?:everything|all|what(?:'s| is))\b[^.!?]{0,10}\bin your (?:context|memory|prompt)\b",
    r"\brules\b[^.!?]{0,10}\byou (?:have to |must |need to )?(?:follow|obey|stick to)\b",
    r"\b(?:tools?|functions?|parameters|schemas?)\b[^.!?]{0,15}\b(?:were|have|"
    r"are) you (?:been )?given",
    r"^\s*system\s*:|^\s*sudo\b|^\s*override\s*:",
    r"\b(?:developer|god|dan|debug|admin)\s+(?:mode|access)\b|\bjailbreak|\byou'?re\s+dan\b",
    r"\b(?:no|without(?: any)?|turn off the)\s+(?:restrictions|limits|filters?)\b"
    r"(?! (?:on|to|for)\b)"
    r"|\bunrestricted\s+ai\b|\b(?:pretend|act|imagine)\b[^.!?]{0,20}\bno\s+rules\b",
    r"\b(?:list|show|dump|print|which|what|give)\b[^.!?]{0,25}\b(?:tools?|functions?)\b[^.!?]{0,25}"
    r"\b(?:you (?:can )?(?:call|have|use)|do you have|schemas?|json)\b",
)

FRAUD = (
    r"\b(?:fake|invent|generate|make up|staff|hack)\b[^.!?]{0,25}\b(?:discount|promo|voucher|"
    r"coupon|receipt|review|codes?|checkout)\b|\boff code\b",
    r"\b(?:set|change|make)\b[^.!?]{0,20}\bprices?\b[^.!?]{0,20}\bto\s+(?:zero|nothing|0|1 euro)\b",
    r"\b(?:security tag|nick something|shoplift|alarm going)\b",
    r"\b(?:other|another|previous|last)\s+(?:customer|user|shopper|client)s?'?s?\b[^.!?]{0,40}\b"
    r"(?:address|card|e-?mail|phone|photo|order|data|details|password|buy|bought|said|told)",
    r"\bcard number\b|\bswastika|\bracist\b",
)

INNOCENT = (
    r"\b(?:not|nothing|no|isn'?t|aren'?t|never|less|without)\b[\w\s]{0,14}"
    r"\b(?:revealing|see-through|skimpy|sexy|lingerie|provocative)\b",
    r"\bbaby ?(?:dolls?|blue|pink|cashmere)\b|\bkid (?:leather|gloves?|suede|mohair)\b",
    r"\b(?:lingerie|thongs?)(?: set)? for (?:me|myself|my wife|my girlfriend|my husband)\b",
    r"\bnaked[- ](?:feel\w*|sensation|palette|ambition)",
)
