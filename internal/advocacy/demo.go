package advocacy

// This file fills a demonstration with three dossiers: one that runs, one that ended, and one that only three people know of.

import (
	"context"
	"strconv"
	"time"

	"reisgezel/internal/kernel/access"
	"reisgezel/internal/kernel/clock"
	"reisgezel/internal/kernel/db"
)

// demoItem is something in a dossier of the demonstration. Day is in days from now; of a commitment made is when it was made.
type demoItem struct {
	kind, who, what, answer, number string
	day, made                       int
	came                            string
}

var demoDossiers = []struct {
	core           Core
	mode, owner    string
	closed         bool
	few            []string
	began, next    int
	bottleneck     int // by its place among those of the demonstration
	items          []demoItem
	running, ended int // days ago
	result         string
	words, came    string
}{
	{core: Core{Demand: "De IND controleert vóór elk gehoor of de tolk de taal van de aanvrager spreekt.", To: "Minister van Asiel en Migratie, IND",
		Why:      "Bij het gehoor zit vaak een tolk die een andere taal spreekt. Het verslag klopt dan niet, en mensen krijgen een afwijzing om wat zij nooit zeiden.",
		Strategy: "Eerst met de IND aan tafel. Komt er geen controle vooraf, dan vragen wij een Kamerlid om een motie bij de begroting."},
		mode: "visible", owner: "u-noor", began: 48, next: 6, bottleneck: 2, running: 30, words: "De IND wil praten. Wij houden de vraag open.",
		items: []demoItem{
			{kind: Ally, who: "Vereniging van tolken", what: "Willen zelf ook dat de taal vooraf klopt, en leveren een lijst van talen en dialecten."},
			{kind: Opponent, who: "Planning van de IND", what: "Een controle vooraf kost te veel tijd en maakt de planning langer.", answer: "Een gehoor dat over moet, kost een hele dag. Een telefoontje vooraf kost vijf minuten."},
			{kind: Talk, who: "Afdeling gehoren van de IND", what: "Zij zien het ook. Zij zoeken uit of het in de planning kan.", day: -26},
			{kind: Asked, who: "Twee leden van de Tweede Kamer", what: "Vragen over het aantal gehoren dat door de tolk is afgebroken.", number: "2026Z18231", day: -17},
			{kind: Media, who: "Regionale krant", what: "Verhaal over een gehoor met de verkeerde tolk, zonder naam van de persoon.", day: -9},
			{kind: Commitment, who: "Afdeling gehoren van de IND", what: "Een voorstel voor een controle van de taal, een week voor elk gehoor.", made: -26, day: 4},
			{kind: Commitment, who: "Minister van Asiel en Migratie", what: "De Kamer krijgt een brief over tolken bij gehoren.", made: -12, day: 33, number: "TZ202611-042"}}},
	{core: Core{Demand: "In elke brief over nareis staat welk team de zaak heeft, met een telefoonnummer.", To: "IND",
		Why: "Mensen wachten maanden en weten niet wie zij kunnen bellen."},
		mode: "behind", owner: "u-marwan", began: 250, next: 0, bottleneck: 0, running: 220, words: "Aangekaart in het vaste overleg.", ended: 60, result: "whole", came: "In tien van de tien nieuwe brieven staat het team en een nummer.",
		items: []demoItem{
			{kind: Letter, who: "IND, directie nareis", what: "Twaalf brieven zonder naam naast elkaar gelegd, met ons voorstel.", day: -205},
			{kind: Commitment, who: "IND, directie nareis", what: "Het nieuwe model van de brief.", made: -180, day: -90, came: "Het model is er en wordt gebruikt."}}},
	{core: Core{Demand: "Gezinnen met kinderen slapen nooit meer op de grond bij aankomst.", To: "COA, gemeente",
		Why:      "In de aankomsthal zijn te weinig bedden. Kinderen slapen er een of twee nachten zonder bed.",
		Strategy: "Een wethouder helpt ons en wil niet genoemd worden. Niets naar buiten tot zij zelf iets zegt."},
		mode: "behind", owner: "u-noor", closed: true, few: []string{"u-amira", "u-els"}, began: 15, next: 3, bottleneck: 3, running: 10, words: "Eerste gesprek goed verlopen.",
		items: []demoItem{
			{kind: Talk, who: "Wethouder", what: "Zij regelt dertig bedden als het COA de ruimte geeft.", day: -10},
			{kind: Commitment, who: "COA, locatiemanager", what: "Antwoord of de ruimte vrij is.", made: -8, day: 2}}},
}

