package oversight

import (
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"reisgezel/internal/dossier"
	"reisgezel/internal/kernel/access"
	"reisgezel/internal/kernel/clock"
	"reisgezel/internal/kernel/fault"
	"reisgezel/internal/kernel/lang"
)

var today = clock.On(2026, time.November, 24)

const goodReason = "Beroepstermijn loopt morgen af, de jurist is ziek."

func fields(fs fault.Fields) string {
	var out []string
	for _, f := range fs {
		out = append(out, f.Name+"="+strings.TrimPrefix(f.Key, "oversight.error."))
	}
	return strings.Join(out, " ")
}

func TestWhatALeaderMustSay(t *testing.T) {
	ok := Ask{Number: "V 281 994 0173", Cause: "deadline", Reason: goodReason}
	with := func(fn func(*Ask)) Ask { a := ok; fn(&a); return a }
	born := func(a *Ask) { a.Number, a.Name, a.Day, a.Month, a.Year = "", "Selam Tesfay", "3", "5", "1991" }
	for name, c := range map[string]struct {
		ask  Ask
		want string
		way  string
	}{
		"a number":                  {ok, "", byVNumber},
		"a number in Arabic digits": {with(func(a *Ask) { a.Number = "٢٨١٩٩٤٠١٧٣" }), "", byVNumber},
		"a card":                    {with(func(a *Ask) { a.Number = "tree 3479" }), "", byCard},
		"the address of a card":     {with(func(a *Ask) { a.Number = "https://x.example/in?kaart=TREE3479" }), "", byCard},
		"name and birth":            {with(born), "", byName},
		"nothing about who":         {with(func(a *Ask) { a.Number = "" }), "number=who", ""},
		"a number and a name":       {with(func(a *Ask) { a.Name = "Selam" }), "number=both", ""},
		"neither number nor card":   {with(func(a *Ask) { a.Number = "28199401" }), "number=number", ""},
		"a name alone":              {with(func(a *Ask) { born(a); a.Day, a.Month, a.Year = "", "", "" }), "day=birth", byName},
		"a name and a year":         {with(func(a *Ask) { born(a); a.Day, a.Month = "", "" }), "day=birth", byName},
		"a birth alone":             {with(func(a *Ask) { born(a); a.Name = "" }), "name=name", byName},
		"a day that is not there":   {with(func(a *Ask) { born(a); a.Day, a.Month = "31", "2" }), "day=birth", byName},
		"a day to come":             {with(func(a *Ask) { born(a); a.Year = "2027" }), "day=birth", byName},
		"no cause":                  {with(func(a *Ask) { a.Cause = "curious" }), "cause=cause", byVNumber},
		"no reason":                 {with(func(a *Ask) { a.Reason = "" }), "reason=short", byVNumber},
		"nineteen characters":       {with(func(a *Ask) { a.Reason = "het is nu echt haas" }), "reason=short", byVNumber},
		"twenty characters":         {with(func(a *Ask) { a.Reason = "het is nu echt haast" }), "", byVNumber},
		"spaces count once":         {with(func(a *Ask) { a.Reason = "het is" + strings.Repeat(" ", 40) + "haast nu" }), "reason=short", byVNumber},
		"one long word":             {with(func(a *Ask) { a.Reason = strings.Repeat("a", 40) }), "reason=short", byVNumber},
		"a story":                   {with(func(a *Ask) { a.Reason = strings.Repeat("heel lang ", 200) }), "reason=long", byVNumber},
		"a BSN in the reason":       {with(func(a *Ask) { a.Reason = goodReason + " BSN 123456782" }), "reason=bsn", byVNumber},
		"everything wrong at once":  {Ask{}, "number=who cause=cause reason=short", ""},
	} {
		w, fs := c.ask.Check(today)
		if got := fields(fs); got != c.want || w.Way != c.way {
			t.Errorf("%s: %q by %q, want %q by %q", name, got, w.Way, c.want, c.way)
		}
	}
	if w, _ := with(born).Check(today); w.Birth != (dossier.Birth{Year: 1991, Month: 5, Day: 3}) || w.Name != "Selam Tesfay" {
		t.Errorf("read as %+v", w)
	}
}

