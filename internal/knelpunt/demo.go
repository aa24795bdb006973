package knelpunt

// This file fills a demonstration: what colleagues signalled in the last year, and what waits for a second reader.

import (
	"context"
	"fmt"
	"time"

	"reisgezel/internal/dossier"
	"reisgezel/internal/kernel/access"
	"reisgezel/internal/kernel/clock"
	"reisgezel/internal/kernel/db"
)

// demoSignal is one signal of the demonstration. Ago is in weeks; person is which invented person it is about, so that some are
// about the same one; 0 means that there was none.
type demoSignal struct {
	ago                                  int
	by, theme, institution, place, phase string
	nation, weight, seen, words          string
	person                               int
}

var demoSignals = []demoSignal{
	{2, "u-amira", "interview", "ind", "gelderland", "asylum", "er", "grave", "few", "Bij het gehoor zat een tolk die Amhaars sprak. De cliënt spreekt Tigrinya en begreep de helft niet. Het verslag klopt daardoor niet.", 1},
	{3, "u-marwan", "interview", "ind", "noordbrabant", "asylum", "er", "serious", "often", "De tolk sprak de verkeerde taal. Toen [persoon] dat zei, ging het gehoor toch door.", 2},
	{5, "u-amira", "interview", "interpreters", "gelderland", "asylum", "er", "serious", "few", "Voor Tigrinya kwam weer een tolk die vooral Amhaars spreekt. Woorden voor de gevangenis kende hij niet.", 1},
	{9, "u-teamleider-1", "interview", "ind", "overijssel", "asylum", "so", "serious", "once", "The interpreter spoke another dialect and summarised instead of translating. The client was told to be brief.", 3},
	{14, "u-ria", "interview", "ind", "gelderland", "asylum", "er", "small", "few", "De tolk kwam te laat en sprak het dialect niet. Er werd geen andere tolk gezocht.", 4},
	{21, "u-marwan", "interview", "interpreters", "utrecht", "asylum", "er", "serious", "few", "Telefonische tolk voor Tigrinya viel steeds weg. Het gehoor duurde daardoor zes uur zonder pauze.", 5},
	{1, "u-noor", "family", "abroad", "abroad", "family", "sy", "grave", "often", "De ambassade geeft pas over vijf maanden een afspraak voor de machtiging. De beslissing is al positief.", 6},
	{4, "u-amira", "family", "abroad", "abroad", "family", "ye", "grave", "few", "Het gezin moet voor de afspraak bij de ambassade een grens over die dicht is. Uitstel werd niet gegeven.", 7},
	{6, "u-amira", "family", "ind", "unknown", "family", "sy", "serious", "many", "Op een nareisaanvraag komt na acht maanden nog geen beslissing. Bellen levert steeds hetzelfde antwoord op.", 8},
	{10, "u-marwan", "family", "ind", "online", "family", "er", "serious", "often", "De termijn van nareis wordt steeds verlengd met een standaardbrief. Niemand kan zeggen wie de zaak heeft.", 9},
	{16, "u-amira", "family", "ind", "unknown", "family", "sy", "serious", "often", "Family reunification: eight months without a decision. The letters only repeat that the term is longer.", 8},
	{26, "u-teamleider-1", "family", "abroad", "abroad", "family", "sy", "serious", "few", "De afspraak bij de ambassade werd twee keer verzet. De kinderen zijn nu bijna achttien.", 10},
	{2, "u-noor", "reception", "coa", "groningen", "arrival", "sy", "grave", "many", "Mensen sliepen weer buiten voor de poort. Er was geen bed, ook niet voor een gezin met een baby.", 11},
	{7, "u-amira", "reception", "coa", "groningen", "arrival", "several", "grave", "often", "Families with small children slept on chairs for two nights because there was no bed.", 0},
	{12, "u-ria", "reception", "coa", "utrecht", "asylum", "tr", "serious", "few", "In de noodopvang slapen negen mensen op één zaal. Iemand met nachtmerries houdt iedereen wakker en krijgt geen andere plek.", 12},
	{19, "u-marwan", "reception", "coa", "utrecht", "asylum", "sy", "serious", "few", "Vier keer verhuisd in een half jaar. De kinderen wisselden steeds van school en de behandeling begon telkens opnieuw.", 13},
	{30, "u-amira", "reception", "coa", "gelderland", "status", "er", "small", "few", "In de noodopvang is geen keuken en drie keer per dag hetzelfde eten. Mensen met suikerziekte worden ziek.", 14},
	{3, "u-amira", "housing", "municipality", "utrecht", "status", "sy", "serious", "often", "Gekoppeld aan een gemeente en toch al veertien maanden wachten. De gemeente zegt dat er geen woningen zijn.", 15},
	{8, "u-marwan", "housing", "municipality", "utrecht", "status", "er", "serious", "often", "Wie een woning weigert omdat die te ver van de behandeling is, verliest zijn plek in de opvang.", 16},
	{13, "u-noor", "housing", "landlord", "flevoland", "settling", "sy", "small", "few", "De woning was zonder vloer en zonder kachel. De inrichting werd pas na zes weken betaald.", 17},
	{22, "u-amira", "housing", "municipality", "utrecht", "status", "ye", "serious", "few", "Alleenstaande mannen onder de 25 krijgen alleen een kamer aangeboden, en die zijn er niet.", 18},
	{5, "u-ria", "health", "care", "utrecht", "asylum", "ir", "serious", "few", "De praktijk belt geen tolk en laat een kind van tien vertalen bij de arts.", 19},
	{11, "u-marwan", "health", "care", "gelderland", "asylum", "er", "serious", "few", "Wachten op hulp bij trauma duurt negen maanden. Bij elke verhuizing begint het wachten opnieuw.", 20},
	{4, "u-amira", "integration", "duo", "online", "settling", "tr", "small", "often", "De brief over de boete kwam in moeilijk Nederlands. Uitstel vragen kan alleen online met een code die nog niet was aangekomen.", 21},
	{15, "u-noor", "integration", "municipality", "utrecht", "settling", "er", "serious", "few", "Het plan voor inburgering komt pas na een jaar. De termijn loopt dan al.", 22},
	{6, "u-marwan", "detention", "dtv", "noordholland", "detention", "northafrica", "grave", "once", "In bewaring gezet op de ochtend van een afspraak. De advocaat hoorde het de volgende dag.", 23},
	{9, "u-amira", "school", "school", "utrecht", "arrival", "ua", "serious", "few", "Children from emergency reception wait more than two months for a place at school.", 24},
	{17, "u-ria", "digital", "bank", "online", "settling", "er", "small", "often", "Een rekening openen lukt niet met het nieuwe pasje: de app van de bank kent het document niet.", 25},
	{20, "u-marwan", "lawyer", "lawyers", "limburg", "asylum", "so", "serious", "few", "Er was geen advocaat te vinden voor het beroep. De termijn van een week was bijna om.", 26},
	{33, "u-amira", "waiting", "ind", "unknown", "asylum", "sy", "serious", "many", "Na anderhalf jaar nog geen gehoor. Mensen durven niet te werken omdat ze elk moment opgeroepen kunnen worden.", 27},
	{7, "u-marwan", "border", "abroad", "abroad", "arrival", "af", "grave", "few", "Een groep werd 's nachts uit een bos gehaald en over de grens teruggestuurd. Wie om asiel vroeg kreeg geen antwoord.", 29},
	{18, "u-amira", "border", "abroad", "abroad", "arrival", "sy", "grave", "once", "Op zee werd de motor kapot gemaakt en de boot weggesleept. Een kind was uren in het koude water.", 30},
	{41, "u-noor", "waiting", "ind", "unknown", "asylum", "tr", "serious", "often", "De datum van het gehoor schuift steeds op en niemand zegt waarom.", 28},
}

