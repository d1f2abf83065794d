"""What is refused in German, French, Spanish and Chinese words."""

_DE_WHO = r"(?:sie|ihn|ihr|ihm|frau|mann|mädchen|person|model\w*|freundin|ex\w*|mich)"
_DE_MINOR = (
    r"(?:kind(?:er|es)?|mädchen|schulmädchen|schülerin\w*|kleine[nrs]? jungen?|minderjährig\w*|"
    r"teenager\w*|(?:\d{1,2}|\w+)[- ]?jährige[nrs]?|(?:[1-9]|1[0-7]) jahre|tochter|nichte|neffen?)"
)
_DE_SEXUAL = (
    r"(?:sexy|erotisch\w*|reizwäsche|dessous|aufreizend\w*|strings?|tangas?|verführerisch\w*|"
    r"freizügig\w*|nackt\w*|durchsichtig\w*(?! \w*regen))"
)
_DE_OTHER = (
    r"(?:meine[rmn]?|einer|der) (?:ex\w*|nachbar\w*|kolleg\w*|chef\w*|lehrer\w*|mitbewohner\w*|"
    r"klassenkamerad\w*)"
)
_GERMAN = (
    r"\bzieh\w*\s+(?:sie|ihn|(?:die|das|den) (?:frau|mädchen|mann|model))\b[^.!?]{0,25}\baus\b",
    rf"\b{_DE_WHO}\b[^.!?]{{0,20}}\b(?:oben ohne|ohne alles|ganz ohne)\b|\bnackt\b[^.!?]*\bmach",
    r"\bfoto\b[^.!?]{0,30}\bnicht (?:freigegeben|erlaubt)\b",
    r"\bentkleide\w*|\bnackt(?:bild|foto|aufnahme|version)\w*",
    rf"\b{_DE_WHO}\b[^.!?]{{0,40}}\bnackt\w*\b|\bnackt\w*\s+(?:\w+\s+)?{_DE_WHO}\b",
    rf"\b{_DE_WHO}\b[^.!?]{{0,30}}\bohne\s+(?:kleid(?:ung|er)|klamotten|bh|unterwäsche|was an|"
    r"etwas an)",
    r"\b(?:durchsichtig|transparent)\w*\b[^.!?]{0,20}\b(?:damit|so ?dass)\b[^.!?]{0,20}\b"
    r"(?:sehe\w*|sieht|sehen)",
    r"\b(?:klamotten|kleider|kleidung|oberteil|bh|bluse)\b[^.!?]{0,15}\b(?:vom leib|"
    r"wegmachen|wegretuschier\w*)",
    r"\bentfern\w*\s+(?:ihre?n?|seine?n?)\s+(?:bh|bluse|kleid\w*|hose|rock|oberteil|slip)",
    rf"\b{_DE_SEXUAL}\b[^.!?]{{0,50}}\b{_DE_MINOR}\b|\b{_DE_MINOR}\b[^.!?]{{0,50}}\b{_DE_SEXUAL}\b",
    r"\bheimlich\b[^.!?]{0,40}\b(?:foto\w*|bild|aufgenommen|geknipst)",
    r"\bohne\s+(?:ihr|sein|deren|ihre|seine)\s*(?:wissen|erlaubnis|zustimmung|einwilligung)",
    r"\b(?:foto|bild)\b[^.!?]{0,60}\b(?:weiß|weiss)\s+(?:nichts|es nicht|davon nichts|nicht)",
    r"\bfremde[rn]? (?:frau|mann|person|mädchen)\b[^.!?]{0,60}\b(?:foto\w*|bild|zeig|zieh|probier)",
    rf"\b(?:probier|zieh|zeig|nimm|steck)\w*\b[^.!?]{{0,30}}\b{_DE_OTHER}\b[^.!?]{{0,40}}\b"
    r"(?:an|foto|bild|fotografiert)\b",
)
_GERMAN_ORDERS = (
    r"\bsystem-?\s?(?:prompt|nachricht|anweisung\w*)|\b(?:anweisungen|vorgaben|"
    r"regeln)\b[^.!?]{0,10}\b(?:hast du|wurden dir|hat man dir)\b",
    r"\b(?:ignorier\w*|vergiss|missachte)\b[^.!?]{0,30}\b(?:anweisung\w*|instruktion\w*|deine "
    r"regeln|vorgaben|prompt)",
    r"\b(?:zeig\w*|gib|nenn\w*|druck\w*|wiederhol\w*|verrat\w*)\b[^.!?]{0,20}\bdeine?n?\s+"
    r"(?:\w+n\s+)?(?:regeln|anweisungen|instruktionen|vorgaben|prompt)",
    r"\b(?:interne|geheime|versteckte)n?\s+(?:regeln|anweisungen|instruktionen)",
)

