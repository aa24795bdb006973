package app

// This file guards the shape of the house: which room may lean on which, what each kind of file may touch, and that
// words, links, tables and papers refer to things that exist.

import (
	"bytes"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"sort"
	"strconv"
	"strings"
	"testing"
)

const root = "../.."

// floors says how high each room lies. A room may lean on lower floors only; rooms on one floor never know each other.
var floors = map[string]int{
	"kernel/fault": 0, "kernel/clock": 0,
	"kernel/db": 1, "kernel/lang": 1, "kernel/names": 1, "kernel/warn": 1, "kernel/tally": 1, "kernel/spread": 1, "kernel/deident": 1, "kernel/pdf": 1, "kernel/sound": 1, "kernel/passkey": 1,
	"kernel/names/measure": 2,
	"kernel/access":        2,
	"kernel/audit":         3, "kernel/privacy": 3,
	"kernel/web": 4, "kernel/post": 4,
	"kernel/ui":    5,
	"organisation": 6,
	"account":      7, "dossier": 7,
	"alarm": 8, "consent": 8, "identity": 8, "contact": 8, "counsel": 8, "procedure": 8, "evidence": 8, "briefing": 8, "interview": 8, "family": 8, "residence": 8, "care": 8, "handover": 8, "feedback": 8, "knelpunt": 8, "monitor": 8, "advocacy": 8, "litigation": 8, "pilot": 8, "rights": 8, "information": 8, "translation": 8, "question": 8, "portal": 8, "oversight": 8, "ingest": 8, "today": 8,
	"app": 9,
}

// support are packages that only tests import.
var support = map[string]bool{"kernel/db/dbtest": true, "kernel/web/webtest": true, "browsertest": true}

// never are leans that no floor plan may ever allow, with the reason.
var never = []struct{ from, to, why string }{
	{"kernel/", "organisation", "the kernel knows none of our nouns"},
	{"kernel/", "dossier", "the kernel knows none of our nouns"},
	{"kernel/web", "kernel/ui", "the way of a request must not know how a page looks"},
	{"today", "dossier", "Vandaag shows what others lend; it must not open files itself"},
	{"organisation", "dossier", "the organisation is there before any person"},
}

type file struct {
	pkg, name string
	path      string
	ast       *ast.File
	src       []byte
}

var parsed []file

