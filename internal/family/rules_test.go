package family

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"reisgezel/internal/dossier"
	"reisgezel/internal/kernel/clock"
)

var (
	on    = clock.On
	today = on(2026, 11, 24)
)

func born(y, m, d int) []dossier.Birth {
	return []dossier.Birth{{Year: y, Month: m, Day: d, Source: "person"}}
}

// fam is a family of members bound to the person, each as "id role form certainty".
func fam(members ...string) Family {
	var f Family
	for i, s := range members {
		w := strings.Fields(s + " - -")
		f.Members = append(f.Members, Member{ID: w[0], Name: w[0], Coming: "yes", Answers: map[string]string{}})
		t := TieOf(w[0], w[1], Own)
		t.ID, t.Form, t.Certainty = fmt.Sprint("t", i), w[2], w[3]
		if t.Form == "-" {
			t.Form = ""
		}
		if t.Certainty == "-" {
			t.Certainty = "documented"
		}
		f.Ties = append(f.Ties, t)
	}
	return f
}

// law is what one law says.
func law(t testing.TB, f Family, id string, s Sponsor, regime string) Finding {
	t.Helper()
	for _, x := range f.Count(id, s, today) {
		if x.Regime == regime {
			return x
		}
	}
	t.Fatalf("%s says nothing of %s", regime, id)
	return Finding{}
}

func keys(f Finding) []string {
	var out []string
	for _, w := range f.Why {
		out = append(out, w.Key)
	}
	return out
}

// The application counts, and not today: a child that turns eighteen the day after it counts, the day before it does not.
func TestTheAgeOnTheDayOfTheApplicationCounts(t *testing.T) {
	applied := on(2026, 6, 15)
	for _, c := range []struct {
		name         string
		birth        []dossier.Birth
		lodged       clock.Date
		rule, answer string
		asks         string
	}{
		{"eighteen the day after the application", born(2008, 6, 16), on(2025, 1, 10), "old-child", Counts, ""},
		{"eighteen on the day itself", born(2008, 6, 15), on(2025, 1, 10), "old-child-then", Conditions, ""},
		{"eighteen the day before", born(2008, 6, 14), on(2025, 1, 10), "old-child-then", Conditions, ""},
		{"eighteen the day after the application for asylum", born(2007, 1, 11), on(2025, 1, 10), "old-child-then", Conditions, ""},
		{"eighteen on the day of that", born(2007, 1, 10), on(2025, 1, 10), "old-grown", Conditions, "always_lived"},
		{"eighteen before both, and nobody knows when asylum was asked", born(2007, 1, 10), clock.Date{}, "old-child", Unknown, "lodged"},
		{"a minor anyway, whenever asylum was asked", born(2015, 1, 10), clock.Date{}, "old-child", Counts, ""},
		{"the year only, which leaves it open", born(2008, 0, 0), on(2025, 1, 10), "old-child", Unknown, "birth"},
		{"the year only, and it is enough", born(2012, 0, 0), on(2025, 1, 10), "old-child", Counts, ""},
		{"nobody knows when", nil, on(2025, 1, 10), "old-child", Unknown, "birth"},
		{"two sources that differ about it", append(born(2007, 1, 1), born(2009, 5, 1)...), on(2025, 1, 10), "old-child", Unknown, "birth"},
		{"an adult for long", born(1990, 1, 10), on(2025, 1, 10), "old-grown", Conditions, "dependent"},
	} {
		f := fam("kid child biological")
		f.Members[0].Births = c.birth
		x := law(t, f, "kid", Sponsor{Lodged: c.lodged, Applied: applied}, OldLaw)
		if x.ID != c.rule || x.Verdict != c.answer || c.asks != "" && !slices.Contains(x.Asks, c.asks) || c.asks == "" && len(x.Asks) > 0 {
			t.Errorf("%s: %s says %s and asks %v, not %s %s %q", c.name, x.ID, x.Verdict, x.Asks, c.rule, c.answer, c.asks)
		}
		if !x.Before.IsZero() {
			t.Errorf("%s: the application is in, and it says to apply before %s", c.name, x.Before)
		}
	}
}

