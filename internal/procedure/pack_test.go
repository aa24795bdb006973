package procedure

import (
	"bytes"
	"io/fs"
	"os"
	"strconv"
	"strings"
	"testing"
	"testing/fstest"
	"time"
)

// packOf is the pack of this program as a folder that a test can spoil.
func packOf(t *testing.T) fstest.MapFS {
	t.Helper()
	out := fstest.MapFS{}
	err := fs.WalkDir(RuleFiles(), ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		raw, err := fs.ReadFile(RuleFiles(), name)
		out[name] = &fstest.MapFile{Data: raw}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func wrote(t *testing.T, r Report) string {
	t.Helper()
	var b bytes.Buffer
	if err := r.Write(&b); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func TestThePackOfThisProgramPassesItsOwnCheck(t *testing.T) {
	r := CheckPack(RuleFiles(), noon)
	s := wrote(t, r)
	if len(r.Faults) > 0 || len(r.Notes) > 0 || !strings.Contains(s, "the pack is sound") {
		t.Fatal(s)
	}
	if r.Packs < 20 || r.Rules < 150 || r.Cases < 130 || r.Steps < 80 || r.Confirmed != 0 {
		t.Errorf("only this was looked at, or somebody confirmed a rule: %s", s)
	}
	t.Log(s)
}

func TestACheckSaysOnWhichLineAPackIsUnfit(t *testing.T) {
	line := func(file, what string) string {
		raw, err := os.ReadFile("rules/" + file)
		if err != nil {
			t.Fatal(err)
		}
		before, _, ok := strings.Cut(string(raw), what)
		if !ok {
			t.Fatalf("%s has no %q", file, what)
		}
		n := strings.Count(before, "\n") + 1
		return file + ":" + strconv.Itoa(n) + ":"
	}
	for _, c := range []struct{ file, from, to, where, says string }{
		// syntax
		{"family_old.yaml", "term: P3M|roll=ATW", "term: P3Q|roll=ATW", line("family_old.yaml", "term: P3M|roll=ATW"), "days, weeks, months or years"},
		{"permits.yaml", "from: 2010-07-01", "from: 2010-07-32", line("permits.yaml", "from: 2010-07-01"), "2010-07-32"},
		{"permits.yaml", "    key: renew_look\n", "    kee: renew_look\n", line("permits.yaml", "key: renew_look"), "kee"},
		{"housing.yaml", "steps:\n", "---\nsteps:\n", "housing.yaml:", "second document"},
		// sources
		{"work.yaml", "source: BWBR0007523", "source: BWBR0000001", line("work.yaml", "source: BWBR0007523"), "sources.yaml does not know"},
		// validity: an overlap, a gap, an end without a successor
		{"permits.yaml", "from: 2001-04-01, to: 2026-06-11", "from: 2001-04-01, to: 2026-06-12", line("permits.yaml", "- id: permit-three-years"), "overlap"},
		{"permits.yaml", "from: 2001-04-01, to: 2026-06-11", "from: 2001-04-01, to: 2026-06-10", line("permits.yaml", "- id: permit-five-years"), "gap"},
		{"return.yaml", "{trigger: received, from: 2007-01-01}", "{trigger: received, from: 2007-01-01, to: 2025-12-31}", line("return.yaml", "- id: ret-vbl"), "gap"},
		{"regimes.yaml", "to: 2026-06-30", "to: 2026-06-29", line("regimes.yaml", "- id: AMMR"), "gap"},
		{"regimes.yaml", "to: 2026-06-11", "to: 2026-06-12", line("regimes.yaml", "- id: PACT"), "overlap"},
		{"regimes.yaml", "    trigger: registered\n    from: 2026-07-01", "    trigger: lodged\n    from: 2026-07-01", line("regimes.yaml", "- id: AMMR"), "different triggers"},
		{"regimes.yaml", "named: nareis_2st", "trigger: lodged", line("regimes.yaml", "- id: NAREIS-2ST"), "a trigger without days"},
		// steps
		{"stateless.yaml", "next: [sta_asked, sta_known]", "next: [sta_known]", line("stateless.yaml", "- {id: sta_asked"), "cannot be reached"},
		{"stateless.yaml", "begins: [{on: stateless_heard}]", "begins: []", line("stateless.yaml", "- {id: sta_heard"), "no event leads"},
		{"housing.yaml", "who: [coa]", "who: [cao]", line("housing.yaml", "- {id: hou_waiting"), "no party"},
		{"housing.yaml", "next: [hou_coupled]", "next: [refused]", line("housing.yaml", "- {id: hou_waiting"), "not there"},
		// terms
		{"integration.yaml", "from_end_of: integration", "from_end_of: integratoin", line("integration.yaml", "- id: inb-extension-from"), "no key of a term"},
		{"dublin_iii.yaml", "given: [imprisoned]", "given: [imprisonned]", line("dublin_iii.yaml", "- id: dublin-transfer-prison"), "no event here"},
		{"ukraine.yaml", "fixed: 2027-03-04", "fixed: 2027-03-04\n    term: P1D", line("ukraine.yaml", "instrument: eu\n    article: Richtlijn 2001"), "needs either a term"},
		{"reception.yaml", "term: P15D", "term: P15D|roll=ATW", line("reception.yaml", "term: P15D"), "Algemene termijnenwet"},
		{"work.yaml", "confidence: M", "confidence: M\n    confirmed: {by: \"\", on: 2026-11-24}", line("work.yaml", "done: [decision, permit_received]"), "without a name"},
		// texts
		{"stateless.yaml", "{id: sta_heard, who: [court], group: court", "{id: sta_heard, who: [court], group: courtroom", line("stateless.yaml", "- {id: sta_heard"), "procedure.group.courtroom is missing in: nl en ar fa ti tr so uk fr"},
		{"work.yaml", "note: default_any", "note: default_nobody", line("work.yaml", "- id: wrk-permit"), "procedure.note.default_nobody is missing in: nl en"},
		// examples
		{"work.yaml", "term: P5W|roll=ATW", "term: P6W|roll=ATW", "cases/work.txtar:10: ", "2026-08-03"},
	} {
		dir := packOf(t)
		was := string(dir[c.file].Data)
		now := strings.Replace(was, c.from, c.to, 1)
		if now == was {
			t.Errorf("%s has no %q", c.file, c.from)
			continue
		}
		dir[c.file] = &fstest.MapFile{Data: []byte(now)}
		s := wrote(t, CheckPack(dir, noon))
		if !strings.Contains(s, c.where) || !strings.Contains(s, c.says) || !strings.Contains(s, "the pack is unfit") {
			t.Errorf("%s with %q: want %s… %s, and it says:\n%s", c.file, c.to, c.where, c.says, s)
		}
	}
}

func TestACheckOfAFolderThatIsNoPackSaysSo(t *testing.T) {
	if s := wrote(t, CheckPack(fstest.MapFS{}, noon)); !strings.Contains(s, "no rule files") {
		t.Error(s)
	}
	dir := packOf(t)
	delete(dir, "sources.yaml")
	if s := wrote(t, CheckPack(dir, noon)); !strings.Contains(s, "sources.yaml: is missing") {
		t.Error(s)
	}
}

func TestAPackMayBringItsOwnTextsAndIsToldWhatIsStale(t *testing.T) {
	dir := packOf(t)
	dir["work.yaml"] = &fstest.MapFile{Data: []byte(strings.Replace(string(dir["work.yaml"].Data), "note: default_any", "note: own_note", 1))}
	dir["text/nl.json"] = &fstest.MapFile{Data: []byte(`{"procedure.note.own_note": "Een eigen noot."}`)}
	if s := wrote(t, CheckPack(dir, noon)); !strings.Contains(s, "own_note is missing in: en\n") {
		t.Error(s)
	}
	dir["text/en.json"] = &fstest.MapFile{Data: []byte(`{"procedure.note.own_note": "A note of our own."}`)}
	r := CheckPack(dir, noon.Add(365*24*time.Hour))
	if s := wrote(t, r); len(r.Faults) > 0 || !strings.Contains(s, "note: work.yaml: should have been looked at again by 2027-01-01") {
		t.Error(s)
	}
	delete(dir, "cases/work.txtar")
	if s := wrote(t, CheckPack(dir, noon)); !strings.Contains(s, "no worked example sets off the rule wrk-from") {
		t.Error(s)
	}
}
