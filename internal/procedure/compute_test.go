package procedure

import (
	"slices"
	"strings"
	"testing"

	"reisgezel/internal/kernel/access"
	"reisgezel/internal/kernel/audit"
	"reisgezel/internal/kernel/clock"
	"reisgezel/internal/kernel/fault"
)

var today = clock.Date{Year: 2026, Month: 11, Day: 24}

// sum is a filled form about an exact day.
func sum(kind, day string, change ...func(*Sum)) Sum {
	s := Sum{Input: Input{Kind: kind, Sure: "exact", Day: day, How: "sent", Route: NotKnown}}
	for _, c := range change {
		c(&s)
	}
	return s
}

func at(fs fault.Fields) string {
	var out []string
	for _, f := range fs {
		out = append(out, f.Name+" "+strings.TrimPrefix(f.Key, "procedure.error."))
	}
	return strings.Join(out, ", ")
}

// sumDates computes a sum and says "term safe last" for each answer.
func sumDates(t *testing.T, b *Rulebook, topic Topic, s Sum) []string {
	t.Helper()
	o, ok := b.Offer(topic, s.Kind, s.Law)
	if !ok {
		t.Fatalf("%s has no %s", topic, s.Kind)
	}
	f, fs := s.Check(b, o, today)
	if len(fs) > 0 {
		t.Fatalf("%s %s: %s", topic, s.Kind, at(fs))
	}
	var out []string
	for _, x := range b.Compute(f, s.Term, today.In(clock.Netherlands)).Deadlines {
		out = append(out, x.Term+" "+x.Safe.String()+" "+x.Last.String())
	}
	return out
}

func TestWhatIsOfferedLeadsToItsTerms(t *testing.T) {
	b := book(t)
	events := 0
	for _, topic := range b.Topics {
		for _, o := range b.Offers(topic.ID) {
			events++
			found := map[string]bool{}
			laws := []string{NotKnown}
			for _, l := range o.Laws {
				laws = append(laws, string(l))
			}
			for _, law := range laws {
				lo, _ := b.Offer(topic.ID, o.ID, law)
				for _, outcome := range append([]string{NotKnown}, lo.Outcomes...) {
					for _, route := range append([]string{NotKnown}, lo.Routes...) {
						for _, day := range []string{"2025-11-18", "2026-11-18"} {
							s := sum(o.ID, day, func(s *Sum) {
								s.Law, s.Outcome, s.Route, s.Given, s.Earlier = law, outcome, route, lo.Given, day
							})
							f, fs := s.Check(b, lo, today)
							if law != NotKnown && strings.Contains(at(fs), "day before") {
								continue // this law did not stand on that day
							}
							if len(fs) > 0 {
								t.Fatalf("%s %s %s %s %s: %s", topic.ID, o.ID, law, outcome, route, at(fs))
							}
							for _, x := range b.Compute(f, "", today.In(clock.Netherlands)).Deadlines {
								found[x.Term] = true
								if x.Event != "e" || !x.Open() || !slices.Contains(o.Terms, x.Term) {
									t.Errorf("%s %s answers %s, which it did not offer or which is over", topic.ID, o.ID, x.Term)
								}
							}
						}
					}
				}
			}
			for _, term := range o.Terms {
				if !found[term] {
					t.Errorf("%s %s offers %s, and no answer gives it", topic.ID, o.ID, term)
				}
			}
		}
	}
	if events < 60 {
		t.Errorf("only %d events are offered", events)
	}
}