func TestAsLongAsNothingIsAppliedForItSaysBeforeWhen(t *testing.T) {
	f := fam("kid child biological")
	f.Members[0].Births = born(2008, 12, 24)
	x := law(t, f, "kid", Sponsor{Lodged: on(2026, 2, 1)}, OldLaw)
	if x.Verdict != Counts || x.Before != on(2026, 12, 24) || !slices.Contains(keys(x), "age.today") {
		t.Errorf("%+v", x)
	}
	f.Members[0].Births = born(2008, 11, 24) // eighteen today
	if x := law(t, f, "kid", Sponsor{Lodged: on(2026, 2, 1)}, OldLaw); x.Verdict != Conditions || !x.Before.IsZero() {
		t.Errorf("%+v", x)
	}
}

func TestWhoCounts(t *testing.T) {
	s := Sponsor{Lodged: on(2025, 1, 10), Entered: on(2025, 1, 8), Applied: on(2026, 6, 15), Births: born(1988, 5, 14)}
	young := s
	young.Births = born(2009, 3, 1)
	with := func(s Sponsor, status string) Sponsor { s.Status = status; return s }
	early, late := on(2015, 3, 3), on(2025, 9, 1)
	for _, c := range []struct {
		name    string
		s       Sponsor
		who     string
		since   clock.Date
		birth   []dossier.Birth
		answers string
		regime  string
		rule    string
		verdict string
	}{
		{"a wife", s, "x partner marriage", early, nil, "", OldLaw, "old-spouse", Counts},
		{"a wife, only a word for it", s, "x partner marriage stated", early, nil, "", OldLaw, "old-spouse", Conditions},
		{"a wife, married since", s, "x partner marriage", late, nil, "", OldLaw, "old-spouse", Not},
		{"a wife, nobody knows since when", s, "x partner marriage", clock.Date{}, nil, "", OldLaw, "old-spouse", Conditions},
		{"a wife, since before", s, "x partner marriage", clock.Date{}, nil, "before_entry=yes", OldLaw, "old-spouse", Counts},
		{"a traditional marriage", s, "x partner traditional", early, nil, "", OldLaw, "old-spouse", Conditions},
		{"a traditional marriage that is valid there", s, "x partner traditional", early, nil, "marriage_valid=yes", OldLaw, "old-spouse", Counts},
		{"a traditional marriage that is not", s, "x partner traditional", early, nil, "marriage_valid=no", OldLaw, "old-partner", Conditions},
		{"unmarried", s, "x partner unmarried", early, nil, "", OldLaw, "old-partner", Conditions},
		{"unmarried, not lasting", s, "x partner unmarried", early, nil, "lasting=no", OldLaw, "old-partner", Not},
		{"a wife who was seventeen", s, "x partner marriage", early, born(2009, 1, 1), "", OldLaw, "old-spouse", Conditions},
		{"a foster child", s, "x child foster", early, born(2012, 1, 2), "", OldLaw, "old-foster", Conditions},
		{"a foster child, not cared for as one's own", s, "x child foster", early, born(2012, 1, 2), "cared=no", OldLaw, "old-foster", Not},
		{"an adopted child", s, "x child adopted", early, born(2012, 1, 2), "adoption_valid=yes", OldLaw, "old-child", Counts},
		{"a niece under guardianship", s, "x ward", early, born(2012, 1, 2), "", OldLaw, "old-foster", Conditions},
		{"a grown son", s, "x child biological", clock.Date{}, born(2004, 1, 2), "own_family=yes dependent=no", OldLaw, "old-grown", Not},
		{"a grown son at home", s, "x child biological", clock.Date{}, born(2004, 1, 2), "own_family=no own_income=no always_lived=yes", OldLaw, "old-grown", Conditions},
		{"a mother, of an adult", s, "x parent biological", clock.Date{}, nil, "", OldLaw, "old-parents", Not},
		{"a mother, of a minor who is alone", young, "x parent biological", clock.Date{}, nil, "alone=yes", OldLaw, "old-parents", Counts},
		{"a mother, of a minor who is not alone", young, "x parent biological", clock.Date{}, nil, "alone=no", OldLaw, "old-parents", Not},
		{"a brother", s, "x sibling", clock.Date{}, born(2012, 1, 2), "", OldLaw, "old-none", Not},
		{"a grandmother", s, "x grandparent", clock.Date{}, nil, "", OldLaw, "old-none", Not},

		{"a wife of a refugee", with(s, "refugee"), "x partner marriage", early, nil, "", TwoStatus, "two-core", Counts},
		{"a wife of somebody with subsidiary protection", with(s, "subsidiary"), "x partner marriage", early, nil, "", TwoStatus, "two-wait", Conditions},
		{"a wife, status unknown", s, "x partner marriage", early, nil, "", TwoStatus, "two-core", Unknown},
		{"unmarried, of a refugee", with(s, "refugee"), "x partner unmarried", early, nil, "", TwoStatus, "two-circle", Unknown},
		{"unmarried, of somebody with subsidiary protection", with(s, "subsidiary"), "x partner unmarried", early, nil, "", TwoStatus, "two-none", Not},
		{"a grown son of somebody with subsidiary protection", with(s, "subsidiary"), "x child biological", clock.Date{}, born(2004, 1, 2), "", TwoStatus, "two-none", Not},
		{"a minor of somebody with subsidiary protection", with(s, "subsidiary"), "x child biological", clock.Date{}, born(2014, 1, 2), "", TwoStatus, "two-wait", Conditions},
		{"a mother of a minor", young, "x parent biological", clock.Date{}, nil, "alone=yes", TwoStatus, "two-parents", Unknown},
		{"a brother", with(s, "refugee"), "x sibling", clock.Date{}, nil, "", TwoStatus, "two-none", Not},

		{"a wife", s, "x partner marriage", late, nil, "", Regular, "regular-partner", Conditions},
		{"a grown son", s, "x child biological", clock.Date{}, born(2004, 1, 2), "", Regular, "regular-none", Not},
		{"a brother", s, "x sibling", clock.Date{}, nil, "", Life, "life", Unknown},
		{"a brother who depends on her", s, "x sibling", clock.Date{}, nil, "dependent=yes", Life, "life", Conditions},
		{"a brother who does not", s, "x sibling", clock.Date{}, nil, "dependent=no", Life, "life-none", Not},
	} {
		f := fam(c.who)
		f.Ties[0].Since, f.Members[0].Births = c.since, c.birth
		for _, a := range strings.Fields(c.answers) {
			q, yes, _ := strings.Cut(a, "=")
			f.Members[0].Answers[q] = yes
		}
		x := law(t, f, "x", c.s, c.regime)
		if x.ID != c.rule || x.Verdict != c.verdict {
			t.Errorf("%s: %s %s %s (%v; asks %v), not %s %s", c.name, c.regime, x.ID, x.Verdict, keys(x), x.Asks, c.rule, c.verdict)
		}
	}
}

