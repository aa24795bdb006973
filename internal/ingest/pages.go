package ingest

// This file holds the pages of a batch: uploading, matching columns, deciding, confirming, taking back.

import (
	"io"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"

	"reisgezel/internal/kernel/db"
	"reisgezel/internal/kernel/fault"
	"reisgezel/internal/kernel/web"
	"reisgezel/internal/organisation"
)

// Routes are the doors of this capability.
func (i *Ingest) Routes() []web.Route {
	const get, post = http.MethodGet, http.MethodPost
	return []web.Route{
		{Name: "ingest.list", Method: get, Path: "/inlezen", May: mayLook, Do: i.list},
		{Name: "ingest.upload", Method: post, Path: "/inlezen", May: mayRead, Do: i.upload, Body: FileMost + 1<<16},
		{Name: "ingest.batch", Method: get, Path: "/inlezen/{batch}", May: mayLook, Do: i.show},
		{Name: "ingest.match", Method: post, Path: "/inlezen/{batch}/kolommen", May: mayRead, Do: i.matched},
		{Name: "ingest.rows", Method: get, Path: "/inlezen/{batch}/rijen", May: mayLook, Do: i.rows},
		{Name: "ingest.row", Method: get, Path: "/inlezen/{batch}/rij/{n}", May: mayLook, Do: i.row},
		{Name: "ingest.repair", Method: post, Path: "/inlezen/{batch}/rij/{n}", May: mayRead, Do: i.repair},
		{Name: "ingest.decide", Method: post, Path: "/inlezen/{batch}/besluit", May: mayRead, Do: i.decided},
		{Name: "ingest.words", Method: post, Path: "/inlezen/{batch}/woorden", May: mayRead, Do: i.explained},
		{Name: "ingest.give", Method: post, Path: "/inlezen/{batch}/bestand", May: mayLook, Do: i.giveBack},
		{Name: "ingest.confirm", Method: post, Path: "/inlezen/{batch}/bevestigen", May: mayRead, Do: i.confirmed},
		{Name: "ingest.drop", Method: post, Path: "/inlezen/{batch}/weg", May: mayRead, Do: i.dropped},
		{Name: "ingest.undo", Method: post, Path: "/inlezen/{batch}/terug", May: mayUndo, Do: i.undone},
	}
}

// listView is the first page.
type listView struct {
	Kind    string
	Errors  fault.Fields
	Batches []Batch
	Names   map[string]string
	By      map[string]organisation.Colleague
	Now     time.Time
}

func (i *Ingest) listView(v *web.Visit) (listView, error) {
	l := listView{Kind: string(People), Now: v.Now}
	var err error
	if l.Batches, err = i.batches(v.Ctx(), 50); err != nil {
		return l, err
	}
	var ids, who []string
	for _, b := range l.Batches {
		ids, who = append(ids, b.ID), append(who, b.By)
	}
	if l.Names, err = i.names(v.Ctx(), ids); err != nil {
		return l, err
	}
	l.By, err = i.org.Colleagues(v.Ctx(), who)
	return l, err
}

func (i *Ingest) list(v *web.Visit) error {
	l, err := i.listView(v)
	if err != nil {
		return err
	}
	return v.Page(listPage(l))
}

// looked is how many rows are looked at before anything is kept.
const looked = 500

func (i *Ingest) upload(v *web.Visit) error {
	kind := Kind(v.Value("kind"))
	again := func(err error) error {
		f := fault.As(err)
		if f.Kind != fault.Invalid || len(f.Fields) == 0 {
			return err
		}
		l, lerr := i.listView(v)
		if lerr != nil {
			return lerr
		}
		l.Kind, l.Errors = string(kind), f.Fields
		return v.Invalid(listPage(l))
	}
	if !kind.Known() {
		return again(fault.Fields{{Name: "kind", Key: "ingest.error.kind"}}.Err())
	}
	name, file, size, err := v.File("file")
	if err != nil {
		return again(fault.Fields{{Name: "file", Key: "ingest.error.nofile"}}.Err())
	}
	defer file.Close()
	if size > FileMost {
		return again(refused("ingest.error.big", "n", FileMost>>20))
	}
	b, err := io.ReadAll(io.LimitReader(file, FileMost+1))
	if err != nil {
		return again(refused("ingest.error.read"))
	}
	m, total, err := i.first(v, kind, b)
	if err != nil {
		return again(err)
	}
	id := db.ID("b", v.Now)
	return v.Write(func(tx *db.Tx) (string, error) {
		if twin, err := i.twin(v.Ctx(), tx, i.hash(kind, b)); err != nil || twin != "" {
			return v.URL("ingest.batch", "batch", twin, "gezegd", "ingest.said.same"), err
		}
		return v.URL("ingest.batch", "batch", id), i.add(v.Ctx(), tx, v.Actor, id, kind, base(name), b, m, total)
	})
}