func TestSumsWithoutAFile(t *testing.T) {
	b := book(t)
	for name, c := range map[string]struct {
		topic Topic
		in    Sum
		want  string
	}{
		"a rejection under the old law": {Asylum, sum("decision", "2026-11-23", func(s *Sum) { s.Law, s.Outcome, s.Route, s.Term = "VW-OLD", "rejected", "aa", "appeal" }), "appeal 2026-11-30 2026-11-30"},
		"not known in which procedure":  {Asylum, sum("decision", "2026-11-23", func(s *Sum) { s.Law, s.Outcome, s.Route, s.Term = "VW-OLD", "rejected", NotKnown, "appeal" }), "appeal 2026-11-30 2026-12-21"},
		"the day of the application": {Asylum, sum("decision", "2026-11-23", func(s *Sum) {
			s.Law, s.LawDay, s.Outcome, s.Route, s.Term = "day", "2026-02-03", "rejected", "aa", "appeal"
		}), "appeal 2026-11-30 2026-11-30"},
		"between two days": {Asylum, sum("decision", "", func(s *Sum) {
			s.Sure, s.From, s.To, s.Law, s.Outcome, s.Route, s.Term = "between", "2026-11-09", "2026-11-13", "VW-OLD", "rejected", "aa", "appeal"
		}), "appeal 2026-11-16 2026-11-20"},
		"the day is not known": {Asylum, sum("decision", "", func(s *Sum) {
			s.Sure, s.Law, s.Outcome, s.Route, s.Term = NotKnown, "VW-OLD", "rejected", "aa", "appeal"
		}), "appeal  "},
		"a decision term that was longer": {Asylum, sum("lodged", "2026-01-20", func(s *Sum) { s.Extended, s.Term = "P9M", "decide" }), "decide 2027-04-20 2027-04-20"},
		"and stood still":                 {Asylum, sum("lodged", "2026-01-20", func(s *Sum) { s.PausedFrom, s.PausedTo, s.Term = "2026-03-02", "2026-03-12", "decide" }), "decide 2026-07-30 2026-07-30"},
		"and still does":                  {Asylum, sum("lodged", "2026-01-20", func(s *Sum) { s.PausedFrom, s.Term = "2026-03-02", "decide" }), "decide  "},
		"an answer to an objection":       {"aliens_remedies", sum("objection_lodged", "2026-11-10", func(s *Sum) { s.Earlier = "2026-10-26" }), "objection_decide 2027-04-05 2027-04-05"},
		"without the earlier day":         {"aliens_remedies", sum("objection_lodged", "2026-11-10"), "objection_decide  "},
		"a permit that ends next year":    {"permit", sum("permit_until", "2027-06-30", func(s *Sum) { s.Route, s.Term = "asylum", "renew" }), "renew 2027-06-29 2027-06-29"},
		"a day of the solar calendar": {Asylum, sum("decision", "", func(s *Sum) {
			s.Others = map[string]clock.Other{"day": {Calendar: "solar", Day: "۲", Month: "۹", Year: "۱۴۰۵"}}
			s.Law, s.Outcome, s.Route, s.Term = "VW-OLD", "rejected", "aa", "appeal"
		}), "appeal 2026-11-30 2026-11-30"},
	} {
		if got := strings.Join(sumDates(t, b, c.topic, c.in), ", "); got != c.want {
			t.Errorf("%s: %s, want %s", name, got, c.want)
		}
	}
}

