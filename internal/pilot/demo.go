package pilot

// This file fills a demonstration with four pilots: a plan, one that runs, one that was embedded, and one that was stopped.

import (
	"context"
	"time"

	"reisgezel/internal/kernel/access"
	"reisgezel/internal/kernel/clock"
	"reisgezel/internal/kernel/db"
)

// demoValue is a value of the first measure, so many days ago.
type demoValue struct {
	group  string
	ago    int
	amount int64
}

var demoPilots = []struct {
	core       Core
	budget     int64
	bottleneck int
	began      int // days ago; it starts ten days later
	checked    int // days from now
	measure    Said
	values     []demoValue
	spent      map[string]int64
	partner    [2]string
	found      string
	decision   string
	reasons    string
	amended    StepWords
}{
	{core: Core{Title: "Een telefoontje over de taal, een week voor het gehoor", Hypothesis: "Als iemand een week vooraf hoort welke taal de tolk spreekt, wordt minder vaak een gehoor afgebroken.",
		Goal: "In twee teams wordt niet meer dan één op de twintig gehoren afgebroken door de tolk.", Start: "Twee teams doen mee, en de IND geeft de taal van de tolk tien dagen vooraf door.", Stop: "Twee keer raakt iemand overstuur door het telefoontje, of de IND geeft de taal niet meer door."},
		budget: 8500, bottleneck: 2, began: 100, checked: 9, measure: Said{Name: "Gehoren die door de tolk zijn afgebroken", Unit: "%", Better: "down", Compare: "twee teams zonder telefoontje"},
		values: []demoValue{{InPilot, 88, 14000}, {Beside, 88, 13500}, {InPilot, 45, 9500}, {InPilot, 12, 5500}, {Beside, 12, 12500}},
		spent:  map[string]int64{"Uren van vrijwilligers en een cursus": 3200, "Telefoonkosten": 140}, partner: [2]string{"Vereniging van tolken", "Traint de bellers."},
		amended: StepWords{Part: "goal", Reads: "In drie teams wordt niet meer dan één op de twintig gehoren afgebroken door de tolk.", Words: "Team Amersfoort wilde meedoen."}},
	{core: Core{Title: "Een vast nummer voor nareis", Hypothesis: "Als mensen weten wie zij kunnen bellen, komen zij minder vaak naar het spreekuur met dezelfde vraag.",
		Goal: "Een derde minder herhaalde vragen.", Start: "De IND noemt een nummer.", Stop: "Niemand neemt op.", Found: "Herhaalde vragen daalden met ruim een derde. In de vergelijking bleef het gelijk."},
		budget: 2000, bottleneck: 0, began: 280, checked: -90, measure: Said{Name: "Herhaalde vragen over nareis", Unit: "per week", Better: "down", Compare: "drie andere locaties"},
		values: []demoValue{{InPilot, 265, 41000}, {Beside, 265, 38000}, {InPilot, 120, 25000}, {Beside, 120, 37000}},
		spent:  map[string]int64{"Kaartjes in acht talen": 900}, partner: [2]string{"IND", "Noemt het nummer in elke brief."}, decision: "embed", reasons: "Het werkt en kost bijna niets. Elke locatie krijgt de kaartjes."},
	{core: Core{Title: "Spreekuur op zaterdag", Hypothesis: "Wie werkt of op school zit, kan op zaterdag wel komen.",
		Goal: "Tien nieuwe mensen per zaterdag.", Start: "Vier vrijwilligers en een sleutel.", Stop: "Drie zaterdagen met minder dan drie mensen.", Found: "Er kwamen gemiddeld twee mensen. Zij konden ook doordeweeks."},
		budget: 1500, bottleneck: 1, began: 200, checked: -60, measure: Said{Name: "Mensen die anders niet konden komen", Unit: "per zaterdag", Better: "up"},
		values: []demoValue{{InPilot, 180, 4000}, {InPilot, 150, 2000}, {InPilot, 110, 1000}},
		spent:  map[string]int64{"Zaalhuur": 1100}, partner: [2]string{"Buurthuis", "Geeft de zaal."}, decision: "stop", reasons: "Drie zaterdagen op rij kwamen er minder dan drie mensen: dat spraken wij vooraf af."},
}