func TestWhatEndsEveryRule(t *testing.T) {
	s := Sponsor{Lodged: on(2025, 1, 10), Applied: on(2026, 6, 15), Status: "refugee"}
	all := func(name string, f Family, verdict string) {
		fs := f.Count("x", s, today)
		if len(fs) != len(Regimes) {
			t.Errorf("%s: %d laws", name, len(fs))
		}
		for _, x := range fs {
			if x.Verdict != verdict {
				t.Errorf("%s: %s says %s", name, x.Regime, x.Verdict)
			}
		}
	}
	f := fam("x partner marriage")
	f.Members[0].Where.State = Died
	all("who died", f, Not)
	f = fam("x partner marriage")
	f.Ties[0].Until = on(2026, 1, 1)
	all("a marriage that is over", f, Not)
	f = fam("x partner marriage")
	f.Ties = nil
	all("bound to nobody", f, Unknown)
	f = fam("x partner marriage")
	f.Ties[0].Since, f.Members[0].Where.State = on(2015, 1, 1), Missing
	if x := law(t, f, "x", s, OldLaw); x.Verdict != Conditions || !slices.Contains(keys(x), "missing") {
		t.Errorf("who is missing: %+v", x)
	}
	s.Law = TwoStatus
	if fs := f.Count("x", s, today); len(fs) != 3 || fs[0].Regime != TwoStatus {
		t.Errorf("a law was named, and %d stand", len(fs))
	}
	if (Family{}).Count("x", s, today) != nil {
		t.Error("it says something of nobody")
	}
	two := fam("x partner marriage", "y partner marriage")
	two.Ties[0].Since, two.Ties[1].Since = on(2010, 1, 1), on(2012, 1, 1)
	s.Law = ""
	if x := law(t, two, "x", s, OldLaw); x.Verdict != Conditions || !slices.Contains(x.Asks, "only_partner") {
		t.Errorf("one of two wives: %+v", x)
	}
}