func TestASumSaysAtWhichFieldItIsWrong(t *testing.T) {
	b := book(t)
	rejected := func(day string, change ...func(*Sum)) Sum {
		return sum("decision", day, append([]func(*Sum){func(s *Sum) { s.Law, s.Outcome, s.Route = "VW-OLD", "rejected", "aa" }}, change...)...)
	}
	for name, c := range map[string]struct {
		topic Topic
		in    Sum
		want  string
	}{
		"nothing wrong":                     {Asylum, rejected("2026-11-23"), ""},
		"no day":                            {Asylum, rejected(""), "day day_missing"},
		"no such day":                       {Asylum, rejected("31-2-2026"), "day day_bad"},
		"tomorrow":                          {Asylum, rejected("2026-11-25"), "day day_future"},
		"no method":                         {Asylum, rejected("2026-11-23", func(s *Sum) { s.How = "" }), "how how"},
		"a method nobody knows":             {Asylum, rejected("2026-11-23", func(s *Sum) { s.How = "pigeon" }), "how how"},
		"no outcome":                        {Asylum, rejected("2026-11-23", func(s *Sum) { s.Outcome = "" }), "outcome outcome"},
		"an outcome of another law":         {Asylum, rejected("2026-11-23", func(s *Sum) { s.Outcome = "granted_refugee" }), "outcome outcome"},
		"a procedure of another law":        {Asylum, rejected("2026-11-23", func(s *Sum) { s.Route = "accelerated" }), "route route"},
		"no law":                            {Asylum, rejected("2026-11-23", func(s *Sum) { s.Law = "" }), "law law"},
		"a law that is none":                {Asylum, rejected("2026-11-23", func(s *Sum) { s.Law = "RWN" }), "law law"},
		"the application after it":          {Asylum, rejected("2026-11-23", func(s *Sum) { s.Law, s.LawDay = "day", "2026-11-24" }), "day before"},
		"before its law":                    {Asylum, sum("decision", "2026-06-01", func(s *Sum) { s.Law, s.Outcome, s.Route = "PACT", "rejected", "normal" }), "day before"},
		"the application tomorrow":          {Asylum, rejected("2026-11-23", func(s *Sum) { s.Law, s.LawDay = "day", "2026-11-25" }), "law_day day_future, day before"},
		"the day of the application missed": {Asylum, rejected("2026-11-23", func(s *Sum) { s.Law = "day" }), "law_day day_missing"},
		"an unknown term":                   {Asylum, rejected("2026-11-23", func(s *Sum) { s.Term = "decide" }), "term term_unknown"},
		"the wrong way round":               {Asylum, rejected("", func(s *Sum) { s.Sure, s.From, s.To = "between", "2026-11-20", "2026-11-10" }), "to between"},
		"a longer term no rule knows":       {Asylum, sum("lodged", "2026-01-20", func(s *Sum) { s.Extended = "P7M" }), "extended extend"},
		"stood still before it began":       {Asylum, sum("lodged", "2026-01-20", func(s *Sum) { s.PausedFrom = "2026-01-02" }), "paused_from before"},
		"ran again before it stood still":   {Asylum, sum("lodged", "2026-01-20", func(s *Sum) { s.PausedFrom, s.PausedTo = "2026-03-02", "2026-03-01" }), "paused_to between"},
		"ran again without standing still":  {Asylum, sum("lodged", "2026-01-20", func(s *Sum) { s.PausedTo = "2026-03-01" }), "paused_from paused"},
		"month 13 of the solar calendar": {Asylum, rejected("", func(s *Sum) {
			s.Others = map[string]clock.Other{"day": {Calendar: "solar", Day: "1", Month: "13", Year: "1405"}}
		}), "day_day ui.day.none"},
		"no day in the other calendar": {Asylum, rejected("", func(s *Sum) {
			s.Others = map[string]clock.Other{"day": {Calendar: "ethiopian", Day: "", Month: "3", Year: "2019"}}
		}), "day_day ui.day.none"},
		"two different days": {Asylum, rejected("2026-11-20", func(s *Sum) {
			s.Others = map[string]clock.Other{"day": {Calendar: "solar", Day: "2", Month: "9", Year: "1405"}}
		}), "day_day ui.day.two"},
		"the same day twice": {Asylum, rejected("2026-11-23", func(s *Sum) {
			s.Others = map[string]clock.Other{"day": {Calendar: "solar", Day: "2", Month: "9", Year: "1405"}}
		}), ""},
		"the earlier day is later": {"aliens_remedies", sum("objection_lodged", "2026-11-10", func(s *Sum) { s.Earlier = "2026-11-11" }), "earlier after"},
	} {
		o, ok := b.Offer(c.topic, c.in.Kind, c.in.Law)
		if !ok {
			t.Fatal(c.in.Kind)
		}
		if _, fs := c.in.Check(b, o, today); at(fs) != c.want {
			t.Errorf("%s: %q, want %q", name, at(fs), c.want)
		}
	}
}