func files(t *testing.T) []file {
	t.Helper()
	if parsed != nil {
		return parsed
	}
	fset := token.NewFileSet()
	for _, top := range []string{"internal", "cmd"} {
		err := filepath.WalkDir(filepath.Join(root, top), func(p string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() || !strings.HasSuffix(p, ".go") {
				return err
			}
			src, err := os.ReadFile(p)
			if err != nil {
				return err
			}
			f, err := parser.ParseFile(fset, p, src, parser.ParseComments)
			if err != nil {
				return err
			}
			dir, err := filepath.Rel(filepath.Join(root, "internal"), filepath.Dir(p))
			if err != nil {
				return err
			}
			parsed = append(parsed, file{pkg: filepath.ToSlash(dir), name: filepath.Base(p), path: p, ast: f, src: src})
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	return parsed
}

func (f file) test() bool { return strings.HasSuffix(f.name, "_test.go") }

func (f file) imports() []string {
	var out []string
	for _, i := range f.ast.Imports {
		p, _ := strconv.Unquote(i.Path.Value)
		out = append(out, p)
	}
	return out
}

func TestRoomsLeanOnLowerFloorsOnly(t *testing.T) {
	seen := map[string]bool{}
	for _, f := range files(t) {
		if strings.HasPrefix(f.pkg, "..") {
			continue
		}
		seen[f.pkg] = true
		here, ok := floors[f.pkg]
		if !ok && !support[f.pkg] {
			t.Errorf("%s: the room %s has no floor in the plan", f.path, f.pkg)
			continue
		}
		if f.test() || support[f.pkg] {
			continue
		}
		for _, p := range f.imports() {
			to, ours := strings.CutPrefix(p, "reisgezel/internal/")
			if !ours {
				continue
			}
			if support[to] {
				t.Errorf("%s leans on %s, which is for tests only", f.path, to)
				continue
			}
			if there, ok := floors[to]; !ok || there >= here {
				t.Errorf("%s (floor %d) leans on %s (floor %d)", f.path, here, to, there)
			}
			for _, n := range never {
				if strings.HasPrefix(f.pkg, n.from) && to == n.to {
					t.Errorf("%s leans on %s, never: %s", f.path, to, n.why)
				}
			}
		}
	}
	for room := range floors {
		if !seen[room] {
			t.Errorf("the plan names the room %s, which is not there", room)
		}
	}
}

// hands are the files of a capability that may touch the database or a request; every other file holds rules only.
var hands = regexp.MustCompile(`^(store|pages|parts|demo|job|keeper|doc)[a-z_]*\.go$|_templ\.go$|_test\.go$`)

func TestRulesFilesKnowNoDatabaseNoRequestNoClock(t *testing.T) {
	for _, f := range files(t) {
		if floors[f.pkg] < 6 || f.pkg == "app" || support[f.pkg] || hands.MatchString(f.name) || strings.HasPrefix(f.pkg, "..") {
			continue
		}
		for _, p := range f.imports() {
			if slices.Contains([]string{"database/sql", "net/http", "reisgezel/internal/kernel/db", "reisgezel/internal/kernel/web", "reisgezel/internal/kernel/ui"}, p) {
				t.Errorf("%s is a rules file and may not import %s", f.path, p)
			}
		}
	}
}

func TestOnlyTheClockReadsTheTime(t *testing.T) {
	for _, f := range files(t) {
		if f.pkg == "kernel/clock" || f.test() || support[f.pkg] || f.pkg == "../cmd/bench-http" {
			continue
		}
		ast.Inspect(f.ast, func(n ast.Node) bool {
			if s, ok := n.(*ast.SelectorExpr); ok {
				if x, ok := s.X.(*ast.Ident); ok && x.Name == "time" && (s.Sel.Name == "Now" || s.Sel.Name == "Since" || s.Sel.Name == "Until") {
					t.Errorf("%s reads the machine's clock with time.%s; take `now` instead", f.path, s.Sel.Name)
				}
			}
			return true
		})
	}
}

func TestFilesAreShortAndSayWhatTheyAreFor(t *testing.T) {
	for _, f := range files(t) {
		if strings.HasSuffix(f.name, "_templ.go") || strings.HasPrefix(f.pkg, "..") {
			continue
		}
		if n := bytes.Count(f.src, []byte("\n")); n > 650 && !f.test() {
			t.Errorf("%s has %d lines: it is two things", f.path, n)
		}
		if f.test() {
			continue
		}
		if len(f.ast.Comments) == 0 || f.ast.Comments[0].Pos() > token.Pos(0)+f.ast.Name.End()+400 {
			t.Errorf("%s does not open with what it is for", f.path)
		}
	}
}

func TestNobodyRegistersItself(t *testing.T) {
	for _, f := range files(t) {
		for _, d := range f.ast.Decls {
			if fn, ok := d.(*ast.FuncDecl); ok && fn.Name.Name == "init" && fn.Recv == nil {
				t.Errorf("%s has an init function: what exists is listed in modules.go, nothing registers itself", f.path)
			}
		}
	}
}

var (
	tableNamed = regexp.MustCompile(`(?i)\b(?:FROM|JOIN|INTO|UPDATE|TABLE|REFERENCES)\s+(?:IF\s+NOT\s+EXISTS\s+)?([a-z]+_[a-z_0-9]+)`)
	created    = regexp.MustCompile(`(?is)CREATE TABLE (?:IF NOT EXISTS )?([a-z_0-9]+)\s*\((.*?)\n\);`)
	references = regexp.MustCompile(`(?i)REFERENCES\s+([a-z]+)_`)
	sqlLike    = regexp.MustCompile(`(?i)^\s*(SELECT|INSERT|UPDATE|DELETE|WITH|EXISTS)\b`)
)

// prefix is the beginning of the names of a room's tables.
func prefix(pkg string) string { return pkg[strings.LastIndexByte(pkg, '/')+1:] + "_" }

func TestTablesBelongToOneRoom(t *testing.T) {
	owner := map[string]string{}
	for room := range floors {
		owner[prefix(room)] = room
	}
	for _, f := range files(t) {
		if f.test() || support[f.pkg] || strings.HasPrefix(f.pkg, "..") {
			continue
		}
		ast.Inspect(f.ast, func(n ast.Node) bool {
			lit, ok := n.(*ast.BasicLit)
			if !ok || lit.Kind != token.STRING {
				return true
			}
			s, _ := strconv.Unquote(lit.Value)
			if !sqlLike.MatchString(s) {
				return true
			}
			for _, m := range tableNamed.FindAllStringSubmatch(s, -1) {
				first, _, _ := strings.Cut(m[1], "_")
				if room, known := owner[first+"_"]; known && room != f.pkg {
					t.Errorf("%s names the table %s, which belongs to %s", f.path, m[1], room)
				}
			}
			return true
		})
	}
}

func schemas(t *testing.T) map[string]string {
	t.Helper()
	out := map[string]string{}
	for room := range floors {
		names, _ := filepath.Glob(filepath.Join(root, "internal", room, "*schema", "*.sql"))
		for _, n := range names {
			b, err := os.ReadFile(n)
			if err != nil {
				t.Fatal(err)
			}
			out[room] += string(b) + "\n"
		}
	}
	return out
}

func TestForeignKeysPointDown(t *testing.T) {
	level := map[string]int{}
	for room, n := range floors {
		level[strings.TrimSuffix(prefix(room), "_")] = n
	}
	for room, sql := range schemas(t) {
		for _, m := range created.FindAllStringSubmatch(sql, -1) {
			if !strings.HasPrefix(m[1], prefix(room)) {
				t.Errorf("%s creates the table %s, which does not begin with %s", room, m[1], prefix(room))
			}
			for _, r := range references.FindAllStringSubmatch(m[2], -1) {
				if r[1]+"_" != prefix(room) && level[r[1]] >= floors[room] {
					t.Errorf("%s: the table %s points up or sideways to %s_…", room, m[1], r[1])
				}
			}
		}
	}
}

// testHouse is a filled house for looking at.
func testHouse(t *testing.T) *House {
	t.Helper()
	h, _ := demoHouse(t, Settings{People: 20})
	return h
}

func TestEveryTableAboutAPersonHasAKeeper(t *testing.T) {
	h := testHouse(t)
	kept := map[string]bool{}
	for _, k := range h.Keepers() {
		for _, table := range k.Tables() {
			kept[table] = true
		}
	}
	about := regexp.MustCompile(`(?im)^\s*(person|subject|client)\s+TEXT`)
	for room, sql := range schemas(t) {
		for _, m := range created.FindAllStringSubmatch(sql, -1) {
			if m[1] == "privacy_key" {
				continue // the keys themselves: destroying one is what erases
			}
			if about.MatchString(m[2]) && !kept[m[1]] {
				t.Errorf("%s: the table %s has a column about a person, and no Keeper exports and erases it", room, m[1])
			}
		}
	}
}

// calls finds constant first texts of calls such as lang.T(ctx, "key") in Go code, written and generated.
func calls(t *testing.T, names ...string) map[string][]string {
	t.Helper()
	out := map[string][]string{}
	for _, f := range files(t) {
		if f.test() || support[f.pkg] {
			continue
		}
		ast.Inspect(f.ast, func(n ast.Node) bool {
			c, ok := n.(*ast.CallExpr)
			if !ok {
				return true
			}
			var name string
			switch fun := c.Fun.(type) {
			case *ast.SelectorExpr:
				if x, ok := fun.X.(*ast.Ident); ok {
					name = x.Name + "." + fun.Sel.Name
				}
			}
			if !slices.Contains(names, name) {
				return true
			}
			at := 0 // v.URL("name", …)
			if name == "lang.T" || name == "web.URL" {
				at = 1 // after the context
			}
			if at < len(c.Args) {
				if lit, ok := c.Args[at].(*ast.BasicLit); ok && lit.Kind == token.STRING {
					s, _ := strconv.Unquote(lit.Value)
					out[s] = append(out[s], f.path)
				}
			}
			return true
		})
	}
	return out
}

func TestEveryLinkLeadsToADoor(t *testing.T) {
	h := testHouse(t)
	doors := map[string]bool{}
	for _, r := range h.Site.Routes() {
		doors[r.Name] = true
	}
	named := calls(t, "web.URL", "v.URL", "v.Go")
	if len(named) < 20 {
		t.Fatalf("only %d links were found: the search is broken", len(named))
	}
	for name, where := range named {
		if !doors[name] {
			t.Errorf("%s: no route is named %q", where[0], name)
		}
	}
}

func TestEveryTextExistsInDutchAndEnglish(t *testing.T) {
	h := testHouse(t)
	used := calls(t, "lang.T")
	if len(used) < 100 {
		t.Fatalf("only %d texts were found: the search is broken", len(used))
	}
	for key, where := range used {
		for _, tag := range []string{"nl", "en"} {
			if !h.Texts.Has(tag, key) {
				t.Errorf("%s: the text %q is missing in %s", where[0], key, tag)
			}
		}
	}
}

func TestPapersNameThingsThatExist(t *testing.T) {
	papers, err := filepath.Glob(filepath.Join(root, "*.md"))
	if err != nil {
		t.Fatal(err)
	}
	more, _ := filepath.Glob(filepath.Join(root, "docs", "*.md"))
	adrs, _ := filepath.Glob(filepath.Join(root, "docs", "adr", "*.md"))
	papers = append(append(papers, more...), adrs...)
	if len(papers) < 8 {
		t.Fatalf("only %d papers were found", len(papers))
	}
	path := regexp.MustCompile("`((?:internal|docs|cmd|tools|\\.ci)/[A-Za-z0-9_./-]+)`|\\]\\(([A-Za-z0-9_./-]+)\\)")
	for _, p := range papers {
		b, err := os.ReadFile(p)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range path.FindAllStringSubmatch(string(b), -1) {
			name, base := m[1], root
			if name == "" {
				name, base = m[2], filepath.Dir(p)
			}
			if _, err := os.Stat(filepath.Join(base, name)); err != nil {
				t.Errorf("%s names %s, which is not there", p, name)
			}
		}
	}
}

func TestTheMapOfRoomsSaysWhatTheRoomsSay(t *testing.T) {
	b, err := os.ReadFile(filepath.Join(root, "ARCHITECTURE.md"))
	if err != nil {
		t.Fatal(err)
	}
	paper := strings.Join(strings.Fields(string(b)), " ")
	first := map[string]string{}
	for _, f := range files(t) {
		if f.ast.Doc == nil || f.test() || !strings.HasPrefix(f.ast.Doc.Text(), "Package ") {
			continue
		}
		s, _, _ := strings.Cut(strings.Join(strings.Fields(f.ast.Doc.Text()), " ")+" ", ". ")
		first[f.pkg] = strings.TrimSuffix(s, ".")
	}
	var rooms []string
	for room := range floors {
		rooms = append(rooms, room)
	}
	sort.Strings(rooms)
	for _, room := range rooms {
		s, ok := first[room]
		if !ok {
			t.Errorf("%s has no package comment", room)
			continue
		}
		s = strings.TrimPrefix(s, "Package "+filepath.Base(room)+" ")
		if !strings.Contains(paper, s) {
			t.Errorf("ARCHITECTURE.md does not say of %s: %q", room, s)
		}
	}
}

func TestEverySourceIsListed(t *testing.T) {
	b, err := os.ReadFile(filepath.Join(root, "docs", "sources.md"))
	if err != nil {
		t.Fatal(err)
	}
	list := string(b)
	cited := regexp.MustCompile(`bron: ([A-Z][A-Z0-9-]+)`)
	n := 0
	for _, f := range files(t) {
		for _, m := range cited.FindAllSubmatch(f.src, -1) {
			n++
			if !strings.Contains(list, string(m[1])) {
				t.Errorf("%s cites the source %s, which docs/sources.md does not list", f.path, m[1])
			}
		}
	}
	if n == 0 {
		t.Error("no source is cited anywhere: the search is broken")
	}
}

// sharing are the rooms that give something to the world outside, and may therefore ask whether somebody allowed it.
var sharing = map[string]string{
	"consent":        "it shares what somebody allowed, and shows it",
	"kernel/privacy": "the ledger itself",
}

// TestNoHelpHangsOnConsent keeps consent out of every other door: saying no must never cost anybody a service.
func TestNoHelpHangsOnConsent(t *testing.T) {
	found := map[string]bool{}
	for _, f := range files(t) {
		if f.test() {
			continue
		}
		ast.Inspect(f.ast, func(n ast.Node) bool {
			s, ok := n.(*ast.SelectorExpr)
			if !ok {
				return true
			}
			if x, ok := s.X.(*ast.Ident); ok && x.Name == "privacy" && slices.Contains([]string{"Consents", "ConsentOf", "Use"}, s.Sel.Name) {
				found[f.pkg] = true
				if sharing[f.pkg] == "" {
					t.Errorf("%s asks for consent in a room that gives nothing to the world outside", f.path)
				}
			}
			return true
		})
	}
	if !found["consent"] {
		t.Error("nobody asks for consent: the search is broken")
	}
}

// TestWhatIsKeptSaysHowLong holds every table about people to one class, and every class to words and to the job that it
// says removes it.
func TestWhatIsKeptSaysHowLong(t *testing.T) {
	h := testHouse(t)
	jobs := map[string]bool{}
	for _, j := range slices.Concat(h.jobs, h.slow) {
		jobs[j.Name] = true
	}
	owner := map[string]string{}
	for _, c := range h.keeps() {
		if !c.Whole() {
			t.Errorf("%s does not say how long", c.Name)
		}
		for _, tag := range []string{"nl", "en"} {
			if !h.Texts.Has(tag, c.Name) {
				t.Errorf("%s has no words in %s", c.Name, tag)
			}
		}
		if c.Job != "" && !jobs[c.Job] {
			t.Errorf("%s is removed by the job %s, which is not there", c.Name, c.Job)
		}
		for _, table := range c.Tables {
			if owner[table] != "" {
				t.Errorf("%s and %s both say how long %s is kept", owner[table], c.Name, table)
			}
			owner[table] = c.Name
		}
	}
}