func demoToken(n int) string { return "demo" + string(rune('a'+n)) }

// DemoReceipts are what the file of one person of the demonstration keeps of signals: one about which something is done, and one that
// is closed.
func DemoReceipts(now time.Time) []dossier.Receipt {
	var out []dossier.Receipt
	for _, n := range []int{0, 8} {
		x := demoSignals[n]
		out = append(out, dossier.Receipt{Day: clock.Today(now).AddDays(-7 * x.ago), What: "knelpunt.theme." + x.theme, Wish: true, Token: demoToken(n)})
	}
	return out
}

// Demo writes signals that left their teams, and some that have not yet, in Utrecht.
func (k *Knelpunten) Demo(ctx context.Context, tx *db.Tx, now time.Time) error {
	var ids []string
	for n, x := range demoSignals {
		then := clock.Today(now).AddDays(-7 * x.ago)
		s := Signal{Facts: Facts{Theme: x.theme, Institution: x.institution, Place: x.place, Phase: x.phase, Nation: x.nation, Weight: x.weight, Seen: x.seen, Month: clock.On(then.Year, then.Month, 1)},
			Raiser: k.raiser(access.Actor{ID: x.by}), Source: FromWork, Week: WeekOf(then), Words: x.words}
		if x.person > 0 {
			s.Source, s.One = FromFile, k.vault.Token("knelpunt-demo", string(rune('a'+x.person)))
			s.Receipt = k.receiptToken(demoToken(n))
		}
		s.What = demoDetails[n]
		id, err := k.putSignal(ctx, tx, s)
		if err != nil {
			return err
		}
		if n == demoPictured {
			if err := k.demoPhoto(ctx, tx, id); err != nil {
				return err
			}
		}
		ids = append(ids, id)
	}
	if err := k.demoBottlenecks(ctx, tx, now, ids); err != nil {
		return err
	}
	if err := k.demoStream(ctx, tx, now); err != nil {
		return err
	}
	month := clock.On(clock.Today(now).Year, clock.Today(now).Month, 1)
	for _, d := range []Draft{
		{Raiser: k.raiser(access.Actor{ID: "u-marwan"}), Said: Said{Facts: Facts{"interview", "ind", "noordbrabant", "asylum", "er", month, "serious", "few"}, Words: "De tolk sprak geen Tigrinya en het gehoor ging door. [persoon] tekende een verslag dat niet klopt."}},
		{Raiser: k.raiser(access.Actor{ID: "u-ria"}), Said: Said{Facts: Facts{"papers", "municipality", "utrecht", "settling", "sy", month, "small", "often"}, Words: "Aan het loket moet iedereen een afspraak maken met een code. Zonder telefoon lukt dat niet. De medewerker heette volgens mij Roos."}},
		{Raiser: k.raiser(access.Actor{ID: "u-amira"}), Said: Said{Facts: Facts{"housing", "municipality", "utrecht", "status", "er", month, "serious", "few"}, Words: "Een moeder met drie kinderen wacht al een jaar op een huis in dezelfde wijk als haar zus."}},
	} {
		d.Team = "t-utrecht"
		if _, err := k.giveDraft(ctx, tx, d); err != nil {
			return err
		}
	}
	for n, in := range []ReportInput{
		{Who: "partner", Theme: "reception", Weight: "grave", Words: "Onze vrijwilligers zien elke avond gezinnen die geen bed krijgen. De wachtruimte gaat om tien uur dicht.", Code: "ACDE-FGHJ-KMNP", Lang: "nl"},
		{Who: "refugee", Theme: "waiting", Weight: "serious", Words: "أنتظر منذ سنة ونصف ولا أحد يقول لي متى تكون المقابلة.", Code: "CDEF-GHJK-MNPQ", Lang: "ar"},
	} {
		if err := k.receive(ctx, tx, fmt.Sprint("demo", n), in); err != nil {
			return err
		}
	}
	back, err := k.drafts(ctx, tx, db.F(`raiser = ?`, k.raiser(access.Actor{ID: "u-amira"})))
	if err != nil {
		return err
	}
	for _, d := range back {
		d.Said.Why = "Met drie kinderen en een zus in de wijk weet iedereen hier wie het is. Kan het algemener?"
		if err := k.turn(ctx, tx, d, d.Version, Back, d.Said); err != nil {
			return err
		}
	}
	return nil
}