_FR_WHO = r"(?:elle|fille|femme|mannequin|copine|dame|modèle|homme|mec)"
_FR_MINOR = (
    r"(?:enfants?|gamine?s?|petites? filles?|petits? garçons?|mineure?s?|adolescente?s?|"
    r"écolières?|collégiennes?|lycéennes?|(?:[1-9]|1[0-7]) ans|ma nièce)"
)
_FR_SEXUAL = (
    r"(?:sexy|érotiques?|string|lingerie|provocante?s?|sensuelle?s?|aguichante?s?|nue?s?|"
    r"transparente?s?(?! imper))"
)
_FR_OTHER = r"(?:mon|ma) (?:ancienne? )?(?:ex|voisine?|collègue|patronne?|prof|copine|coloc\w*)"
_FRENCH = (
    r"\b(?:fais|montre)-l[ae]\b[^.!?]{0,15}\bnue?\b|\b(?:enlève|"
    r"retire)-lui\b[^.!?]{0,20}\bphoto\b",
    r"\binconnue?\b[^.!?]{0,30}\b(?:photo|métro|rue)\b",
    r"\bdéshabill(?:e|er|ez|é|ée)s?\b|\btoutes? nues?\b|\b(?:photos?|images?) (?:de )?nue?s?\b",
    r"\b(?:voir|montre\w*|dessine\w*)\b[^.!?]{0,20}\b(?:la|le|"
    rf"{_FR_WHO})\b[^.!?]{{0,12}}\bnue?s?\b"
    r"(?!\s+(?:pied|dos))",
    r"\b(?:enlève|retire|ôte)\w*[- ](?:lui )?(?:ses|son|sa|les)\s+(?:vêtements|robe|haut|"
    r"soutien|culotte|jupe)",
    rf"\b{_FR_WHO}\b[^.!?]{{0,20}}\bsans (?:rien|vêtements|habits|culotte)",
    r"\btransparente?s?\b[^.!?]{0,15}\bpour (?:qu'on|que|tout)\b[^.!?]{0,15}\b(?:voi\w+|tout)",
    rf"\b{_FR_SEXUAL}\b[^.!?]{{0,50}}\b{_FR_MINOR}\b|\b{_FR_MINOR}\b[^.!?]{{0,50}}\b{_FR_SEXUAL}\b",
    r"\ben cachette\b|\bà (?:son|leur) insu\b|\bsans (?:son|leur) (?:accord|consentement|"
    r"autorisation)\b",
    r"\b(?:photo|image)\b[^.!?]{0,50}\b(?:n'est pas au courant|ne (?:le )?sait)",
    r"\b(?:volé|piqué)\b[^.!?]{0,15}\bphoto",
    rf"\b(?:photo de {_FR_OTHER}|{_FR_OTHER}\b[^.!?]{{0,40}}\b(?:mets-lui|habille-la|photo))\b",
    rf"\b(?:mets|essaie|essaye)\b[^.!?]{{0,30}}\bsur (?:la photo de )?{_FR_OTHER}\b",
)
_FRENCH_ORDERS = (
    r"\binstructions as-tu reçues\b|\b(?:quelles sont|dis-moi) tes (?:instructions|consignes|"
    r"règles)\b",
    r"\bprompt système|\bmessage système|\b(?:ton|tes) (?:prompt|consignes cachées)",
    r"\b(?:oublie|ignore|ignorez)\b[^.!?]{0,20}\b(?:tes|les|toutes) (?:\w+ )?(?:règles|"
    r"instructions|consignes (?:précédentes|reçues))",
    r"\b(?:affiche|montre|donne|récite|répète)\b[^.!?]{0,15}\btes "
    r"(?:règles|instructions|consignes)",
    r"\b(?:répète|copie|affiche)\b[^.!?]{0,30}\b(?:au-dessus|ci-dessus|mot pour mot)",
)