func TestAJudgement(t *testing.T) {
	for name, c := range map[string]struct {
		state State
		in    Verdict
		want  string
	}{
		"right needs no words":      {Open, Verdict{"right", ""}, ""},
		"wrong needs words":         {Open, Verdict{"wrong", ""}, "note=short"},
		"a question needs words":    {Open, Verdict{"asked", "kort"}, "note=short"},
		"a question":                {Open, Verdict{"asked", "Waarom kon Deniz dit niet?"}, ""},
		"no BSN":                    {Open, Verdict{"right", "het ging om 123456782 en zo"}, "note=bsn"},
		"nothing chosen":            {Open, Verdict{"", ""}, "verdict=verdict"},
		"not the leader's step":     {Asked, Verdict{"answer", "ik mag dit zelf zeggen"}, "verdict=verdict"},
		"not a step of this form":   {Open, Verdict{"taken", ""}, "verdict=verdict"},
		"looked at again":           {Right, Verdict{"wrong", "Toch was Amira er die dag."}, ""},
		"the same judgement again":  {Right, Verdict{"right", ""}, "verdict=verdict"},
		"right after a question":    {Asked, Verdict{"right", ""}, ""},
		"a word nobody knows":       {Open, Verdict{"fine", ""}, "verdict=verdict"},
		"asked again, still asking": {Asked, Verdict{"asked", "En wie was er dan nog?"}, ""},
	} {
		if got := fields(c.in.Check(Glass{State: c.state})); got != c.want {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
}

func TestAge(t *testing.T) {
	at := time.Date(2026, time.November, 10, 15, 0, 0, 0, clock.Netherlands)
	for _, c := range []struct {
		state State
		after time.Duration
		late  bool
		days  int
	}{
		{Open, 0, false, 7}, {Open, 2 * 24 * time.Hour, false, 5}, {Open, Patience - time.Millisecond, false, 0}, {Open, Patience, true, 0},
		{Open, 9 * 24 * time.Hour, true, -2}, {Asked, 9 * 24 * time.Hour, true, -2}, {Right, 9 * 24 * time.Hour, false, -2}, {Wrong, 9 * 24 * time.Hour, false, -2},
	} {
		g := Glass{At: at, State: c.state}
		if now := at.Add(c.after); g.Overdue(now) != c.late || g.Days(now) != c.days {
			t.Errorf("%s after %v: late %v, %d days", c.state, c.after, g.Overdue(now), g.Days(now))
		}
	}
	g := Glass{At: at, Until: at.Add(Lasts)}
	if !g.Live(at.Add(Lasts-time.Millisecond)) || g.Live(at.Add(Lasts)) {
		t.Error("three hours are not three hours")
	}
	g.Ended = at.Add(time.Minute)
	if g.Live(at.Add(2 * time.Minute)) {
		t.Error("it is open after its end")
	}
}

func TestNobodyJudgesTheirOwn(t *testing.T) {
	officer := access.Actor{Kind: access.Staff, ID: "u-a", Posts: []access.Post{{Role: access.Privacy}, {Role: access.Lead}}}
	lead := access.Actor{Kind: access.Staff, ID: "u-b", Posts: []access.Post{{Role: access.Lead}}}
	if MayJudge(officer, Glass{Actor: "u-a"}) || !MayJudge(officer, Glass{Actor: "u-b"}) || MayJudge(lead, Glass{Actor: "u-a"}) {
		t.Error("who may judge is wrong")
	}
	rapid.Check(t, func(r *rapid.T) {
		all := rapid.SliceOfDistinct(rapid.SampledFrom([]string{"a", "b", "c", "d", "e"}), func(s string) string { return s }).Draw(r, "officers")
		n := rapid.MapOf(rapid.SampledFrom([]string{"a", "b", "c", "d", "e", "f"}), rapid.IntRange(0, 4)).Draw(r, "waiting")
		actor := rapid.SampledFrom([]string{"a", "b", "x"}).Draw(r, "actor")
		got := Choose(all, n, actor)
		others := slices.DeleteFunc(slices.Clone(all), func(s string) bool { return s == actor })
		if (got == "") != (len(others) == 0) || (got != "" && !slices.Contains(others, got)) {
			r.Fatalf("%q of %v without %q", got, all, actor)
		}
		for _, x := range others {
			if n[x] < n[got] {
				r.Fatalf("%q has %d, %q only %d", got, n[got], x, n[x])
			}
		}
		slices.Reverse(all)
		if again := Choose(all, n, actor); again != got {
			r.Fatalf("the order of the list decides: %q or %q", got, again)
		}
	})
}

func TestWords(t *testing.T) {
	c, err := lang.Load(lang.Part{Name: "oversight", FS: Texts})
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range c.Faults([]string{"nl", "en"}) {
		t.Error(f)
	}
	for _, f := range c.Faults([]string{"ar", "fa", "ti", "tr", "so", "uk", "fr"}, "oversight.portal.") {
		t.Error(f)
	}
	var keys []string
	for _, r := range access.Roles {
		keys = append(keys, "role."+string(r), "rules.role."+string(r))
	}
	for _, w := range Reasons {
		keys = append(keys, "why."+string(w), "why."+string(w)+".is")
	}
	for _, x := range Causes {
		keys = append(keys, "cause."+x)
		if x != "safety" {
			keys = append(keys, "portal.cause."+x)
		}
	}
	for _, s := range []State{Open, Asked, Right, Wrong} {
		keys = append(keys, "state."+string(s), "portal.state."+string(s))
		for kind := range after[s] {
			keys = append(keys, "step."+kind)
		}
	}
	for _, h := range []string{"missing", "unlinked", "changed", "cut", "replaced", rewritten} {
		keys = append(keys, "broken."+h)
	}
	for _, r := range Rules() {
		keys = append(keys, strings.TrimPrefix(r.Why, "oversight."))
	}
	for _, k := range keys {
		if !c.Has("nl", "oversight."+k) {
			t.Errorf("no words for %s", k)
		}
	}
	if c.Has("ar", "oversight.portal.cause.safety") || c.Has("nl", "oversight.portal.cause.safety") {
		t.Error("the person's page must not have words that tell of danger: others may look along")
	}
}
