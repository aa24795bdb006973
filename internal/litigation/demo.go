package litigation

// This file fills a demonstration with two cases: one that runs, and one that was won.

import (
	"context"
	"time"

	"reisgezel/internal/kernel/access"
	"reisgezel/internal/kernel/clock"
	"reisgezel/internal/kernel/db"
)

// Demo writes them. Bottlenecks tells which there are, the oldest first.
func (s *Litigation) Demo(ctx context.Context, tx *db.Tx, now time.Time, bottlenecks func(context.Context, *db.Tx) ([]string, error)) error {
	ids, err := bottlenecks(ctx, tx)
	if err != nil || len(ids) < 3 {
		return err
	}
	real := tx.Now
	defer func() { tx.Now = real }()
	a, today := access.Actor{Kind: access.Staff, ID: "u-marwan"}, clock.Today(now)
	people := 340
	safe, last, err := s.lent.Term(ctx, tx, "vw-further", today.AddDays(-9))
	if err != nil {
		return err
	}
	for _, x := range []struct {
		c     Case
		began int
		turns []string
		items []Item
	}{
		{Case{Instance: "court", Owner: "u-marwan", Bottleneck: ids[2], Next: today.AddDays(10), Core: Core{Question: "Mag een afwijzing rusten op een gehoor met een tolk die een andere taal spreekt?",
			Why: "Rechtbanken oordelen verschillend. Een uitspraak van de Raad van State helpt iedereen met zo'n verslag.", For: Criteria{Topic: "asylum", Kind: "decision", Against: true}}},
			70, []string{Running},
			[]Item{{Kind: Party, Said: Said{Who: "Een asielzoeker, met een eigen advocaat", What: "Eiser in de voorbeeldzaak."}},
				{Kind: Third, Said: Said{Who: "Vereniging van tolken", What: "Brief aan de rechtbank over talen en dialecten."}},
				{Kind: Abroad, Said: Said{Who: "Zusterorganisatie in België", What: "Delen hun uitspraken over hetzelfde."}},
				{Kind: Judgment, Day: today.AddDays(-9), Said: Said{Who: "Rechtbank Den Haag, zitting Utrecht", Outcome: "lost", What: "De rechtbank vindt dat het verslag mag meetellen."}},
				{Kind: Deadline, State: Due, Day: last, Said: Said{Who: "Hoger beroep indienen", Rule: "vw-further", Law: "Vw 2000 art. 69 lid 1 en 85", From: today.AddDays(-9), Safe: safe}},
				{Kind: Hearing, Day: today.AddDays(3), Said: Said{Who: "Zitting meervoudige kamer in een tweede zaak", What: "Utrecht, 9.30 uur."}}}},
		{Case{Instance: "council", Owner: "u-marwan", Bottleneck: ids[0], Core: Core{Question: "Moet de IND binnen een vaste termijn zeggen wie een zaak over nareis heeft?", Why: "Mensen wachten maanden en kunnen niemand bellen.",
			People: &people, Changes: "In elke brief staat een team met een telefoonnummer.", Told: "De rechter gaf ons gelijk: in brieven moet staan welk team uw zaak heeft."}},
			300, []string{Running, Judged, Closed},
			[]Item{{Kind: Judgment, Day: today.AddDays(-80), Said: Said{Who: "Afdeling bestuursrechtspraak van de Raad van State", Outcome: "won", What: "De IND moet het in elke brief zeggen."}}}},
	} {
		x.c.State = Explored
		tx.Now = now.AddDate(0, 0, -x.began)
		id, err := s.start(ctx, tx, a, x.c)
		if err != nil {
			return err
		}
		x.c.ID = id
		for n, to := range x.turns {
			tx.Now = now.AddDate(0, 0, -x.began+20*(n+1))
			if x.c.State = to; to == Closed {
				x.c.Next = clock.Date{}
			}
			if err := s.put(ctx, tx, x.c, int64(n+1)); err != nil {
				return err
			}
			if err := s.step(ctx, tx, a, Step{Matter: id, Kind: Turned, State: to, Words: StepWords{Words: "Besproken in het juridisch overleg."}}); err != nil {
				return err
			}
		}
		for _, i := range x.items {
			if err := s.add(ctx, tx, a, x.c, i); err != nil {
				return err
			}
		}
	}
	return nil
}

// DemoWish asks the colleagues of the people of the demonstration, after they are there.
func (s *Litigation) DemoWish(ctx context.Context, tx *db.Tx) error {
	cs, err := s.cases(ctx, tx, db.F(`state = 'running'`))
	if err != nil || len(cs) == 0 {
		return err
	}
	c, a := cs[0], access.Actor{Kind: access.Staff, ID: "u-marwan"}
	n, err := s.lent.Count(ctx, tx, c.Core.For)
	if err != nil {
		return err
	}
	shown, small := Shown(n)
	if err := s.step(ctx, tx, a, Step{Matter: c.ID, Kind: Counted, State: c.State, Words: StepWords{For: &c.Core.For, Shown: shown, Small: small}}); err != nil {
		return err
	}
	const why = "Wij zoeken een tweede zaak waarin het verslag van het gehoor niet klopt door de tolk. De advocaat blijft dezelfde; wij betalen wat erbij komt."
	if err := s.lent.Wish(ctx, tx, c.ID, c.Core.Question, why, c.Core.For); err != nil {
		return err
	}
	return s.step(ctx, tx, a, Step{Matter: c.ID, Kind: Wished, State: c.State, Words: StepWords{Words: why}})
}