// Demo writes them. Bottlenecks tells which there are, the oldest first.
func (s *Advocacy) Demo(ctx context.Context, tx *db.Tx, now time.Time, bottlenecks func(context.Context, *db.Tx) ([]string, error)) error {
	ids, err := bottlenecks(ctx, tx)
	if err != nil {
		return err
	}
	real := tx.Now
	defer func() { tx.Now = real }()
	today := clock.Today(now)
	ago := func(days int) { tx.Now = now.AddDate(0, 0, -days) }
	if err := s.demoCalendar(ctx, tx, today, "", demoEvents); err != nil {
		return err
	}
	if err := s.demoInterests(ctx, tx, today); err != nil {
		return err
	}
	for _, x := range demoDossiers {
		a := access.Actor{Kind: access.Staff, ID: x.owner}
		ago(x.began)
		d := Dossier{State: Prepared, Mode: x.mode, Owner: x.owner, Closed: x.closed, Next: today.AddDays(x.next), Core: x.core, Version: 1}
		if d.ID, err = s.start(ctx, tx, a, d); err != nil {
			return err
		}
		if x.bottleneck < len(ids) {
			if err := s.link(ctx, tx, a, d, ids[x.bottleneck], true); err != nil {
				return err
			}
		}
		for _, c := range x.few {
			if err := s.setKnowers(ctx, tx, a, d, d.Version, c, true); err != nil {
				return err
			}
			d.Version++
		}
		ago(x.running)
		d.State = Running
		if err := s.put(ctx, tx, a, d, d.Version); err != nil {
			return err
		}
		d.Version++
		if err := s.step(ctx, tx, a, Step{Dossier: d.ID, Kind: Turned, State: Running, Words: StepWords{Words: x.words}}); err != nil {
			return err
		}
		for _, i := range x.items {
			ago(max(1, -i.made-i.day*map[bool]int{true: 1}[i.kind != Commitment]))
			item := Item{Kind: i.kind, Said: Said{Who: i.who, What: i.what, Answer: i.answer, Number: i.number}}
			if i.day != 0 {
				item.Day = today.AddDays(i.day)
			}
			if i.kind == Commitment {
				item.State, item.Said.Made, item.Said.Came = Due, today.AddDays(i.made), i.came
				if i.came != "" {
					item.State = Kept
				}
			}
			if err := s.add(ctx, tx, a, d, item); err != nil {
				return err
			}
		}
		if x.closed {
			if err := s.demoCalendar(ctx, tx, today, d.ID, demoSecret); err != nil {
				return err
			}
		}
		if x.ended > 0 {
			ago(x.ended)
			d.State, d.Result, d.Next, d.Ended, d.Core.Came = Ended, x.result, clock.Date{}, clock.Today(tx.Now), x.came
			if err := s.put(ctx, tx, a, d, d.Version); err != nil {
				return err
			}
			if err := s.step(ctx, tx, a, Step{Dossier: d.ID, Kind: Turned, State: Ended, Words: StepWords{Words: x.came}}); err != nil {
				return err
			}
		}
	}
	return nil
}

// demoEvent is something in the calendar of the demonstration; without hours it is a whole day.
type demoEvent struct {
	day                int
	from, until        string
	kind, title, place string
	file               bool
}

var (
	demoEvents = []demoEvent{
		{-6, "10:00", "14:00", "tweede", "Commissiedebat vreemdelingen- en asielbeleid", "Groen van Prinstererzaal", true},
		{1, "14:00", "15:30", "tweede", "Technische briefing nareis", "Thorbeckezaal", true},
		{3, "09:30", "11:00", "court", "Zitting meervoudige kamer: tolken bij gehoren", "Rechtbank Den Haag, Utrecht", false},
		{5, "", "", "eerste", "Stemming begroting asiel", "", true},
		{12, "13:00", "18:00", "tweede", "Begrotingsbehandeling asiel en migratie", "Plenaire zaal", true},
		{20, "09:00", "10:00", "europe", "Arrest over gezinshereniging", "Luxemburg", false},
	}
	demoSecret = []demoEvent{{4, "16:00", "17:00", "council", "Gesprek met de wethouder", "Stadhuis", false}}
)

func (s *Advocacy) demoCalendar(ctx context.Context, tx *db.Tx, today clock.Date, dossier string, es []demoEvent) error {
	for n, x := range es {
		e, fs := (EventInput{Kind: x.kind, Title: x.title, Place: x.place, Day: today.AddDays(x.day).String(), From: x.from, Until: x.until}).Check(today)
		if err := fs.Err(); err != nil {
			return err
		}
		if e.Dossier = dossier; x.file {
			e.Source, e.UID = FromFile, "demo-"+strconv.Itoa(n)+"@voorbeeld.nl"
		}
		if _, err := s.addEvent(ctx, tx, access.Actor{Kind: access.Staff, ID: "u-noor"}, e); err != nil {
			return err
		}
	}
	return nil
}

// demoInterests are who pays the foundation of the demonstration: invented sums of nobody, in the way such things are.
var demoInterests = []struct {
	InterestInput
	since, until int // days from now; an until of nought goes on
}{
	{InterestInput{Party: "Ministerie van Asiel en Migratie", Names: "minister van Asiel en Migratie, AenM", Kind: "grant", What: "Subsidie voor begeleiding in de opvang en bij terugkeer.", Decided: "Raad van toezicht", Apart: "Wie over de subsidie praat, werkt niet aan dossiers over het ministerie. De subsidie heeft geen voorwaarde over wat wij naar buiten brengen."}, -700, 395},
	{InterestInput{Party: "COA", Names: "Centraal Orgaan opvang asielzoekers", Kind: "contract", What: "Ruimte voor het spreekuur op locaties.", Decided: "Directie", Apart: "De regiomanager sluit de afspraken over ruimte. Signalen over locaties gaan buiten die afspraken om."}, -420, 0},
	{InterestInput{Party: "Gemeente Utrecht", Names: "gemeente, wethouder", Kind: "contract", What: "Begeleiding na huisvesting.", Decided: "Directie", Apart: "Het contract is met team Utrecht. Een ander team doet wat wij aan de gemeente vragen."}, -1100, -40},
}

func (s *Advocacy) demoInterests(ctx context.Context, tx *db.Tx, today clock.Date) error {
	for _, x := range demoInterests {
		if x.Since = today.AddDays(x.since).String(); x.until != 0 {
			x.Until = today.AddDays(x.until).String()
		}
		in, fs := x.Check(today)
		if err := fs.Err(); err != nil {
			return err
		}
		if _, err := s.declare(ctx, tx, access.Actor{Kind: access.Staff, ID: "u-els"}, in); err != nil {
			return err
		}
	}
	return nil
}
