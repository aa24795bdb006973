package evidence

// This file holds the pages of documents: adding one, looking at one, a new scan, taking back.

import (
	"context"
	"net/http"
	"slices"
	"strconv"

	"reisgezel/internal/dossier"
	"reisgezel/internal/kernel/access"
	"reisgezel/internal/kernel/clock"
	"reisgezel/internal/kernel/db"
	"reisgezel/internal/kernel/fault"
	"reisgezel/internal/kernel/lang"
	"reisgezel/internal/kernel/ui"
	"reisgezel/internal/kernel/web"
)

func versionText(n int64) string { return strconv.FormatInt(n, 10) }

func paperOptions(ctx context.Context) []ui.Option {
	return append([]ui.Option{{Label: lang.T(ctx, "evidence.choose")}}, ui.Options(ctx, "evidence.paper.", PaperKinds)...)
}

// stateOptions are the states that may be chosen; what the person sent keeps its state until somebody chooses another.
func stateOptions(ctx context.Context, was string) []ui.Option {
	states := Settable
	if was == Sent {
		states = append([]string{Sent}, Settable...)
	}
	return ui.Options(ctx, "evidence.state.", states)
}

// uploadPage is the form of a new document.
type uploadPage struct {
	File   dossier.File
	In     DocumentInput
	Pieces []ui.Option
	Held   string
	Errors fault.Fields
}

// pieceOptions are the pieces a document may prove, each with the claim it belongs to.
func (e *Evidence) pieceOptions(v *web.Visit, f dossier.File, chosen []string) ([]Piece, []ui.Option, error) {
	ps, err := piecesOf(v.Ctx(), e.db, f)
	if err != nil {
		return nil, nil, err
	}
	cs, err := claims(v.Ctx(), e.db, f.Key(), db.F(`person = ?`, f.ID()))
	if err != nil {
		return nil, nil, err
	}
	var out []ui.Option
	for _, c := range cs {
		for _, x := range ps {
			if x.Claim == c.ID && (c.Closed.IsZero() || slices.Contains(chosen, x.ID)) {
				out = append(out, ui.Option{Value: x.ID, Label: paperTitle(v.Ctx(), x.Kind, x.What.Title), Hint: lang.Dots(claimTitle(v.Ctx(), c), lang.T(v.Ctx(), "evidence.state."+x.State))})
			}
		}
	}
	return ps, out, nil
}

func documentInput(v *web.Visit) DocumentInput {
	return DocumentInput{Kind: v.Value("kind"), Title: v.Value("title"), Expires: v.Value("expires"), Pieces: v.Values("pieces")}
}

func (e *Evidence) uploadForm(v *web.Visit) error {
	f, err := e.lookToKeep(v)
	if err != nil {
		return err
	}
	p := uploadPage{File: f}
	ps, options, err := e.pieceOptions(v, f, nil)
	if err != nil {
		return err
	}
	p.Pieces = options
	for _, x := range ps {
		if x.ID == v.Value("stuk") {
			p.In = DocumentInput{Kind: x.Kind, Title: x.What.Title, Pieces: []string{x.ID}}
		}
	}
	return v.Page(pageUpload(p))
}

func (e *Evidence) upload(v *web.Visit) error {
	f, err := e.keep(v)
	if err != nil {
		return err
	}
	p := uploadPage{File: f, In: documentInput(v)}
	ps, options, err := e.pieceOptions(v, f, p.In.Pieces)
	if err != nil {
		return err
	}
	p.Pieces = options
	expires, fs := p.In.Check(ps, clock.Today(v.Now))
	paper, held, err := e.receive(v, f)
	if p.Held, err = e.keepFaults(v, f, &fs, paper, held, err); err != nil {
		return err
	}
	if len(fs) > 0 {
		p.Errors = fs
		return v.Invalid(pageUpload(p))
	}
	return v.Write(func(tx *db.Tx) (string, error) {
		id, err := e.addDocument(v.Ctx(), tx, f, p.In, expires, paper)
		if err != nil {
			return "", err
		}
		return v.URL("evidence.document", "person", f.ID(), "document", id, "gezegd", "evidence.said.added"), nil
	})
}