// Whatever is known of somebody, every law that may govern answers, with a rule of its own and a reason.
func TestEveryLawAnswersWhateverIsKnown(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		role := rapid.SampledFrom(Roles).Draw(r, "role")
		f := fam("x " + role)
		if fs := Forms(role); fs != nil {
			f.Ties[0].Form = rapid.SampledFrom(fs).Draw(r, "form")
		}
		f.Ties[0].Certainty = rapid.SampledFrom(Certainties).Draw(r, "certainty")
		f.Members[0].Where.State = rapid.SampledFrom(append([]string{""}, States...)).Draw(r, "state")
		if rapid.Bool().Draw(r, "born") {
			f.Members[0].Births = born(rapid.IntRange(1960, 2026).Draw(r, "year"), rapid.IntRange(0, 12).Draw(r, "month"), 0)
		}
		for _, q := range slices.Concat(Helpful, Harmful) {
			f.Members[0].Answers[q] = rapid.SampledFrom([]string{"", "yes", "no"}).Draw(r, q)
		}
		maybe := func(label string, d clock.Date) clock.Date {
			if rapid.Bool().Draw(r, label) {
				return d
			}
			return clock.Date{}
		}
		s := Sponsor{Lodged: maybe("lodged", on(2025, 1, 10)), Applied: maybe("applied", on(2026, 3, 1)), Entered: maybe("entered", on(2024, 12, 30)),
			Status: rapid.SampledFrom([]string{"", "refugee", "subsidiary", "old_permit"}).Draw(r, "status"), Births: born(rapid.IntRange(1960, 2012).Draw(r, "own"), 0, 0)}
		for _, x := range f.Count("x", s, today) {
			if x.Article == "" || !slices.Contains([]string{Counts, Conditions, Not, Unknown}, x.Verdict) || len(x.Why) == 0 {
				r.Fatalf("%+v", x)
			}
			if x.Verdict == Unknown && len(x.Asks) == 0 {
				r.Fatalf("%s knows not, and asks nothing: %v", x.ID, keys(x))
			}
			if x.Verdict == Counts && x.Confidence == "X" {
				r.Fatalf("%s is not settled, and counts", x.ID)
			}
			for _, q := range x.Asks {
				if !slices.Contains(slices.Concat(Helpful, Harmful, Noted), q) {
					r.Fatalf("%s asks %q, which is no question", x.ID, q)
				}
			}
		}
	})
}

// A helpful yes never makes it worse, and a helpful no never makes it better.
func TestAnAnswerMovesTheVerdictTheRightWay(t *testing.T) {
	rank := map[string]int{Not: 0, Unknown: 1, Conditions: 2, Counts: 3}
	rapid.Check(t, func(r *rapid.T) {
		role := rapid.SampledFrom([]string{Partner, Child, Parent, Ward, Sibling}).Draw(r, "role")
		f := fam("x " + role)
		if fs := Forms(role); fs != nil {
			f.Ties[0].Form = rapid.SampledFrom(fs).Draw(r, "form")
		}
		f.Members[0].Births = born(rapid.IntRange(1998, 2015).Draw(r, "year"), 3, 3)
		s := Sponsor{Lodged: on(2025, 1, 10), Applied: on(2026, 3, 1), Status: "refugee", Births: born(rapid.SampledFrom([]int{1980, 2010}).Draw(r, "own"), 1, 2)}
		q := rapid.SampledFrom(Helpful).Draw(r, "question")
		with := func(a string) map[string]int {
			f.Members[0].Answers[q] = a
			out := map[string]int{}
			for _, x := range f.Count("x", s, today) {
				out[x.Regime] = rank[x.Verdict]
			}
			return out
		}
		no, none, yes := with("no"), with(""), with("yes")
		for _, reg := range Regimes {
			if yes[reg] < none[reg] || none[reg] < no[reg] && !(none[reg] == 1 && no[reg] == 0) && no[reg] > yes[reg] {
				r.Fatalf("%s of a %s, asked %s: no %d, nothing %d, yes %d", reg, role, q, no[reg], none[reg], yes[reg])
			}
			if no[reg] > yes[reg] {
				r.Fatalf("%s of a %s: no to %s is better than yes", reg, role, q)
			}
		}
	})
}

