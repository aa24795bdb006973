package contact

// This file holds the words of a demonstration's contacts: short Dutch sentences with holes that are filled differently
// for everybody.

import (
	"math/rand/v2"
	"strings"

	"reisgezel/internal/kernel/lang"
)

// telling is what is said about one topic.
var telling = map[string][]string{
	"asylum": {
		"Uitgelegd wat het nader gehoor is en wie erbij is. {feel}",
		"Brief van de IND gelezen. {advocaat} weet ervan.",
		"Besproken wat de volgende stap is. Dat kan nog {lang} duren.",
		"Rapport van het gehoor doorgenomen. {getal} fouten opgeschreven voor {advocaat}.",
		"Gebeld met {advocaat} over de stand van zaken. Belt {dag} terug.",
		"Bewijsstukken gesorteerd: {stuk} en {stuk2}. Kopie voor {advocaat}.",
		"Vraag over het gehoor: mag er een vrouwelijke tolk bij? Doorgegeven aan {advocaat}.",
		"Uitgelegd wat een voornemen is en dat {advocaat} daarop antwoordt.",
	},
	"family": {
		"Formulier voor gezinshereniging samen ingevuld. {stuk} ontbreekt nog.",
		"Uitgelegd welke documenten nodig zijn: {stuk} en {stuk2}.",
		"Gebeld met de IND over de aanvraag. Wacht op antwoord, kan nog {lang} duren.",
		"Beëdigd vertaler gevonden voor {stuk}. Klaar op {dag}.",
		"Gesproken over het wachten op {wie}. {feel}",
		"Foto's en berichten verzameld die laten zien dat het gezin contact heeft.",
		"Uitgelegd hoe het DNA-onderzoek gaat en wie het betaalt.",
	},
	"housing": {
		"Gebeld met {gemeente} over de koppeling. Nog geen huis.",
		"Huurcontract doorgenomen. {getal} vragen opgeschreven voor de verhuurder.",
		"Sleutel wordt op {dag} overgedragen. Lijst gemaakt van wat er moet gebeuren.",
		"Woning bekeken met {wie}. Verwarming doet het niet, gemeld bij de verhuurder.",
		"Energie en water aangevraagd. Inlog werkt.",
		"Verhuizing besproken. Hulp gevraagd via de buurtactie voor {dag}.",
	},
	"money": {
		"Huurtoeslag en zorgtoeslag aangevraagd. DigiD werkt nu.",
		"Brief van {gemeente} over bijzondere bijstand uitgelegd.",
		"Uitgelegd hoe de zorgverzekering werkt en wat eigen risico is.",
		"Betalingsregeling gevraagd voor de rekening van {bedrijf}. {feel}",
		"Bankrekening geopend. Pas komt op {dag}.",
		"Overzicht gemaakt van inkomsten en uitgaven. Blijft {bedrag} euro over in de maand.",
		"Kinderbijslag aangevraagd bij de SVB.",
	},
	"letter": {
		"Brief van {gemeente} samen gelezen. {wat}",
		"Formulier van DUO samen ingevuld.",
		"Brief van het ziekenhuis uitgelegd en de afspraak op {dag} gezet.",
		"Post van {getal} weken doorgenomen. {wat}",
		"Brief van {bedrijf} gelezen. Dit is geen schuld, alleen een jaaroverzicht.",
		"Uitnodiging van de school gelezen. Ouderavond is op {dag}.",
	},
	"language": {
		"Uitgelegd wanneer de inburgering begint en wie de cursus kiest.",
		"Taalmaatje gezocht in de buurt. Voorkeur voor {dag}.",
		"Uitnodiging voor de brede intake besproken. {feel}",
		"Oefent nu {getal} keer per week Nederlands. Begrijpt al veel.",
		"Bibliotheek laten zien. Taalcafé is elke week op {dag}.",
		"Gesproken over de leerroute. Wil graag sneller leren voor werk.",
	},
	"work": {
		"CV gemaakt. Wil graag weer werken als {beroep}.",
		"Vrijwilligerswerk bij {plek} besproken. Mag op {dag} komen kijken.",
		"Diploma laten waarderen: aanvraag verstuurd, duurt {lang}.",
		"Gesprek met de klantmanager voorbereid. {feel}",
		"Sollicitatie als {beroep} samen geschreven.",
		"Uitgelegd wat een proefplaatsing is.",
	},
	"health": {
		"Huisarts gevonden en ingeschreven.",
		"Gebeld met de tandarts. Kan op {dag} terecht.",
		"Slaapt slecht sinds de brief. Wil met de huisarts praten, afspraak op {dag}.",
		"Uitgelegd hoe je een tolk vraagt bij de dokter.",
		"Medicijnen opgehaald bij de apotheek. Uitgelegd wat er op het doosje staat.",
		"Sport is goed voor het hoofd, zegt {wie}. Voetbal is op {dag}.",
	},
	"children": {
		"Kind aangemeld bij de basisschool. Begint op {dag}.",
		"Ouderavond voorbereid. Tolk gevraagd bij de school.",
		"Fiets voor school geregeld via de buurtactie.",
		"Zwemles aangevraagd bij {gemeente}.",
		"Gesproken over de overstap naar de middelbare school. {feel}",
	},
	"other": {
		"Even gepraat. Mist {wie}. {feel}",
		"Fiets geregeld via de buurtactie.",
		"Verteld over het zomerfeest in de wijk. Komt graag op {dag}.",
		"Kwam zeggen dat het goed gaat. {feel}",
		"Telefoon ingesteld en laten zien hoe de OV-app werkt.",
		"Wil graag mensen leren kennen. Gevraagd of {plek} iets is.",
	},
}

