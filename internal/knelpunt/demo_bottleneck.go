package knelpunt

// This file fills a demonstration with four bottlenecks in different states.

import (
	"context"
	"slices"
	"time"

	"reisgezel/internal/kernel/access"
	"reisgezel/internal/kernel/clock"
	"reisgezel/internal/kernel/db"
)

// demoTurn is one step of a bottleneck of the demonstration, so many days ago.
type demoTurn struct {
	ago          int
	to           string
	inside, told string
}

var demoBottlenecks = []struct {
	question, english, known, theme, weight, owner string
	began, next                                    int // days ago, and days from now
	signals                                        []int
	turns                                          []demoTurn
}{
	{"Waarom krijgen mensen bij het gehoor een tolk in de verkeerde taal?", "Why do people get an interpreter of the wrong language at their interview?", "Vooral bij Tigrinya: er komt een tolk die Amhaars spreekt. Het gehoor gaat dan toch door.", "interview", "grave", "u-noor", 60, 5, []int{0, 1, 2, 3, 4, 5},
		[]demoTurn{{50, Examined, "Opgevraagd bij de andere teams: het speelt in drie provincies.", "Wij vragen na hoe vaak dit gebeurt."}, {12, Acting, "Gesprek gehad met de IND in Den Bosch. Zij gaan na hoe een tolk geweigerd kan worden.", "Wij spraken met de IND over de verkeerde tolk. Zeg het tijdens het gehoor meteen als de taal niet klopt en vraag of dat wordt opgeschreven."}}},
	{"Hoe komen gezinnen bij een ambassade als de grens dicht is?", "How do families reach an embassy when the border is closed?", "De beslissing is positief, maar het visum kan alleen bij een ambassade worden opgehaald.", "family", "grave", "u-amira", 150, 20, []int{6, 7, 11},
		[]demoTurn{{140, Examined, "Uitgezocht welke ambassades een afspraak op afstand toestaan.", "Wij zoeken uit welke ambassade een afspraak op afstand geeft."}, {100, Acting, "Brief met andere organisaties aan het ministerie.", "Met andere organisaties vroegen wij om afspraken op afstand."}, {9, Settled, "Eén ambassade neemt aanvragen nu per post aan. De andere twee niet.", "Eén ambassade neemt papieren nu per post aan. Vraag ons welke."}}},
	{"Waarom slapen gezinnen met kinderen zonder bed bij aankomst?", "", "", "reception", "grave", "u-amira", 30, -2, []int{12, 13},
		[]demoTurn{{20, Examined, "Bij het COA gevraagd hoeveel bedden er deze maand tekort zijn. Nog geen antwoord.", "Wij vroegen het COA hoeveel bedden er tekort zijn."}}},
	{"Wie zegt mensen in nareis waar hun zaak is als de termijn steeds wordt verlengd?", "", "Standaardbrieven zonder naam van een behandelaar.", "family", "serious", "u-marwan", 300, 0, []int{8, 9, 10},
		[]demoTurn{{280, Examined, "Twaalf brieven naast elkaar gelegd.", "Wij leggen brieven naast elkaar om te zien wat er misgaat."}, {200, Acting, "Aangekaart in het overleg met de IND.", "Wij vroegen de IND om in elke brief te zetten wie de zaak heeft."}, {60, Settled, "In nieuwe brieven staat nu een team en een telefoonnummer.", "In nieuwe brieven staat nu welk team uw zaak heeft, met een telefoonnummer."}, {45, Closed, "Gecontroleerd in tien nieuwe brieven.", ""}}},
}

// demoBottlenecks writes them, with the signals of the demonstration by their place in its list.
func (k *Knelpunten) demoBottlenecks(ctx context.Context, tx *db.Tx, now time.Time, signals []string) error {
	real := tx.Now
	defer func() { tx.Now = real }()
	for _, x := range demoBottlenecks {
		a := access.Actor{Kind: access.Staff, ID: x.owner}
		tx.Now = now.AddDate(0, 0, -x.began)
		b := Bottleneck{State: Fresh, Theme: x.theme, Weight: x.weight, Owner: x.owner, Opened: clock.Today(tx.Now), Next: clock.Today(now).AddDays(x.next), Ask: Ask{Question: x.question, English: x.english, Known: x.known}}
		id, err := k.start(ctx, tx, a, b, Began, "")
		if err != nil {
			return err
		}
		b.ID = id
		for _, n := range x.signals {
			if err := k.join(ctx, tx, a, b, signals[n]); err != nil {
				return err
			}
		}
		for _, m := range demoMediations[x.theme] {
			tx.Now = now.AddDate(0, 0, -m.ago)
			m.Day = clock.Today(tx.Now)
			if m.Due = clock.Today(now).AddDays(m.due); m.State != Promised {
				m.Due = clock.Date{}
			}
			if err := k.mediate(ctx, tx, a, b, m.Mediation); err != nil {
				return err
			}
		}
		for n, turn := range x.turns {
			tx.Now = now.AddDate(0, 0, -turn.ago)
			b.State = turn.to
			if turn.to == Closed {
				b.Closed, b.Next = clock.Today(tx.Now), clock.Date{}
			}
			if err := put(ctx, tx, b, int64(n+1), turn.told != "", false); err != nil {
				return err
			}
			if err := k.step(ctx, tx, a, Step{Bottleneck: id, Kind: Turned, State: turn.to, Words: StepWords{turn.inside, turn.told}}); err != nil {
				return err
			}
		}
		if slices.Contains(x.signals, 0) {
			if err := k.demoTold(ctx, tx, a, id); err != nil {
				return err
			}
			tx.Now = now.AddDate(0, 0, -11)
			for kind, what := range map[string]EvidenceWhat{"quote": {Quote: "Ik begreep de tolk niet en durfde het niet te zeggen. Nu staat er iets in mijn verslag dat ik nooit heb gezegd.", For: "talks", How: "spoken"},
				"source": {Title: "Werkinstructie over het gehoor en de tolk", Link: "https://ind.nl"}} {
				if err := k.prove(ctx, tx, a, b, kind, what); err != nil {
					return err
				}
			}
		}
	}
	return nil
}

// DemoIDs are the bottlenecks of the demonstration, the oldest first, for the rooms in which something is done about them.
func (k *Knelpunten) DemoIDs(ctx context.Context, tx *db.Tx) ([]string, error) {
	return db.Many[string](ctx, tx, db.F(`SELECT id FROM knelpunt_bottleneck ORDER BY opened, id`))
}

// demoMediations are what was asked of institutions, by theme: so many days ago, and promised for so many days from now.
var demoMediations = map[string][]struct {
	Mediation
	ago, due int
}{
	"interview": {{Mediation{Institution: "ind", State: Promised, Said: MediationSaid{With: "Afdeling gehoren", Asked: "Laat een gehoor stoppen als de tolk de taal niet spreekt.", Promised: "Een werkinstructie over het weigeren van een tolk."}}, 12, 4}},
	"reception": {{Mediation{Institution: "coa", State: MAsked, Said: MediationSaid{With: "Regio Noord", Asked: "Hoeveel bedden zijn er deze maand tekort, en waar slapen gezinnen dan?"}}, 20, 0}},
}