// Demo writes them. Bottlenecks tells which there are, the oldest first.
func (s *Pilots) Demo(ctx context.Context, tx *db.Tx, now time.Time, bottlenecks func(context.Context, *db.Tx) ([]string, error)) error {
	ids, err := bottlenecks(ctx, tx)
	if err != nil || len(ids) < 4 {
		return err
	}
	real := tx.Now
	defer func() { tx.Now = real }()
	today := clock.Today(now)
	ago := func(days int) { tx.Now = now.AddDate(0, 0, -days) }
	a := access.Actor{Kind: access.Staff, ID: "u-noor"}
	ago(4)
	if _, err := s.start(ctx, tx, a, Plan{State: Drafted, Owner: a.ID, Bottleneck: ids[3], Budget: 6000, Checked: today.AddDays(120), Core: Core{Title: "Dertig bedden in de aankomsthal",
		Hypothesis: "Met dertig bedden en één vrijwilliger per nacht slaapt geen kind meer op de grond.", Goal: "Geen enkele nacht een kind zonder bed.",
		Start: "Het COA geeft de ruimte, en vijftien vrijwilligers doen mee.", Stop: "Vijf nachten op rij blijft meer dan de helft van de bedden leeg."}}); err != nil {
		return err
	}
	for _, x := range demoPilots {
		ago(x.began)
		found := x.core.Found
		x.core.Found = ""
		p := Plan{State: Drafted, Owner: a.ID, Bottleneck: ids[x.bottleneck], Budget: x.budget, Checked: today.AddDays(x.checked), Core: x.core, Version: 1}
		if p.ID, err = s.start(ctx, tx, a, p); err != nil {
			return err
		}
		if _, err := s.add(ctx, tx, a, p, Item{Kind: Partner, Said: Said{Name: x.partner[0], What: x.partner[1]}}); err != nil {
			return err
		}
		m, err := s.add(ctx, tx, a, p, Item{Kind: Measure, Said: x.measure})
		if err != nil {
			return err
		}
		turn := func(to, words string) error {
			p.State = to
			if err := s.put(ctx, tx, p, p.Version); err != nil {
				return err
			}
			p.Version++
			return s.step(ctx, tx, a, Step{Pilot: p.ID, Kind: Turned, State: to, Words: StepWords{Words: words}})
		}
		ago(x.began - 10)
		p.Started = clock.Today(tx.Now)
		if err := turn(Running, "Alles staat klaar: wij beginnen."); err != nil {
			return err
		}
		for _, v := range x.values {
			ago(v.ago)
			if _, err := s.add(ctx, tx, a, p, Item{Kind: Value, About: m, Day: clock.Today(tx.Now), Amount: v.amount, Said: Said{Group: v.group}}); err != nil {
				return err
			}
		}
		for what, n := range x.spent {
			if _, err := s.add(ctx, tx, a, p, Item{Kind: Spent, Day: clock.Today(tx.Now), Amount: n, Said: Said{Name: what}}); err != nil {
				return err
			}
		}
		if x.amended.Part != "" {
			if err := s.step(ctx, tx, a, Step{Pilot: p.ID, Kind: Amended, State: p.State, Words: x.amended}); err != nil {
				return err
			}
		}
		if x.decision == "" {
			continue
		}
		ago(-x.checked)
		p.Core.Found = found
		if err := turn(Evaluated, found); err != nil {
			return err
		}
		ago(-x.checked - 7)
		p.State, p.Decision, p.DecidedBy, p.Decided, p.Core.Reasons = Decided, x.decision, a.ID, clock.Today(tx.Now), x.reasons
		if err := s.put(ctx, tx, p, p.Version); err != nil {
			return err
		}
		if err := s.step(ctx, tx, a, Step{Pilot: p.ID, Kind: Settled, State: Decided, About: x.decision, Words: StepWords{Words: x.reasons}}); err != nil {
			return err
		}
	}
	return nil
}
