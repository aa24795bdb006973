package procedure

// This file gives the people of a demonstration their procedures: coherent stories with dates relative to today, the same
// every time.

import (
	"context"
	"hash/fnv"
	"slices"
	"time"

	"reisgezel/internal/dossier"
	"reisgezel/internal/kernel/clock"
	"reisgezel/internal/kernel/db"
)

// beat is one event of a story: so many days ago.
type beat struct {
	kind    string
	ago     int
	outcome string
	route   string
	how     How
	extend  Term
}

// story is one kind of procedure that people in a demonstration have. loose says by how many days the whole of it may lie
// earlier, so that not everybody has the same dates.
type story struct {
	share int // of a hundred people of this sort
	loose int
	beats []beat
}

var (
	waiting = []beat{{kind: "registered", ago: 292}, {kind: "lodged", ago: 290}, {kind: "interview_report", ago: 64, route: "va"},
		{kind: "intention", ago: 49, route: "va", how: ToLawyer}, {kind: "response_sent", ago: 24}}
	// longer and still are of people whose authority took more time, or waits for papers.
	longer   = append(slices.Clone(waiting), beat{kind: "extended", ago: 130, how: Sent, extend: Term{N: 9, Unit: Months}})
	still    = []beat{{kind: "registered", ago: 122}, {kind: "lodged", ago: 120}, {kind: "interview_report", ago: 64, route: "va"}, {kind: "paused", ago: 16, how: Sent}}
	intended = []beat{{kind: "registered", ago: 302}, {kind: "lodged", ago: 300}, {kind: "interview_report", ago: 40, route: "va"},
		{kind: "intention", ago: 10, route: "va", how: ToLawyer}}
	refused = []beat{{kind: "registered", ago: 402}, {kind: "lodged", ago: 400}, {kind: "interview_report", ago: 90, route: "va"},
		{kind: "decision", ago: 6, outcome: "rejected", route: "va", how: Sent}}
	appealed = []beat{{kind: "registered", ago: 602}, {kind: "lodged", ago: 600}, {kind: "decision", ago: 70, outcome: "rejected", route: "va", how: Sent},
		{kind: "appeal_lodged", ago: 50}}
	granted = []beat{{kind: "registered", ago: 622}, {kind: "lodged", ago: 620}, {kind: "interview_report", ago: 60, route: "va"},
		{kind: "decision", ago: 5, outcome: "granted", route: "va", how: Sent}}
	reunited = []beat{{kind: "registered", ago: 702}, {kind: "lodged", ago: 700}, {kind: "decision", ago: 160, outcome: "granted", route: "va", how: Sent},
		{kind: "family_applied", ago: 120}}
	arrived  = []beat{{kind: "registered", ago: 2}}
	prepares = []beat{{kind: "registered", ago: 52}, {kind: "lodged", ago: 44}}
	heard    = []beat{{kind: "registered", ago: 122}, {kind: "lodged", ago: 110}, {kind: "interview_report", ago: 30}, {kind: "corrections_sent", ago: 18}}
)

// stories are what people of each sort of the demonstration have; who is left over has no procedure on file.
var stories = map[string][]story{
	"asylum-pact": {{4, 12, arrived}, {56, 60, prepares}, {40, 30, heard}},
	"asylum-old":  {{50, 90, waiting}, {30, 90, longer}, {5, 30, still}, {5, 16, intended}, {10, 90, appealed}},
	"permit":      {{25, 70, granted}, {50, 400, reunited}},
	"family":      {{30, 70, granted}, {70, 300, reunited}},
	"refused":     {{8, 18, refused}, {92, 120, appealed}},
}

// named are the procedures of the people that the pages of the design know.
var named = map[string][]beat{
	"p-selam": waiting,
	"p-reem": {{kind: "registered", ago: 302}, {kind: "lodged", ago: 300}, {kind: "interview_report", ago: 47, route: "va"},
		{kind: "intention", ago: 19, route: "va", how: ToLawyer}},
	"p-farzaneh": {{kind: "registered", ago: 12}},
	"p-ahmad": {{kind: "registered", ago: 662}, {kind: "lodged", ago: 660}, {kind: "interview_report", ago: 100, route: "va"},
		{kind: "decision", ago: 58, outcome: "granted", route: "va", how: Sent}},
	"p-yusuf": {{kind: "registered", ago: 1802}, {kind: "lodged", ago: 1800}, {kind: "decision", ago: 1690, outcome: "granted", route: "va", how: Sent},
		{kind: "family_applied", ago: 1640}},
	"p-giorgi": nil, // goes back, see below
	"p-oksana": nil, // temporary protection, no asylum procedure
	"p-maksym": nil,
	"p-hamid": {{kind: "registered", ago: 502}, {kind: "lodged", ago: 500}, {kind: "interview_report", ago: 95, route: "va"},
		{kind: "decision", ago: 15, outcome: "rejected", route: "va", how: Sent}},
	"p-mebrahtu": heard,
}

