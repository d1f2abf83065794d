"""Guesses which of the lexicon's languages a short message is in, by its words."""

import re
from functools import cache

from fashionm3.agent.numbers_abroad import number_words
from fashionm3.index.lexicon import tables
from fashionm3.index.lexicon.inflection import fold, key, singular

_TABLES = (
    "kinds.tsv", "colors.tsv", "materials.tsv", "patterns.tsv", "styles.tsv", "occasions.tsv",
    "seasons.tsv", "genders.tsv", "ordinary.txt",
)  # fmt: skip
_SLIGHT = 0.3
_UNSURE = 2
_LITTLE_WORDS = """
the a an i my for in with and or to of is are you do have any but not it that this me some please
show want need like what how can under up one no on at be by if so as from your we they he she his
her them was were will would get got give find looking something anything nothing without than
more less too very there here these those who which when where why am out off all just only don't
hi hello hey thanks thank yes ok okay pls put see wear wearing look make else other another its
im ill ive thats whats cant isnt doesnt has had did does let lets been could should go going our us
over into about around back same new old dont wont she shes hes theyre
"""
_LITTLE = frozenset(_LITTLE_WORDS.split())

_OWN_WORDS = {
    "de": """
    der das ein eine einen einer einem eines ich mir mich mein meine meinen meiner meinem für
    fürs fuer mit und oder zu zum zur von vom ist sind bitte nicht net ned suche such sucht gibt
    gibts es wie kannst könnt können kann im den dem des auf unter bis zeig zeigen zeigt mal
    noch auch höchstens hoechstens habt haben hast hätt hätte hab wäre wär sehr lieber eher nur
    aber ohne kein keine keinen keiner keinem nix nichts statt anstatt nimm nehm nehme tausch
    tausche tauschen wechsle ersetze raus rein weg hin dazu dafür davon damit passt passen steht
    sieht aus bei beim nach wenn dann denn doch schon jetzt nochmal mehr weniger zwischen über
    ab günstig günstiger billig billiger teuer teurer größe groesse grösse farbe stoff muster
    kleiner größer länger kürzer enger weiter heller dunkler schlicht etwas irgendwas irgendein
    welche welcher welches andere anderer anderes anderen anders ganz ganze ganzes dir euch uns
    ihr sie wir brauch brauche bräuchte möchte moechte mag mog trag trage trägt anziehen zieh
    probier anprobieren danke herzlich vielen guten gern gerne egal hallo servus moin grüezi hoi
    mann frau herren damen kinder jungs mädchen buben sohn tochter mutter vater freund freundin
    oma opa sommer herbst frühling hochzeit büro arbeit waschen wäsche gestreift kariert geblümt
    insgesamt maximal teil stück outfit-ideen ähnlich ähnliche sowas hergestellt worauf wo wer
    wem wieso darf muss soll sollte gefällt fällt leider nein bloß bloss zeichne entwirf wird
    viel zusammen komplett komplettes erstes halt wirklich darauf drauf bild passend gefüttert
    wurscht irgendwie was'n morgen genau sonst immer nie wieder zäme sueche meins eins zweite
    erste dritte gleich beides alles alle nächste farben lang kurz eng weit warm dünner dicker
    stimmt bissl bisschen gehts geht gesucht mach wetter machen taschen trockner rest hohe dies
    diese diesen dieser dieses jeder jede
""",
    "fr": """
    le les une des je mon ma mes pour avec et ou où du en est vous avez avez-vous cherche pas
    quoi comment moins au aux sur plaît plait svp stp plus trop ce cette ces que qui tu il elle
    nous ils sont suis ai as ont était serait sera faut faudrait voudrais voudrait veux veut
    veulent sans mais très tres bien aussi dans chez par entre jusqu jusqu'à ne n'ai rien jamais
    toujours encore déjà deja plutôt plutot autre autres même meme mêmes pareil celui celle ceux
    celles ça cela sa ses notre votre vos leur leurs petit petite petits grand grande grands
    longue longues courte courtes montre montrez montre-moi remplace remplacez enlève enleve
    enlevez mets mettre mettez essayer essaie essayez donne trouve trouver aide aimerais préfère
    prefere cher chère chers chères bonjour bonsoir salut coucou merci beaucoup homme hommes
    femme femmes enfant enfants garçon garçons fille filles fils mari copain copine mère père
    mariage soirée bureau travail hiver été automne printemps taille couleur tissu matière motif
    quelque quelques chose peut peux pouvez pourriez as-tu avoir être fait faire finalement bof
    chais chuis jsp jcherche ouais oui tenue ensemble rayures carreaux pois fleurs fleuri unie
    sous dessus dessous haut bas ici là voilà alors puis donc parce quand combien lequel
    laquelle dessine dessine-moi échange porter habiller habille assorti assortir va mieux juste
    seulement tout toute tous toutes genre machine magasin lavage repasse talon col manches
    manche capuche souliers euh voir peu importe moyen garde oublie passe laisse tomber joli
    jolie beau belle chaud chaude léger légère serré serrée premier première deuxième troisième
    dernier dernière y'a celui-là invente génère quel quelle quels quelles
""",
    "es": """
    primeras primeros bien va vas voy el los las unos unas yo mis para con y o del tenéis teneis
    tienes tienen tiene tenés busco quiero quiere quisiera qué que cómo como por favor menos
    hasta algo este esta esto ese esa esos esas eso un una uno en es de la lo su sus tu mi mí se
    te le les nos al sin pero más mas muy también tambien porque cuando donde dónde cuál cuáles
    cuánto cuánta cuesta cuestan hay está están estoy soy eres somos son ser sea sean tengo
    necesito muéstrame muestrame enséñame enseñame muestra ponme pon pónme póngame poneme armame
    ármame hazme cambia cámbiame cambiar cambie quita quítale saca mete mejor ahora ya otro otra
    otros otras mismo misma igual parecido nada ni nunca todo toda todos todas grande chico
    chica chicos chicas barato barata baratos baratas caro cara caros caras largo larga largos
    largas corto corta cortos cortas ancho ancha estrecho ajustado holgado talla talle color
    colores tela hombre hombres mujer mujeres niño niña niños niñas hijo hija marido esposo
    esposa novio novia madre padre mamá papá abuela abuelo boda fiesta oficina trabajo invierno
    verano otoño primavera gracias hola buenas buenos tardes días dame dime gusta gustan
    gustaría encanta porfa porfis porfi cremallera rayas cuadros lunares flores liso lisa
    estampado conjunto vestir llevar llevo llevarlo ponerme pongo probar probarme pruébame
    dibuja dibújame diseña quedar queda quedan combina combino van aquí allí ahí entre desde
    sobre primero primera segundo segunda tercero tercera último última vez siempre serio ropa
    dinero presupuesto tope che oye wey dale ándale bonito bonita lindo linda genial listo lista
    guapa guapo señora señor caballero dama corte recto recta calzo onda tipo ver diferente
    diferentes distinto distinta cita material lavo lavar bolsillos trae foto chiste cuéntame
    tendrían podría pueden puede puedo fuera alguna alguno algún ningún ninguna
""",
}
"""Words of a language that English has not, or hardly."""