_ES_MINOR = (
    r"(?:niñ[ao]s?|menor(?:es)?|colegialas?|adolescentes?|(?:mi )?sobrin[ao]|"
    r"(?:[1-9]|1[0-7]) años|chiquill[ao]s?)"
)
_ES_SEXUAL = (
    r"(?:sexy|erótic[ao]s?|tangas?|lencería|provocativ[ao]s?|sensual(?:es)?|desnud[ao]s?|"
    r"insinuantes?)"
)
_ES_OTHER = r"mi (?:ex|vecin[ao]|colega|jef[ae]|profesora?|compañer[ao](?: de \w+)?)"
_SPANISH = (
    r"\btopless\b|\bfoto de una? (?:chic[ao]|mujer|hombre) que (?:vi|encontré|hice)\b",
    r"\bdesn[uú]d(?:a|ar|e)l[ao]s?\b|\b(?:la|ella|chica|modelo|mujer|"
    r"él)\b[^.!?]{0,20}\bdesnud[ao]s?\b",
    r"\b(?:verl[ao]|ella|verla|chica|modelo|mujer)\b[^.!?]{0,15}\bsin (?:ropa|nada)\b",
    r"\bqu[ií]ta(?:le|les)\b[^.!?]{0,12}\b(?:ropa|vestido|camisa|blusa|falda|sujetador)",
    r"\btransparente\b[^.!?]{0,15}\bpara (?:verl[aeo]|ver|que se)\b[^.!?]{0,15}\btod[ao]\b",
    rf"\b{_ES_SEXUAL}\b[^.!?]{{0,50}}\b{_ES_MINOR}\b|\b{_ES_MINOR}\b[^.!?]{{0,50}}\b{_ES_SEXUAL}\b",
    r"\ba escondidas\b|\bsin (?:su|que (?:lo )?sepa\w*) ?(?:permiso|consentimiento)?\b(?<!sin su)",
    r"\bfoto\b[^.!?]{0,50}\bno (?:lo )?sabe\b|\bno (?:lo )?sabe\b[^.!?]{0,40}\bfoto\b",
    r"\bfoto de una? desconocid[ao]\b",
    rf"\b(?:ponle|pruébale|vístela?)\b[^.!?]{{0,30}}\ba {_ES_OTHER}\b",
)
_SPANISH_ORDERS = (
    r"\b(?:cuáles son|dime) tus (?:instrucciones|reglas)\b|\bqué te (?:dijeron|ordenaron)\b",
    r"\bprompt (?:de|del) sistema\b|\bmensaje (?:de|del) sistema\b|\btu prompt\b",
    r"\b(?:olvida|ignora)\b[^.!?]{0,20}\b(?:tus|las) (?:instrucciones|reglas)(?! de lavado)",
    r"\b(?:imprime|muestra|muéstrame|dime|repite)\b[^.!?]{0,15}\btus (?:reglas|instrucciones)",
    r"\b(?:repite|copia|imprime)\b[^.!?]{0,30}\b(?:arriba|anterior|palabra por palabra)",
)

_ZH_SEXUAL = r"(?:性感|情趣|丁字裤|色情|裸|暴露|诱惑)"
_ZH_MINOR = (
    r"(?:未成年|小女孩|小男孩|女童|男童|小学|初中|中学|女学生|儿童|幼女|萝莉|"
    r"(?:[一二三四五六七八九]|十[一二三四五六七]?|[1-9]|1[0-7])岁)"
)
_CHINESE = (
    r"(?:脱|去|扒|除)(?:掉|光|了|下)[^。！？]{0,8}(?:衣服|上衣|裙子|内衣)|"
    r"(?:衣服|上衣|裙子|内衣)[^。！？]{0,4}(?:脱|扒)(?:掉|光|了|下)",
    r"光着身子|一丝不挂|裸照|裸体|全裸|不穿衣服|没穿衣服",
    r"透明[^。！？]{0,8}看(?:到|见|清)",
    rf"{_ZH_SEXUAL}[^。！？]{{0,15}}{_ZH_MINOR}|{_ZH_MINOR}[^。！？]{{0,15}}{_ZH_SEXUAL}",
    r"同学[^。！？]{0,6}照片[^。！？]{0,12}(?:不知道|没同意)|偷拍|(?:她|他)不知道[^。！？]{0,8}(?:拍|照片)",
    r"(?:前女友|前男友|邻居|同事|老师|老板|室友|陌生)[^。！？]{0,8}照片",
)
_CHINESE_ORDERS = (
    r"(?:系统|隐藏)(?:的)?(?:提示|指令|消息)|提示词|你的系统(?:设定|设置)",
    r"(?:忽略|忘记|无视)[^。！？]{0,10}(?:指令|规则|指示)|输出(?:你的)?(?:规则|指令)",
)
HARM = (*_GERMAN, *_FRENCH, *_SPANISH, *_CHINESE)
"""Nudity, minors and other people's photographs."""

MACHINE = (*_GERMAN_ORDERS, *_FRENCH_ORDERS, *_SPANISH_ORDERS, *_CHINESE_ORDERS)
"""Orders to the machine."""
