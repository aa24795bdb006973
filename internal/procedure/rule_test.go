package procedure

import (
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"reisgezel/internal/kernel/lang"
)

func TestRulesOfThisProgramAreFit(t *testing.T) {
	b := book(t)
	if len(b.Packs) < 20 {
		t.Fatalf("only %d packs were read", len(b.Packs))
	}
	terms := 0
	for _, p := range b.Packs {
		terms += len(p.Terms)
	}
	if terms < 150 {
		t.Errorf("only %d terms were read", terms)
	}
}

func TestEverySourceOfARuleIsOnTheListOfSources(t *testing.T) {
	list, err := os.ReadFile(filepath.Join("..", "..", "docs", "sources.md"))
	if err != nil {
		t.Fatal(err)
	}
	b := book(t)
	cited := map[string]string{}
	for _, r := range b.Regimes {
		cited[r.Source] = string(r.ID)
	}
	for _, p := range b.Packs {
		for _, r := range p.Terms {
			cited[r.Source] = r.ID
		}
	}
	for _, d := range b.Days {
		cited[d.Source] = d.Day.String()
	}
	for s, by := range cited {
		if !strings.Contains(string(list), "| "+s+" |") {
			t.Errorf("%s cites %s, which docs/sources.md does not list", by, s)
		}
	}
}