_SHARED_WORDS = """
a acht ai al alles also am ample an arm art as au aux bad bald bat beau belle bien bitte bon bonjour
cent chat chic coin col come con corte court danke dare das de dem den des die dir dos du el elf
elle en ensemble entre es et fast favor fern fine foto genre gift gracias grand halt hat haute hell
her hin hola hut il im in ist kind la lang large las le les list lo long los ma machine madre mal
mama man maxi maximal me mein merci mercii mil mini mit mon ne ned net no noir non o on once or ou
oui padre pain papa par per petite por pour rest rot rouge sa salut sans schon se sea senorita sera
serait servus ses si sin six so son stuck su super sur tag talon te tell to tope tout tres tu un uno
us van war was weg wer wo y ya yo zu
"""
_SHARED = frozenset(_SHARED_WORDS.split())
"""Words that English texts may hold as well: they count half."""

_HARDLY_ENGLISH = frozenset({"petit"})
"""Among the English tables' words, but a sign of another language all the same."""

_MARKS = {
    "de": r"[äöüß]",
    "fr": r"[èêàçùûîœë]|(?<!\w)(?:j|qu|c|n|jusqu|lorsqu)['’](?=[aeiouhyéèêà])",
    "es": r"[ñ¿¡íóúá]",
}
_ELIDED = re.compile(r"(?<!\w)(?:l|d|s|t|m)['’](?=[aeiouhyéèêà])", re.IGNORECASE)
_HAN = re.compile(r"[\u4e00-\u9fff]")
_LETTERS = re.compile(r"[^\W\d_]+")
_SHORTEST = 3


def spoken(text: str) -> str:
    """Returns ``en``, ``de``, ``fr``, ``es`` or ``zh``; English where there is doubt."""
    if _HAN.search(text):
        return "zh"
    words = [fold(word) for word in _LETTERS.findall(text.lower())]
    known, english = _known(), _english()
    scores = {
        language: sum(_weight(word) for word in words if word in own) + _marked(text, language)
        for language, own in known.items()
    }
    best = max(scores, key=lambda language: scores[language])
    own = known[best]
    against = sum(
        _weight(word) if word in _LITTLE else _SLIGHT
        for word in words
        if word in _LITTLE or (word not in own and (word in english or singular(word) in english))
    )
    sure = any(word in own and _weight(word) == 1 for word in words) or _marked(text, best) >= 1
    enough = scores[best] >= (1 if sure else _UNSURE)
    return best if enough and scores[best] > against else "en"


def _weight(word: str) -> float:
    plain = word in _SHARED or word in _english() or singular(word) in _english()
    return 0.5 if plain else 1.0


def _marked(text: str, language: str) -> float:
    """Counts words with letters or elisions of one language, names that English took over apart."""
    marks = re.compile(_MARKS[language])
    found = sum(
        bool(marks.search(word.lower())) and _strange(word) for word in re.split(r"\s+", text)
    )
    return found + (len(_ELIDED.findall(text)) / 2 if language == "fr" else 0)


def _strange(word: str) -> bool:
    plain = [fold(part) for part in _LETTERS.findall(word.lower())]
    return not plain or any(part not in _english() for part in plain)


@cache
def _known() -> dict[str, frozenset[str]]:
    """The words of each language: those above, number words and those of the lexicon's table."""
    known = {language: set(map(fold, words.split())) for language, words in _OWN_WORDS.items()}
    for language, words in known.items():
        words.update(number_words(language))
    for language, slot, _, names in tables.rows("foreign.tsv"):
        if language in known and slot != "idiom":
            named = key(names).split()
            known[language].update(word for word in named if len(word) >= _SHORTEST)
    return {language: frozenset(words) for language, words in known.items()}


@cache
def _english() -> frozenset[str]:
    """The words that the English lexicon and its list of ordinary words hold."""
    words = {word for table in _TABLES for word in key(tables.text(table)).split()}
    return frozenset(words - _HARDLY_ENGLISH)