func TestALooseTerm(t *testing.T) {
	cal := book(t).Calendar
	for name, c := range map[string]struct {
		in   Loose
		want string
	}{
		"six weeks":             {Loose{Input: Input{Day: "2026-11-16"}, Term: "P6W|roll=ATW"}, "2026-12-28 2026-12-28"},
		"over Christmas":        {Loose{Input: Input{Day: "13-11-2026"}, Term: "P6W|roll=ATW"}, "2026-12-25 2026-12-28"},
		"a day that is vouched": {Loose{Input: Input{Day: "2026-11-16"}, Term: "P6W|roll=ATW", Equated: "2026-12-28 29-12-2026"}, "2026-12-28 2026-12-30"},
		"an Ethiopian day":      {Loose{Input: Input{Others: map[string]clock.Other{"day": {Calendar: "ethiopian", Day: "7", Month: "3", Year: "2019"}}}, Term: "P1D"}, "2026-11-17 2026-11-17"},
		"nothing":               {Loose{}, "day day_needed, term term.shape"},
		"a day of the thirties": {Loose{Input: Input{Day: "1935-01-01"}, Term: "P1D"}, "day day_calendar"},
		"beyond the calendar":   {Loose{Input: Input{Day: "2026-11-16"}, Term: "P100Y|roll=EU"}, "term end_calendar"},
		"no such equated day":   {Loose{Input: Input{Day: "2026-11-16"}, Term: "P1W", Equated: "Kerst"}, "equated equated"},
		"hours":                 {Loose{Input: Input{Day: "2026-11-16"}, Term: "PT48H"}, "term term.hours"},
		"no unit":               {Loose{Input: Input{Day: "2026-11-16"}, Term: "P48H"}, "term term.unit"},
		"no number":             {Loose{Input: Input{Day: "2026-11-16"}, Term: "PxW"}, "term term.number"},
		"for ever":              {Loose{Input: Input{Day: "2026-11-16"}, Term: "P999Y"}, "term term.long"},
		"working days back":     {Loose{Input: Input{Day: "2026-11-16"}, Term: "-WD3"}, "term term.workdays"},
		"said twice":            {Loose{Input: Input{Day: "2026-11-16"}, Term: "P1W|roll=EU|roll=EU"}, "term term.twice"},
		"plus a year and more":  {Loose{Input: Input{Day: "2026-11-16"}, Term: "P1W|plus=900"}, "term term.plus"},
		"a part nobody knows":   {Loose{Input: Input{Day: "2026-11-16"}, Term: "P1W|roll=BGB"}, "term term.part"},
		"min2 alone":            {Loose{Input: Input{Day: "2026-11-16"}, Term: "P1W|min2"}, "term term.min2"},
		"after for weeks":       {Loose{Input: Input{Day: "2026-11-16"}, Term: "P1W|after"}, "term term.after"},
	} {
		a, fs := c.in.Compute(cal)
		got := at(fs)
		if len(fs) == 0 {
			got = a.End.Bare.String() + " " + a.End.Last.String()
		}
		if got != c.want {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
	texts := catalogue(t)
	for _, key := range []string{"shape", "hours", "unit", "number", "long", "workdays", "twice", "plus", "part", "min2", "after"} {
		for _, tag := range []string{"nl", "en"} {
			if !texts.Has(tag, "procedure.error.term."+key) {
				t.Errorf("%s has no words for a term that is wrong by %s", tag, key)
			}
		}
	}
}

func TestATermIsComputedWithoutAFile(t *testing.T) {
	each(t, func(b *bench) {
		h := b.house()
		ria := h.As(b.actor("Ria"))
		before, _, err := audit.Head(b.t.Context(), b.d)
		if err != nil {
			b.t.Fatal(err)
		}
		b.mustSay(ria.Get("/termijn"), "Termijn berekenen", "Beschikking bekendgemaakt", "Beroep instellen", "/termijn?gebeurtenis=decision&amp;zaak=asylum")
		b.mustSay(ria.Get("/termijn?zaak=asylum&gebeurtenis=decision"), "Welk recht geldt?", "Aanvraag ingediend tot en met do 11 jun 2026", "law=VW-OLD")
		form := ria.Get("/termijn?zaak=asylum&gebeurtenis=decision&law=VW-OLD")
		b.mustSay(form, "Toegezonden", "Algemene asielprocedure (AA)", `method="get"`)
		b.mustNotSay(form, `method="post" action="/termijn`, "Versnelde procedure", "(a-status)")

		const asked = "/termijn?zaak=asylum&gebeurtenis=decision&reken=1&law=VW-OLD&sure=exact&day=2026-11-23&how=sent&outcome=rejected&route=aa"
		all := ria.Get(asked)
		b.mustSay(all, "Beroep instellen", "Vertrektermijn", "Vw 2000 art. 69 lid 2", "https://wetten.overheid.nl/BWBR0011823", "asylum_old@", "Nog niet bevestigd door een jurist",
			"De dag zelf telt niet mee. De termijn begint op di 24 nov 2026.", "Per post is op tijd", "term=appeal")
		one := ria.Get(asked + "&term=appeal")
		b.mustSay(one, "Beroep instellen", "ma 30 nov 2026", "Alle termijnen na deze gebeurtenis")
		b.mustNotSay(one, `id="t-departure"`)

		wrong := ria.Get("/termijn?zaak=asylum&gebeurtenis=decision&reken=1&law=VW-OLD&sure=exact&day=31-02-2026&how=&outcome=rejected&route=aa")
		if wrong.Code != 422 {
			b.t.Errorf("a day that does not exist answers %d", wrong.Code)
		}
		b.mustSay(wrong, `value="31-02-2026"`, "Deze dag bestaat niet", "Kies hoe het is bekendgemaakt", `value="rejected" checked`)
		for _, path := range []string{"/termijn?zaak=asylum&gebeurtenis=birthday", "/termijn?zaak=asylum&gebeurtenis=decision&law=RWN"} {
			if a := ria.Get(path); a.Code != 422 {
				b.t.Errorf("%s answers %d", path, a.Code)
			}
		}
		late := ria.Get("/termijn?zaak=asylum&gebeurtenis=decision&reken=1&law=day&law_day=2026-11-20&sure=exact&day=2026-11-19&how=sent&outcome=rejected&route=unknown")
		b.mustSay(late, "Dit kan niet voor &#34;aanvraag ingediend&#34; op vr 20 nov 2026")

		loose := ria.Get("/termijn/los?reken=1&day=2026-11-13&term=P6W%7Croll%3DATW")
		b.mustSay(loose, "ma 28 dec 2026", "vr 25 dec 2026", "Eerste Kerstdag", "https://wetten.overheid.nl/BWBR0002448", "Dit is alleen rekenwerk")
		if a := ria.Get("/termijn/los?reken=1&day=2026-11-13&term=P6Q"); a.Code != 422 || !strings.Contains(a.Body, `value="P6Q"`) {
			b.t.Errorf("a term that is none answers %d", a.Code)
		}

		// Nothing is kept and nobody is named: the log says nothing of it.
		if seq, _, err := audit.Head(b.t.Context(), b.d); err != nil || seq != before {
			b.t.Errorf("%d entries in the log, there were %d, %v", seq, before, err)
		}
		outsider := access.Actor{Kind: access.Staff, ID: "u-x", Posts: []access.Post{{Role: access.Privacy, Scope: access.Scope{Kind: access.National}}}}
		for _, path := range []string{"/termijn", "/termijn/los"} {
			if a := h.As(outsider).Get(path); a.Code != 404 {
				b.t.Errorf("who helps nobody gets %d at %s", a.Code, path)
			}
		}
	})
}