func catalogue(t testing.TB) *lang.Catalogue {
	t.Helper()
	c, err := lang.Load(lang.Part{Name: "procedure", FS: Texts})
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func TestTheTextsOfEveryLanguageAreWhole(t *testing.T) {
	for _, f := range catalogue(t).Faults([]string{"nl", "en"}) {
		t.Error(f)
	}
}

func TestEveryReasonHasItsWords(t *testing.T) {
	c := catalogue(t)
	src := ""
	names, _ := filepath.Glob("*.go")
	for _, n := range names {
		if !strings.HasSuffix(n, "_test.go") {
			b, err := os.ReadFile(n)
			if err != nil {
				t.Fatal(err)
			}
			src += string(b)
		}
	}
	n := 0
	for _, k := range strings.Split(src, `why("`)[1:] {
		k, _, _ = strings.Cut(k, `"`)
		n++
		if !strings.HasSuffix(k, "_") && !c.Has("nl", "procedure.why."+k) {
			t.Errorf("the reason %q has no words", k)
		}
	}
	if n < 20 {
		t.Errorf("only %d reasons were found", n)
	}
}

// broken is the rule folder with one file changed.
func broken(t *testing.T, file, from, to string) error {
	t.Helper()
	dir := fstest.MapFS{}
	names, err := fs.Glob(ruleFiles, "rules/*.yaml")
	if err != nil {
		t.Fatal(err)
	}
	for _, n := range names {
		raw, err := ruleFiles.ReadFile(n)
		if err != nil {
			t.Fatal(err)
		}
		s := string(raw)
		if filepath.Base(n) == file {
			changed := strings.Replace(s, from, to, 1)
			if changed == s {
				t.Fatalf("%s has no %q", file, from)
			}
			s = changed
		}
		dir[filepath.Base(n)] = &fstest.MapFile{Data: []byte(s)}
	}
	_, err = ReadRules(dir)
	return err
}

func TestRulesThatAreUnfitAreRefusedWithTheirFault(t *testing.T) {
	for _, c := range []struct{ file, from, to, says string }{
		{"asylum_old.yaml", "term: P1W|roll=ATW", "term: P1X", "days, weeks, months or years"},
		{"asylum_old.yaml", "    article: Vw 2000 art. 42 lid 1, 4 en 5, 43\n", "", "needs an article"},
		{"asylum_old.yaml", "source: BWBR0011823", "source: BWBR0011824", "sources.yaml does not know"},
		{"asylum_old.yaml", "source: BWBR0011823", "sauce: BWBR0011823", "sauce"},
		{"asylum_old.yaml", "on: nl_responsible\n", "on: nl_responsable\n", "no event here"},
		{"asylum_old.yaml", "outcomes: [manifestly_unfounded, inadmissible", "outcomes: [manifestly_unfunded, inadmissible", "manifestly_unfunded"},
		{"asylum_old.yaml", "routes: [va]\n", "routes: [vx]\n", "no route"},
		{"asylum_old.yaml", "instead_of: [old-decide]", "instead_of: [old-nothing]", "no term here"},
		{"asylum_old.yaml", "id: old-decide-dublin", "id: old-decide", "used before"},
		{"asylum_old.yaml", "next: [interviewed]", "next: [intervewed]", "not there"},
		{"asylum_old.yaml", "instrument: wet", "instrument: mr", "Algemene termijnenwet"},
		{"asylum_old.yaml", "confidence: V15", "confidence: sure", "unknown confidence"},
		{"asylum_old.yaml", "regime: VW-OLD", "regime: VW-NEW", "does not know"},
		{"asylum_old.yaml", "by_letter: true", "by_letter: false", "needs either a term"},
		{"asylum_pact.yaml", "term: P3M|roll=EU\n    instrument: eu", "term: P3M|roll=EU\n    instrument: wet", "no EU rule"},
		{"asylum_pact.yaml", "candidates:", "canddates:", "canddates"},
		{"regimes.yaml", "id: VW-OLD", "id: VW-XXX", "does not know"},
		{"equated_days.yaml", `version: "2026-11-24"`, `version: ""`, "equated_days.yaml"},
		{"equated_days.yaml", "day: 2026-05-15", "day: 2026-05-32", "2026-05-32"},
	} {
		err := broken(t, c.file, c.from, c.to)
		if err == nil || !strings.Contains(err.Error(), c.says) {
			t.Errorf("%s with %q: %v, want it to say %q", c.file, c.to, err, c.says)
		}
	}
}

func FuzzRuleReader(f *testing.F) {
	names, _ := fs.Glob(ruleFiles, "rules/*.yaml")
	for _, n := range names {
		raw, _ := ruleFiles.ReadFile(n)
		f.Add(raw)
	}
	table, _ := ruleFiles.ReadFile("rules/equated_days.yaml")
	regimes, _ := ruleFiles.ReadFile("rules/regimes.yaml")
	sources, _ := ruleFiles.ReadFile("rules/sources.yaml")
	f.Fuzz(func(t *testing.T, raw []byte) {
		b, err := ReadRules(fstest.MapFS{"equated_days.yaml": {Data: table}, "regimes.yaml": {Data: regimes}, "sources.yaml": {Data: sources}, "x.yaml": {Data: raw}})
		if err != nil {
			return
		}
		facts := Sorted([]Event{ev("lodged", "2026-01-20"), ev("decision", "2026-11-24", outcome("rejected")), ev("objection_lodged", "2026-11-25")})
		for _, topic := range b.Topics {
			b.Derive(facts.About(topic.ID), noon)
		}
	})
}

func TestTheRefugeesTextsAreThereInEveryLanguage(t *testing.T) {
	c := catalogue(t)
	keys := map[string]bool{}
	for _, w := range book(t).words() {
		if w.refugee {
			keys[w.key] = true
		}
	}
	for _, k := range c.Keys("nl") {
		if strings.HasPrefix(k, "procedure.home.") {
			keys[k] = true
		}
	}
	for _, e := range []string{"looked", "recorded", "corrected", "taken_back", "restored", "deadline_done", "deadline_reopened", "escalated", "recomputed", "agreed", "agreed_done", "agreed_open"} {
		keys["procedure.event."+e] = true
	}
	if len(keys) < 300 {
		t.Fatalf("only %d texts were found", len(keys))
	}
	for _, l := range lang.Core {
		for k := range keys {
			if !c.Has(l.Tag, k) {
				t.Errorf("%s lacks %s", l.Tag, k)
			}
		}
	}
}