// childTelling is what is written about a child: the talk was with a parent.
var childTelling = map[string][]string{
	"children": {"Met de ouder gesproken over school. Gaat goed, vooral rekenen.", "Juf belt: tolk nodig bij het gesprek op {dag}.", "Kind speelt nu elke {dag} voetbal in de buurt.", "Aangemeld voor zwemles."},
	"health":   {"Inentingen bij het consultatiebureau besproken met de ouder.", "Bril nodig. Afspraak bij de opticien op {dag}."},
	"language": {"Zit in de taalklas. Praat al veel Nederlands."},
}

// fillings are what may stand in the holes.
var fillings = map[string][]string{
	"advocaat": {"mr. Vos", "mr. De Graaf", "mr. Yildirim", "mr. Bakker", "de advocaat", "mr. Peters"},
	"dag":      {"maandag", "dinsdag", "woensdag", "donderdag", "vrijdag"},
	"lang":     {"een paar weken", "drie maanden", "een half jaar", "ongeveer zes weken", "een jaar"},
	"getal":    {"twee", "drie", "vier", "vijf"},
	"stuk":     {"de huwelijksakte", "het paspoort", "de geboorteakte van het kind", "de identiteitskaart", "het familieboekje"},
	"stuk2":    {"foto's van de bruiloft", "een brief van de kerk", "het trouwboekje", "schoolrapporten", "bewijs van geldzendingen"},
	"wie":      {"moeder", "de kinderen", "een broer", "een vriendin", "de familie", "een oom"},
	"feel":     {"Was opgelucht.", "Maakt zich zorgen.", "Was er stil van.", "Heeft er vertrouwen in.", "Komt hier later op terug.", ""},
	"gemeente": {"de gemeente", "het wijkteam", "de klantmanager", "het loket"},
	"bedrijf":  {"de energiemaatschappij", "de zorgverzekeraar", "het waterbedrijf", "de woningcorporatie"},
	"bedrag":   {"40", "65", "90", "120"},
	"wat":      {"Het was goed nieuws.", "Er hoeft nu niets te gebeuren.", "Antwoord samen geschreven.", "Termijn is twee weken.", "Gebeld en het is opgelost."},
	"beroep":   {"monteur", "naaister", "kok", "apotheker", "leraar", "lasser", "verpleegkundige", "kapper", "boekhouder"},
	"plek":     {"de fietsenmaker", "de moestuin", "het buurthuis", "de kringloop", "het taalcafé"},
}