func TestEveryRuleRestsOnAListedSource(t *testing.T) {
	b, err := os.ReadFile(filepath.Join("..", "..", "docs", "sources.md"))
	if err != nil {
		t.Fatal(err)
	}
	seen, used := map[string]bool{}, map[string]bool{}
	for _, r := range Law {
		if seen[r.ID] || r.Article == "" || !slices.Contains(Regimes, r.Regime) {
			t.Errorf("%s stands twice, or rests on nothing", r.ID)
		}
		seen[r.ID] = true
		if !regexp.MustCompile(`(?m)^\| \d+ \| ` + regexp.QuoteMeta(r.Source) + ` \|`).Match(b) {
			t.Errorf("%s cites %s, which docs/sources.md does not list", r.ID, r.Source)
		}
		if !slices.Contains([]string{"V15", "P", "M", "X"}, r.Confidence) {
			t.Errorf("%s has the confidence %q", r.ID, r.Confidence)
		}
		if (r.Confidence == "M") != r.Read.IsZero() {
			t.Errorf("%s is from memory and was read, or was read and has no day", r.ID)
		}
	}
	src, err := os.ReadFile("count.go")
	if err != nil {
		t.Fatal(err)
	}
	for _, m := range regexp.MustCompile(`"((?:old|two|regular|life)-?[a-z-]*)"`).FindAllSubmatch(src, -1) {
		used[string(m[1])] = true
	}
	for id := range seen {
		if !used[id] {
			t.Errorf("the rule %s is never applied", id)
		}
	}
	for id := range used {
		if !seen[id] && strings.Contains(id, "-") {
			t.Errorf("count.go applies %s, which is no rule", id)
		}
	}
}

// drawn is a family that grew tie by tie, of what may be.
func drawn(r *rapid.T) Family {
	f := Family{}
	ids := []string{Own}
	for i := range rapid.IntRange(1, 7).Draw(r, "members") {
		id := fmt.Sprint("m", i)
		f.Members = append(f.Members, Member{ID: id, Name: id})
		ids = append(ids, id)
	}
	for i := range rapid.IntRange(0, 25).Draw(r, "tries") {
		role := rapid.SampledFrom(Roles).Draw(r, "role")
		x := TieOf(rapid.SampledFrom(ids).Draw(r, "a"), role, rapid.SampledFrom(ids).Draw(r, "b"))
		x.ID = fmt.Sprint("t", i)
		if fs := Forms(role); fs != nil {
			x.Form = rapid.SampledFrom(fs).Draw(r, "form")
		}
		if f.Fault(x, nil) == "" {
			f.Ties = append(f.Ties, x)
		}
	}
	return f
}

func TestNobodyIsTheirOwnAncestorAndBothEndsTellTheSame(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		f := drawn(r)
		ids := []string{Own}
		for _, m := range f.Members {
			ids = append(ids, m.ID)
		}
		up := ancestry(f.Ties)
		for _, x := range ids {
			if up.reaches(x, x) {
				r.Fatalf("%q is their own ancestor: %+v", x, f.Ties)
			}
			births := 0
			for _, k := range f.Kin(x) {
				back := false
				for _, l := range f.Kin(k.ID) {
					back = back || l.ID == x && l.Role == Inverse(k.Role) && l.Tie == k.Tie
				}
				if !back {
					r.Fatalf("%q has %q as %s, and not the other way round", x, k.ID, k.Role)
				}
				if k.Role == Parent && k.Tie.Form == "biological" {
					births++
				}
				if k.Role == Partner && (up.reaches(x, k.ID) || up.reaches(k.ID, x)) {
					r.Fatalf("%q and %q are partners and ancestors", x, k.ID)
				}
			}
			if births > 2 {
				r.Fatalf("%q has %d parents by birth", x, births)
			}
		}
		// One more tie that closes a circle is refused wherever it is tried.
		for _, x := range ids {
			for _, y := range ids {
				if x != y && up.reaches(x, y) && f.Fault(Tie{ID: "new", A: x, B: y, Kind: Parent, Form: "foster"}, nil) == "" {
					r.Fatalf("%q may become a parent of their ancestor %q", x, y)
				}
			}
		}
		// The tree shows everybody once.
		seen := map[string]int{}
		var walk func(n Node)
		walk = func(n Node) {
			seen[n.ID]++
			for _, g := range n.Groups {
				for _, c := range g.Nodes {
					walk(c)
				}
			}
		}
		walk(f.Tree(today))
		for _, x := range ids {
			if seen[x] != 1 {
				r.Fatalf("%q stands %d times in the tree", x, seen[x])
			}
		}
	})
}