// base is the name of a file without its folders, not longer than somebody can read.
func base(name string) string {
	if i := strings.LastIndexAny(name, `/\`); i >= 0 {
		name = name[i+1:]
	}
	if r := []rune(name); len(r) > 80 {
		name = string(r[:80])
	}
	return name
}

// first looks at a file before anything of it is kept: what it is, what its columns are, and that it holds no citizen
// service numbers.
func (i *Ingest) first(v *web.Visit, kind Kind, b []byte) (m Match, total int, err error) {
	f, err := Sniff(b)
	if err != nil {
		return m, 0, err
	}
	var rows []Row
	if f.Kind == "xlsx" {
		sheets, err := Sheets(b, looked)
		if err != nil {
			return m, 0, err
		}
		for _, s := range sheets { // every sheet may be chosen later
			if err := lawful(s.Head); err != nil {
				return m, 0, err
			}
			if f.Sheet == "" || len(rows) == 0 {
				f.Sheet, rows = s.Name, s.Head
			}
			total = max(total, s.Rows)
		}
	} else {
		if rows, err = f.Head(b, looked); err != nil {
			return m, 0, err
		}
		if total, err = f.Count(b); err != nil {
			return m, 0, err
		}
	}
	if len(rows) == 0 {
		return m, 0, refused("ingest.error.empty")
	}
	if err := lawful(rows); err != nil {
		return m, 0, err
	}
	m, err = i.propose(v, kind, f, rows)
	return m, total, err
}

func lawful(rows []Row) error {
	if c, found := Forbidden(rows); found {
		return refused("ingest.error.bsncolumn", "column", letters(c), "head", rows[0].cell(c))
	}
	return nil
}

// propose is what is remembered of a heading, or a guess.
func (i *Ingest) propose(v *web.Visit, kind Kind, f Format, rows []Row) (Match, error) {
	m := kind.Propose(f, rows)
	if !m.Head || len(rows) == 0 {
		return m, nil
	}
	old, found, err := i.recall(v.Ctx(), kind.Signature(rows[0].Cells))
	if err == nil && found {
		m = m.Recall(old)
	}
	return m, err
}

// shown writes into the log that somebody looks at rows, before they are shown.
func (i *Ingest) shown(v *web.Visit, event, object string) error {
	return i.db.Tx(v.Ctx(), func(tx *db.Tx) error { return i.log(v.Ctx(), tx, v.Actor, event, object) })
}

// matchView is the page on which columns are matched.
type matchView struct {
	Batch  Batch
	Name   string
	M      Match
	Heads  []string
	Ex     [][]string // per column a few examples
	Sheets []Sheet
	Errors fault.Fields
}

const examples = 3

// fill reads the head of the file in the format of the match.
func (x *matchView) fill(b []byte) ([]Row, error) {
	rows, err := x.M.Format.Head(b, looked)
	if err != nil {
		return nil, err
	}
	x.Heads, x.Ex = nil, nil
	body := rows
	if x.M.Head && len(rows) > 0 {
		x.Heads, body = rows[0].Cells, rows[1:]
	}
	for c := range len(x.M.Columns) {
		var ex []string
		for _, r := range body {
			if s := r.cell(c); s != "" && len(ex) < examples && !slices.Contains(ex, s) {
				ex = append(ex, s)
			}
		}
		x.Ex = append(x.Ex, ex)
	}
	return rows, nil
}

func (x matchView) head(c int) string {
	if c < len(x.Heads) {
		return x.Heads[c]
	}
	return ""
}

func (i *Ingest) matchView(v *web.Visit, b Batch) (x matchView, data []byte, err error) {
	x.Batch = b
	names, err := i.names(v.Ctx(), []string{b.ID})
	if err != nil {
		return x, nil, err
	}
	x.Name = names[b.ID]
	if x.M, err = i.match(v.Ctx(), i.db, b.ID); err != nil {
		return x, nil, err
	}
	if data, err = i.file(v.Ctx(), i.db, b.ID); err != nil {
		return x, nil, err
	}
	if x.M.Format.Kind == "xlsx" {
		x.Sheets, err = Sheets(data, 0)
	}
	return x, data, err
}

func (i *Ingest) show(v *web.Visit) error {
	b, err := i.batch(v.Ctx(), i.db, v.Param("batch"))
	if err != nil {
		return err
	}
	switch {
	case b.State == Matching:
		if err := i.shown(v, "ingest.event.shown", b.ID); err != nil {
			return err
		}
		x, data, err := i.matchView(v, b)
		if err != nil {
			return err
		}
		if _, err := x.fill(data); err != nil {
			return err
		}
		return v.Page(matchPage(x))
	case b.State == Ready:
		if err := i.shown(v, "ingest.event.shown", b.ID); err != nil {
			return err
		}
		r, err := i.readyView(v, b)
		if err != nil {
			return err
		}
		return v.Page(readyPage(r))
	}
	s, err := i.stateView(v, b)
	if err != nil {
		return err
	}
	return v.Page(statePage(s))
}

// matched takes the form of the columns: to look again in another format, or to begin.
func (i *Ingest) matched(v *web.Visit) error {
	b, err := i.batch(v.Ctx(), i.db, v.Param("batch"))
	if err != nil {
		return err
	}
	if b.State != Matching {
		return v.Go("ingest.batch", "batch", b.ID)
	}
	x, data, err := i.matchView(v, b)
	if err != nil {
		return err
	}
	x.format(v)
	rows, err := x.M.Format.Head(data, looked)
	if err != nil {
		return err
	}
	if v.Value("what") == "look" || v.R.FormValue("seen") != x.M.Format.mark() {
		// Other cells than before: the columns are proposed anew.
		if err := lawful(rows); err != nil {
			return err
		}
		head := x.M.Head
		if x.M, err = i.propose(v, b.Kind, x.M.Format, rows); err != nil {
			return err
		}
		if x.M.Head != head {
			x.M.Head, x.M.Columns = head, make([]string, columns(rows, head))
		}
		if _, err := x.fill(data); err != nil {
			return err
		}
		if err := i.shown(v, "ingest.event.shown", b.ID); err != nil {
			return err
		}
		return v.Page(matchPage(x))
	}
	x.choose(v, columns(rows, x.M.Head))
	if _, err := x.fill(data); err != nil {
		return err
	}
	if x.Errors = x.M.Check(b.Kind); len(x.Errors) > 0 {
		if err := i.shown(v, "ingest.event.shown", b.ID); err != nil {
			return err
		}
		return v.Invalid(matchPage(x))
	}
	x.M.Sign = ""
	if x.M.Head {
		x.M.Sign = b.Kind.Signature(x.Heads)
	}
	err = v.Write(func(tx *db.Tx) (string, error) {
		if err := move(v.Ctx(), tx, b, Reading); err != nil {
			return "", err
		}
		if err := i.putMatch(v.Ctx(), tx, b.ID, x.M); err != nil {
			return "", err
		}
		if err := i.remember(v.Ctx(), tx, x.M); err != nil {
			return "", err
		}
		return v.URL("ingest.batch", "batch", b.ID), i.log(v.Ctx(), tx, v.Actor, "ingest.event.matched", b.ID)
	})
	if err != nil {
		return err
	}
	return i.begin(v.Ctx(), b.ID)
}

// format takes how the file is written from the form.
func (x *matchView) format(v *web.Visit) {
	m := &x.M
	m.Head = v.Value("head") != ""
	if e := v.Value("encoding"); slices.Contains(Encodings, e) {
		m.Format.Encoding = e
	}
	if c := v.R.FormValue("comma"); slices.Contains(Commas, c) { // not trimmed: a tab is one of them
		m.Format.Comma = c
	}
	for _, s := range x.Sheets {
		if s.Name == v.R.FormValue("sheet") {
			m.Format.Sheet = s.Name
		}
	}
}

// choose takes what the n columns are from the form.
func (x *matchView) choose(v *web.Visit, n int) {
	x.M.Columns = make([]string, n)
	for c := range n {
		x.M.Columns[c] = v.Value(column(c))
	}
	if v.Has("source") {
		x.M.Source, x.M.Order = v.Value("source"), v.Value("order")
	}
}

// columns is how many columns there are to choose for: those of the heading, or of the widest row.
func columns(rows []Row, head bool) int {
	if head && len(rows) > 0 {
		return len(rows[0].Cells)
	}
	return width(rows)
}

// stateView is the page of a batch that works or has ended.
type stateView struct {
	Batch Batch
	Name  string
	By    string
	Of    int // how much there is to do in this state
	Newer bool
	Now   time.Time
}

func (i *Ingest) stateView(v *web.Visit, b Batch) (stateView, error) {
	s := stateView{Batch: b, Now: v.Now, Of: b.Total}
	names, err := i.names(v.Ctx(), []string{b.ID})
	if err != nil {
		return s, err
	}
	s.Name = names[b.ID]
	who, err := i.org.Colleagues(v.Ctx(), []string{b.Acts})
	if err != nil {
		return s, err
	}
	s.By = who[b.Acts].Name
	c, err := counts(v.Ctx(), i.db, b.ID)
	if err != nil {
		return s, err
	}
	switch b.State {
	case Writing:
		s.Of = c[Fresh] + b.Done
	case Undoing:
		s.Of = b.Written
	case Checking:
		s.Of = b.Total + 1 // rows are numbered with the heading
	case Done:
		if b.Kind != People {
			s.Newer, err = i.newer(v.Ctx(), b)
		}
	}
	return s, err
}

func number64(s string) int {
	n, err := strconv.Atoi(s)
	if err != nil || n < 0 {
		return 0
	}
	return n
}