// endings may follow what was told.
var endings = []string{"Komt {dag} terug.", "Belt zelf als er nieuws is.", "Nam de papieren mee naar huis.", "Vroeg of {wie} de volgende keer mee mag.", "Kopie gemaakt voor het dossier.", "Afgesproken om {dag} te bellen.",
	"Uitleg op papier meegegeven.", "Daarna ook over {plek} gepraat.", "Wil het rustig nalezen.", "Samen op de kaart gekeken waar het is."}

// toldMore is told, for some with an ending.
func toldMore(r *rand.Rand, sentences []string) string {
	s := told(r, sentences)
	if r.IntN(5) < 2 {
		s += " " + told(r, endings)
	}
	return s
}

// told chooses a sentence and fills its holes.
func told(r *rand.Rand, sentences []string) string {
	s := sentences[r.IntN(len(sentences))]
	var b strings.Builder
	for {
		i := strings.IndexByte(s, '{')
		if i < 0 {
			break
		}
		j := i + strings.IndexByte(s[i:], '}')
		list := fillings[s[i+1:j]]
		b.WriteString(s[:i])
		b.WriteString(list[r.IntN(len(list))])
		s = s[j+1:]
	}
	b.WriteString(s)
	return lang.Capital(strings.TrimSpace(b.String()))
}

// topicsOf are the topics of a story, the frequent ones more than once.
var topicsOf = map[string][]string{
	"asylum-pact": {"asylum", "asylum", "asylum", "letter", "letter", "health", "other", "language"},
	"asylum-old":  {"asylum", "asylum", "asylum", "letter", "health", "other", "other", "work"},
	"permit":      {"housing", "housing", "money", "money", "language", "work", "letter", "health", "children", "other"},
	"family":      {"family", "family", "family", "letter", "money", "housing", "language", "other"},
	"refused":     {"asylum", "asylum", "letter", "health", "health", "other", "other"},
}

// doneOf are what is usually done about a topic.
var doneOf = map[string][]string{
	"asylum": {"explained", "read", "called"}, "family": {"explained", "filled", "called"}, "housing": {"called", "read"}, "money": {"filled", "explained"},
	"letter": {"read", "explained"}, "language": {"explained"}, "work": {"filled", "referred"}, "health": {"called", "referred"}, "children": {"filled", "explained"}, "other": {"listened"},
}

// promisesOf are what is promised about a topic.
var promisesOf = map[string][]string{
	"asylum":   {"{advocaat} mailen over het gehoor", "Vragen of de brief al binnen is", "Stukken naar {advocaat} sturen"},
	"family":   {"Bellen of de vertaling er is", "Vragen wanneer de IND beslist", "Vertaler mailen over {stuk}"},
	"housing":  {"Vragen bij {gemeente} hoe lang het duurt", "Verhuurder bellen over de verwarming"},
	"money":    {"Nabellen over de bijzondere bijstand", "Kijken of de toeslag is betaald"},
	"letter":   {"Antwoord nasturen aan {gemeente}", "Bellen over de brief"},
	"language": {"Uitnodiging taalmaatje doorsturen", "Vragen of de cursus plek heeft"},
	"work":     {"Bellen met {plek} over vrijwilligerswerk", "CV nakijken"},
	"health":   {"Terugbellen over de tandarts", "Tolk regelen voor de huisarts"},
	"children": {"School bellen over de tolk", "Fiets regelen via buurtactie"},
	"other":    {"Fiets regelen via buurtactie", "Vragen of er plek is bij {plek}"},
}

// meetingsOf are what appointments are about.
var meetingsOf = map[string][]string{
	"talk": {"Voortgangsgesprek", "Post doornemen", "Inschrijven basisschool", "Toeslagen nakijken"}, "legal": {"Gezinshereniging", "Voorbereiding gehoor", "Bezwaar doornemen", "Voornemen bespreken"},
	"phone": {"Hoe gaat het?", "Stand van de aanvraag"}, "visit": {"Huis bekijken", "Kennismaken met de buurt"},
}