// scanRow is one scan on the page of its document.
type scanRow struct {
	Scan
	Title, Sub, URL, PreviewURL string
}

type documentPage struct {
	File       dossier.File
	Keeps      bool
	Row        docRow
	Restorable bool
	Rings      bool
	Scans      []scanRow
	Proves     []pieceRow
	In         DocumentInput
	Theirs     *DocumentInput // how it stands now, when somebody else changed it meanwhile
	Version    string
	Pieces     []ui.Option
	Until      string // the last day in the form of a new scan
	Held       string
	Story      []told
	Errors     fault.Fields
	Scanning   bool // the faults belong to the form of a new scan
}

func (e *Evidence) documentPage(v *web.Visit, f dossier.File) (documentPage, []Piece, error) {
	ctx, today := v.Ctx(), clock.Today(v.Now)
	p := documentPage{File: f}
	d, err := document(ctx, e.db, f, v.Param("document"))
	if err != nil {
		return p, nil, err
	}
	if !d.Removed.IsZero() && !d.Restorable(v.Now) {
		return p, nil, fault.Gone() // the next run of the job destroys it
	}
	p.Keeps = f.Changes(mayKeep)
	if p.In.Pieces, err = proofs(ctx, e.db, d.ID); err != nil {
		return p, nil, err
	}
	ps, options, err := e.pieceOptions(v, f, p.In.Pieces)
	if err != nil {
		return p, nil, err
	}
	es, err := story(ctx, e.db, f, d.ID)
	if err != nil {
		return p, nil, err
	}
	ss, err := scans(ctx, e.db, d.ID)
	if err != nil {
		return p, nil, err
	}
	makers := []string{d.MadeBy}
	for _, x := range ss {
		makers = append(makers, x.MadeBy)
	}
	n, _, err := e.namesOf(v, f, ps, es, makers...)
	if err != nil {
		return p, nil, err
	}
	p.Row, p.Story, p.Pieces = docRowOf(v, f, n, d), n.tellAll(v, es), options
	p.In.Kind, p.In.Title, p.In.Expires = d.Kind, d.What.Title, d.Expires.String()
	p.Version, p.Restorable, p.Rings, p.Until = versionText(d.Version), d.Restorable(v.Now), d.Rings(today), d.Expires.String()
	for _, x := range ps {
		if slices.Contains(p.In.Pieces, x.ID) {
			p.Proves = append(p.Proves, pieceRowOf(v, f, n, x))
		}
	}
	for _, s := range ss {
		r := scanRow{Scan: s, Title: lang.T(ctx, "evidence.scan.n", "n", s.N), URL: v.URL("evidence.download", "person", f.ID(), "document", d.ID, "scan", s.ID)}
		r.Sub = lang.Dots(lang.T(ctx, "evidence.type."+string(s.Type)), sizeText(ctx, s.Size), n.by(s.MadeBy), lang.When(ctx, s.At, v.Now))
		if s.Preview {
			r.PreviewURL = v.URL("evidence.preview", "person", f.ID(), "document", d.ID, "scan", s.ID)
		}
		p.Scans = append(p.Scans, r)
	}
	return p, ps, nil
}

func (e *Evidence) documentShow(v *web.Visit) error {
	f, err := e.look(v)
	if err != nil {
		return err
	}
	p, _, err := e.documentPage(v, f)
	if err != nil {
		return err
	}
	return v.Page(pageDocument(p))
}

func (e *Evidence) documentSave(v *web.Visit) error {
	f, err := e.keep(v)
	if err != nil {
		return err
	}
	p, ps, err := e.documentPage(v, f)
	if err != nil {
		return err
	}
	theirs := p.In
	p.In = documentInput(v)
	if v.Value("version") != p.Version {
		p.Theirs = &theirs
		return v.Status(http.StatusConflict, pageDocument(p))
	}
	expires, fs := p.In.Check(ps, clock.Today(v.Now))
	if len(fs) > 0 {
		p.Errors = fs
		return v.Invalid(pageDocument(p))
	}
	d := p.Row.Document
	return v.Write(func(tx *db.Tx) (string, error) {
		return v.URL("evidence.document", "person", f.ID(), "document", d.ID, "gezegd", "evidence.said.saved"), e.describe(v.Ctx(), tx, f, d, p.In, expires)
	})
}