// tale is a procedure that somebody has besides.
type tale struct {
	topic Topic
	beats []beat
}

// more are the other procedures of the people that the pages of the design know.
var more = map[string][]tale{
	"p-ahmad": {{"objection", []beat{{kind: "requested", ago: 75}, {kind: "decision", ago: 26, outcome: "rejected", how: Sent}}}},
	"p-yusuf": {{"permit", []beat{{kind: "permit_from", ago: 1690, route: "asylum", how: Sent}, {kind: "permit_until", ago: -195, route: "asylum"}}},
		{"nationality", []beat{{kind: "residence_since", ago: 1690, route: "general"}}}},
	"p-giorgi": {{Return, []beat{{kind: "return_choice", ago: 60, outcome: "undecided"}, {kind: "return_choice", ago: 40, outcome: "wants_return"}, {kind: "partner_joined", ago: 32}}}},
	"p-oksana": {{"ukraine", []beat{{kind: "protected", ago: 1500, route: "ukrainian"}}}},
}

// agreements are next steps that were agreed on: so many days ahead.
var agreements = map[string]struct {
	who   Party
	ahead int
	what  string
}{
	"p-reem":  {Lawyer, 5, "Mr. De Graaf belt Reem over de zienswijze."},
	"p-ahmad": {Us, 6, "Bewijs van de kosten opvragen bij de huisbaas."},
}

// storyOf chooses a person's story by their id, so that the same people have the same stories every time.
func storyOf(id, sort string) (beats []beat, shift int) {
	if beats, ok := named[id]; ok {
		return beats, 0
	}
	h := fnv.New32a()
	_, _ = h.Write([]byte(id))
	n := h.Sum32()
	pick := int(n % 100)
	for _, s := range stories[sort] {
		if pick < s.share {
			return s.beats, int(n/100) % (s.loose + 1)
		}
		pick -= s.share
	}
	return nil, 0
}

// Demo gives the people of a demonstration their procedures, in one large transaction of the caller.
func (p *Procedure) Demo(ctx context.Context, tx *db.Tx, people []dossier.DemoPerson, now time.Time) error {
	today := clock.Today(now)
	for _, x := range people {
		beats, shift := storyOf(x.ID, x.Story)
		owner := x.Legal
		if owner == "" || x.Story == "permit" && x.N >= dossier.DemoHeroes {
			owner = x.Caseworker // who has a permit is no longer with a legal caseworker
		}
		tales := more[x.ID]
		if len(beats) > 0 {
			tales = append([]tale{{Asylum, beats}}, tales...)
		}
		for i, t := range tales {
			id, report := db.ID("tr", now), ""
			if i == 0 {
				id, report = x.Course(), x.Report()
			}
			err := p.demoTrack(ctx, tx, report, Track{ID: id, Person: x.ID, Topic: t.topic, Owner: owner, Team: x.Team}, t.beats, today.AddDays(-shift), now)
			if err != nil {
				return err
			}
			if a, ok := agreements[x.ID]; ok && i == len(tales)-1 {
				if _, err := agree(ctx, tx, Agreed{Track: id, Person: x.ID, Party: a.who, Day: today.AddDays(a.ahead), MadeBy: owner}, x.Key, a.what); err != nil {
					return err
				}
			}
		}
	}
	return p.demoRules(ctx, tx, now)
}

// demoTrack writes one story: its events as recorded on the day after they happened, one derivation, its deadlines. report is
// the id of the report of an interview, which the room of interviews knows.
func (p *Procedure) demoTrack(ctx context.Context, tx *db.Tx, report string, t Track, beats []beat, today clock.Date, now time.Time) error {
	t.OpenedBy, t.Version = t.Owner, 1
	recorded := func(ago int) time.Time {
		at := today.AddDays(1 - ago).In(clock.Netherlands).Add(10 * time.Hour)
		if at.After(now) {
			return now
		}
		return at
	}
	t.Opened = recorded(beats[0].ago)
	if err := insertTrack(ctx, tx, t); err != nil {
		return err
	}
	var es []Event
	for _, b := range beats {
		e := Event{Kind: b.kind, On: OnDay(today.AddDays(-b.ago)), Outcome: b.outcome, Route: b.route, How: b.how, Extend: b.extend, At: recorded(b.ago)}
		r := recordOf(t, e, Record{}, t.Owner)
		r.ID, r.At = db.ID("ev", e.At), e.At
		if report != "" && e.Kind == "interview_report" {
			r.ID = report
		}
		r.Root, e.ID = r.ID, r.ID
		if _, err := db.Do(ctx, tx, insertEvent(r)); err != nil {
			return err
		}
		es = append(es, e)
	}
	return p.keepFirst(ctx, tx, t, Sorted(es), now, es[len(es)-1].At)
}