func TestWhatCannotBe(t *testing.T) {
	f := fam("mother parent biological", "father parent biological", "kid child biological", "wife partner marriage")
	f.Members[0].Births, f.Members[2].Births = born(1960, 1, 1), born(2010, 0, 0)
	births := func(id string) []dossier.Birth {
		if id == Own {
			return born(1988, 5, 14)
		}
		m, _ := f.Member(id)
		return m.Births
	}
	for name, c := range map[string]struct {
		tie  Tie
		want string
	}{
		"with oneself":                    {Tie{A: "kid", B: "kid", Kind: Sibling}, FaultSelf},
		"with nobody":                     {Tie{A: "kid", B: "gone", Kind: Sibling}, FaultNobody},
		"twice":                           {TieOf("wife", Partner, Own), FaultTwice},
		"twice, the other way round":      {TieOf(Own, Partner, "wife"), FaultTwice},
		"a child as a parent":             {Tie{A: "kid", B: Own, Kind: Parent, Form: "biological"}, FaultAncestor},
		"a grandchild as a parent":        {Tie{A: "kid", B: "mother", Kind: Parent, Form: "foster"}, FaultAncestor},
		"three parents by birth":          {Tie{A: "wife", B: Own, Kind: Parent, Form: "biological"}, FaultBoth},
		"a third parent by birth":         {Tie{A: "kid2", B: Own, Kind: Parent, Form: "biological"}, FaultParents},
		"a mother as a partner":           {TieOf("mother", Partner, Own), FaultBoth},
		"a parent younger than the kid":   {Tie{A: "baby", B: "kid", Kind: Parent, Form: "biological"}, FaultYounger},
		"over before it began":            {Tie{A: "kid", B: "wife", Kind: Other, Since: on(2020, 1, 2), Until: on(2020, 1, 1)}, FaultDays},
		"bound before one was born":       {Tie{A: Own, B: "kid2", Kind: Other, Since: on(1988, 5, 13)}, FaultUnborn},
		"bound before the other was born": {Tie{A: "wife", B: "kid", Kind: Other, Since: on(2009, 12, 31)}, FaultUnborn},
		"bound in the year of a birth":    {Tie{A: "wife", B: "kid", Kind: Other, Since: on(2010, 1, 1)}, ""},
		"bound since a birth":             {Tie{A: Own, B: "kid2", Kind: Other, Since: on(1988, 5, 14)}, ""},
		"a foster mother besides":         {Tie{A: "wife", B: "kid", Kind: Parent, Form: "step"}, ""},
		"a sister":                        {Tie{A: "wife", B: "kid", Kind: Sibling}, ""},
		"a guardian who is a grandparent": {Tie{A: "mother", B: "kid", Kind: Guardian}, ""},
	} {
		g := f
		g.Members = append(slices.Clone(f.Members), Member{ID: "kid2", Name: "kid2"}, Member{ID: "baby", Name: "baby", Births: born(2020, 1, 1)})
		b := func(id string) []dossier.Birth {
			if id == "baby" {
				return born(2020, 1, 1)
			}
			return births(id)
		}
		if got := g.Fault(c.tie, b); got != c.want {
			t.Errorf("%s: %q, not %q", name, got, c.want)
		}
	}
}