func (e *Evidence) documentScan(v *web.Visit) error {
	f, err := e.keep(v)
	if err != nil {
		return err
	}
	p, _, err := e.documentPage(v, f)
	if err != nil {
		return err
	}
	if !p.Row.Removed.IsZero() {
		return fault.Gone()
	}
	p.Until = v.Value("until")
	var fs fault.Fields
	expires := lastDay(&fs, "until", p.Until, clock.Today(v.Now))
	paper, held, err := e.receive(v, f)
	if p.Held, err = e.keepFaults(v, f, &fs, paper, held, err); err != nil {
		return err
	}
	if len(fs) > 0 {
		p.Errors, p.Scanning = fs, true
		return v.Invalid(pageDocument(p))
	}
	return v.Write(func(tx *db.Tx) (string, error) {
		return v.URL("evidence.document", "person", f.ID(), "document", p.Row.ID, "gezegd", "evidence.said.scanned"), e.rescan(v.Ctx(), tx, f, p.Row.Document, expires, paper)
	})
}

// act does one small thing to a document of the file, and comes back to its page.
func (e *Evidence) act(v *web.Visit, said string, do func(ctx context.Context, tx *db.Tx, f dossier.File, d Document) error) error {
	f, err := e.keep(v)
	if err != nil {
		return err
	}
	return v.Write(func(tx *db.Tx) (string, error) {
		d, err := document(v.Ctx(), tx, f, v.Param("document"))
		if err != nil {
			return "", err
		}
		return v.URL("evidence.document", "person", f.ID(), "document", d.ID, "gezegd", said), do(v.Ctx(), tx, f, d)
	})
}

func (e *Evidence) documentCheck(v *web.Visit) error {
	return e.act(v, "evidence.said.checked", e.check)
}

func (e *Evidence) documentMind(v *web.Visit) error {
	return e.act(v, "evidence.said.minded", func(ctx context.Context, tx *db.Tx, f dossier.File, d Document) error {
		return e.mind(ctx, tx, f, d, AlarmOf(d.Expires, clock.Today(v.Now)))
	})
}

func (e *Evidence) documentRemove(v *web.Visit) error {
	undo := v.Value("undo") != ""
	said := "evidence.said.removed"
	if undo {
		said = "evidence.said.restored"
	}
	return e.act(v, said, func(ctx context.Context, tx *db.Tx, f dossier.File, d Document) error {
		return e.takeBack(ctx, tx, f, d, undo)
	})
}

func (e *Evidence) download(v *web.Visit) error {
	f, err := e.files.OpenFor(v, v.Param("person"), access.File)
	if err != nil {
		return err
	}
	return e.give(v, f, "whole", "evidence.event.taken")
}

func (e *Evidence) preview(v *web.Visit) error {
	f, err := e.files.OpenFor(v, v.Param("person"), access.File)
	if err != nil {
		return err
	}
	return e.give(v, f, "preview", "evidence.event.seen")
}

// facts are what a form of a document says, to hold two beside each other.
func (p documentPage) facts(ctx context.Context, in DocumentInput) []ui.FactP {
	var proves []string
	for _, id := range in.Pieces {
		proves = append(proves, label(p.Pieces, id))
	}
	return []ui.FactP{{Label: lang.T(ctx, "evidence.doc.kind"), Value: paperTitle(ctx, in.Kind, in.Title)}, {Label: lang.T(ctx, "evidence.doc.expires"), Value: dayText(ctx, in.Expires)},
		{Label: lang.T(ctx, "evidence.proves"), Value: lang.Dots(proves...)}}
}
