package evidence

// This file holds the list, one claim and one piece.

import (
	"context"
	"net/http"
	"slices"

	"reisgezel/internal/dossier"
	"reisgezel/internal/kernel/access"
	"reisgezel/internal/kernel/clock"
	"reisgezel/internal/kernel/db"
	"reisgezel/internal/kernel/fault"
	"reisgezel/internal/kernel/lang"
	"reisgezel/internal/kernel/ui"
	"reisgezel/internal/kernel/web"
)

// pieceRow is one piece in a list.
type pieceRow struct {
	Piece
	Title, Sub, URL string
	Late            bool
}

// claimRow is one claim with its pieces.
type claimRow struct {
	Claim
	Title, URL string
	Count      Count
	Pieces     []pieceRow
}

// docRow is one document in a list.
type docRow struct {
	Document
	Title, Sub, URL string
	Alarm           Alarm
}

type listPage struct {
	File      dossier.File
	Keeps     bool
	Count     Count
	Claims    []claimRow
	Closed    []claimRow
	Documents []docRow
	Removed   []docRow
}

// namesFor gathers how everybody is called whose id stands on a page.
func (e *Evidence) namesFor(ctx context.Context, f dossier.File, ids ...string) (names, error) {
	n := names{self: f.ID(), called: f.Called(), colleagues: map[string]string{}}
	slices.Sort(ids)
	cs, err := e.org.Colleagues(ctx, slices.Compact(ids))
	for id, c := range cs {
		n.colleagues[id] = c.Name
	}
	return n, err
}

func (e *Evidence) list(v *web.Visit) error {
	f, err := e.look(v)
	if err != nil {
		return err
	}
	ctx := v.Ctx()
	p := listPage{File: f, Keeps: f.Changes(mayKeep)}
	cs, err := claims(ctx, e.db, f.Key(), db.F(`person = ?`, f.ID()))
	if err != nil {
		return err
	}
	ps, err := piecesOf(ctx, e.db, f)
	if err != nil {
		return err
	}
	ds, err := documentsOf(ctx, e.db, f)
	if err != nil {
		return err
	}
	var ids []string
	for _, x := range ps {
		ids = append(ids, x.Owner)
	}
	for _, d := range ds {
		ids = append(ids, d.MadeBy, d.RemovedBy)
	}
	n, err := e.namesFor(ctx, f, ids...)
	if err != nil {
		return err
	}
	var open []Piece
	for _, c := range cs {
		row := claimRowOf(v, f, n, c, ps)
		if c.Closed.IsZero() {
			p.Claims = append(p.Claims, row)
			for _, x := range row.Pieces {
				open = append(open, x.Piece)
			}
		} else {
			p.Closed = append(p.Closed, row)
		}
	}
	p.Count = CountOf(open, clock.Today(v.Now))
	for _, d := range ds {
		row := docRowOf(v, f, n, d)
		switch {
		case d.Removed.IsZero():
			p.Documents = append(p.Documents, row)
		case d.Restorable(v.Now):
			p.Removed = append(p.Removed, row)
		}
	}
	return v.Page(pageList(p))
}

func claimRowOf(v *web.Visit, f dossier.File, n names, c Claim, all []Piece) claimRow {
	today := clock.Today(v.Now)
	row := claimRow{Claim: c, Title: claimTitle(v.Ctx(), c), URL: v.URL("evidence.claim", "person", f.ID(), "claim", c.ID)}
	var mine []Piece
	for _, x := range all {
		if x.Claim == c.ID {
			mine = append(mine, x)
		}
	}
	InOrder(mine)
	row.Count = CountOf(mine, today)
	for _, x := range mine {
		row.Pieces = append(row.Pieces, pieceRowOf(v, f, n, x))
	}
	return row
}

func pieceRowOf(v *web.Visit, f dossier.File, n names, x Piece) pieceRow {
	ctx := v.Ctx()
	due := ""
	if !x.Due.IsZero() && Open(x.State) {
		due = lang.T(ctx, "evidence.due", "day", lang.Day(ctx, x.Due))
	}
	owner := ""
	if Open(x.State) {
		owner = n.owner(ctx, x.Owner, x.What.Who)
	}
	return pieceRow{Piece: x, Title: paperTitle(ctx, x.Kind, x.What.Title), Sub: lang.Dots(owner, due), Late: x.Late(clock.Today(v.Now)),
		URL: v.URL("evidence.piece", "person", f.ID(), "piece", x.ID)}
}

func docRowOf(v *web.Visit, f dossier.File, n names, d Document) docRow {
	ctx, today := v.Ctx(), clock.Today(v.Now)
	by := "evidence.by"
	if d.Own {
		by = "evidence.by.self"
	}
	r := docRow{Document: d, Title: paperTitle(ctx, d.Kind, d.What.Title), URL: v.URL("evidence.document", "person", f.ID(), "document", d.ID), Alarm: AlarmOf(d.Expires, today)}
	r.Sub = lang.Dots(lang.T(ctx, by, "name", n.by(d.MadeBy), "when", lang.When(ctx, d.At, v.Now)), alarmText(ctx, d.Expires, today))
	return r
}

// claimPage is one claim, or the form of a new one, and the form of a new piece of it.
type claimPage struct {
	File   dossier.File
	Keeps  bool
	Row    claimRow
	New    ClaimInput
	In     PieceInput
	Owners []ui.Option
	Story  []told
	Errors fault.Fields
}

func (e *Evidence) claimNew(v *web.Visit) error {
	f, err := e.lookToKeep(v)
	if err != nil {
		return err
	}
	return v.Page(pageClaimNew(claimPage{File: f}))
}

func (e *Evidence) claimAdd(v *web.Visit) error {
	f, err := e.keep(v)
	if err != nil {
		return err
	}
	in := ClaimInput{Kind: v.Value("kind"), Title: v.Value("title"), About: v.Value("about")}
	if fs := in.Check(); len(fs) > 0 {
		return v.Invalid(pageClaimNew(claimPage{File: f, New: in, Errors: fs}))
	}
	return v.Write(func(tx *db.Tx) (string, error) {
		id, err := addClaim(v.Ctx(), tx, f, in)
		if err != nil {
			return "", err
		}
		return v.URL("evidence.claim", "person", f.ID(), "claim", id, "gezegd", "evidence.said.claim"), nil
	})
}

func (e *Evidence) claimPage(v *web.Visit, f dossier.File) (claimPage, error) {
	ctx := v.Ctx()
	p := claimPage{File: f, Keeps: f.Changes(mayKeep), In: PieceInput{State: Missing}}
	c, err := claim(ctx, e.db, f, v.Param("claim"))
	if err != nil {
		return p, err
	}
	ps, err := pieces(ctx, e.db, f.Key(), db.F(`person = ? AND claim = ?`, f.ID(), c.ID))
	if err != nil {
		return p, err
	}
	es, err := story(ctx, e.db, f, c.ID)
	if err != nil {
		return p, err
	}
	n, ids, err := e.namesOf(v, f, ps, es)
	if err != nil {
		return p, err
	}
	p.Row, p.Story, p.Owners = claimRowOf(v, f, n, c, ps), n.tellAll(v, es), ownerOptions(ctx, n, ids, "")
	return p, nil
}

// namesOf are the names for pieces and stories, and the colleagues who may be asked to get a piece: who is assigned to the
// person, and whoever is asking.
func (e *Evidence) namesOf(v *web.Visit, f dossier.File, ps []Piece, es []Event, more ...string) (names, []string, error) {
	gs, err := access.Live(v.Ctx(), e.db, []string{f.ID()}, v.Now, access.Assignment)
	if err != nil {
		return names{}, nil, err
	}
	owners := []string{v.Actor.ID}
	for _, g := range gs {
		if id, ok := cutUser(g.Holder); ok && !slices.Contains(owners, id) {
			owners = append(owners, id)
		}
	}
	ids := slices.Concat(owners, more)
	for _, x := range ps {
		ids = append(ids, x.Owner)
	}
	for _, x := range es {
		ids = append(ids, x.MadeBy, x.What.Owner)
	}
	n, err := e.namesFor(v.Ctx(), f, ids...)
	return n, owners, err
}

func cutUser(holder string) (string, bool) {
	const user = "user:"
	if len(holder) <= len(user) || holder[:len(user)] != user {
		return "", false
	}
	return holder[len(user):], true
}

func (n names) tellAll(v *web.Visit, es []Event) []told {
	var out []told
	for _, x := range es {
		out = append(out, n.tellEvent(v.Ctx(), x, lang.When(v.Ctx(), x.At, v.Now)))
	}
	return out
}

// ownerOptions are who may get a piece; was stays a choice even when that colleague is no longer assigned.
func ownerOptions(ctx context.Context, n names, ids []string, was string) []ui.Option {
	out := []ui.Option{{Value: "", Label: lang.T(ctx, "evidence.owner.none")}, {Value: Self, Label: n.called}}
	if was != "" && was != Self && was != Someone && !slices.Contains(ids, was) {
		ids = append(slices.Clone(ids), was)
	}
	for _, id := range ids {
		if name := n.colleagues[id]; name != "" {
			out = append(out, ui.Option{Value: id, Label: name})
		}
	}
	return append(out, ui.Option{Value: Someone, Label: lang.T(ctx, "evidence.owner.other")})
}

func (e *Evidence) claimShow(v *web.Visit) error {
	f, err := e.look(v)
	if err != nil {
		return err
	}
	p, err := e.claimPage(v, f)
	if err != nil {
		return err
	}
	return v.Page(pageClaim(p))
}

func (e *Evidence) claimClose(v *web.Visit) error {
	f, err := e.keep(v)
	if err != nil {
		return err
	}
	undo := v.Value("undo") != ""
	said := "evidence.said.closed"
	if undo {
		said = "evidence.said.reopened"
	}
	return v.Write(func(tx *db.Tx) (string, error) {
		c, err := claim(v.Ctx(), tx, f, v.Param("claim"))
		if err != nil {
			return "", err
		}
		return v.URL("evidence.claim", "person", f.ID(), "claim", c.ID, "gezegd", said), closeClaim(v.Ctx(), tx, f, c.ID, undo)
	})
}

// pieceInput reads the form of a piece.
func pieceInput(v *web.Visit) PieceInput {
	return PieceInput{Kind: v.Value("kind"), Title: v.Value("title"), State: v.Value("state"), Owner: v.Value("owner"), Who: v.Value("who"), Due: v.Value("due"), Note: v.Value("note")}
}

func (e *Evidence) pieceAdd(v *web.Visit) error {
	f, err := e.keep(v)
	if err != nil {
		return err
	}
	p, err := e.claimPage(v, f)
	if err != nil {
		return err
	}
	p.In = pieceInput(v)
	due, fs := p.In.Check(Piece{}, values(p.Owners), clock.Today(v.Now))
	if len(fs) > 0 {
		p.Errors = fs
		return v.Invalid(pageClaim(p))
	}
	return v.Write(func(tx *db.Tx) (string, error) {
		if _, err := e.addPiece(v.Ctx(), tx, f, p.Row.ID, p.In, due); err != nil {
			return "", err
		}
		return v.URL("evidence.claim", "person", f.ID(), "claim", p.Row.ID, "gezegd", "evidence.said.piece"), nil
	})
}

func values(os []ui.Option) []string {
	var out []string
	for _, o := range os {
		out = append(out, o.Value)
	}
	return out
}

// piecePage is one piece: its documents, its form, its story.
type piecePage struct {
	File      dossier.File
	Keeps     bool
	Row       pieceRow
	Claim     claimRow
	Documents []docRow
	In        PieceInput
	Theirs    *PieceInput // how it stands now, when somebody else changed it meanwhile
	Version   string
	States    []ui.Option
	Owners    []ui.Option
	Story     []told
	Errors    fault.Fields
}

func (e *Evidence) piecePage(v *web.Visit, f dossier.File) (piecePage, error) {
	ctx := v.Ctx()
	p := piecePage{File: f, Keeps: f.Changes(mayKeep)}
	x, err := piece(ctx, e.db, f, v.Param("piece"))
	if err != nil {
		return p, err
	}
	c, err := claim(ctx, e.db, f, x.Claim)
	if err != nil {
		return p, err
	}
	ds, err := documents(ctx, e.db, f.Key(), db.F(`person = ? AND removed IS NULL AND id IN (SELECT document FROM evidence_proof WHERE piece = ?)`, f.ID(), x.ID))
	if err != nil {
		return p, err
	}
	es, err := story(ctx, e.db, f, x.ID)
	if err != nil {
		return p, err
	}
	var makers []string
	for _, d := range ds {
		makers = append(makers, d.MadeBy)
	}
	n, ids, err := e.namesOf(v, f, []Piece{x}, es, makers...)
	if err != nil {
		return p, err
	}
	p.Row, p.Claim, p.Story, p.Owners = pieceRowOf(v, f, n, x), claimRowOf(v, f, n, c, nil), n.tellAll(v, es), ownerOptions(ctx, n, ids, x.Owner)
	for _, d := range ds {
		p.Documents = append(p.Documents, docRowOf(v, f, n, d))
	}
	p.In = PieceInput{Kind: x.Kind, Title: x.What.Title, State: x.State, Owner: x.Owner, Who: x.What.Who, Due: x.Due.String()}
	p.Version, p.States = versionText(x.Version), stateOptions(ctx, x.State)
	return p, nil
}

func (e *Evidence) pieceShow(v *web.Visit) error {
	f, err := e.look(v)
	if err != nil {
		return err
	}
	p, err := e.piecePage(v, f)
	if err != nil {
		return err
	}
	return v.Page(pagePiece(p))
}

func (e *Evidence) pieceSave(v *web.Visit) error {
	f, err := e.keep(v)
	if err != nil {
		return err
	}
	p, err := e.piecePage(v, f)
	if err != nil {
		return err
	}
	was, theirs := p.Row.Piece, p.In
	p.In = pieceInput(v)
	if v.Value("version") != p.Version {
		p.Theirs = &theirs
		return v.Status(http.StatusConflict, pagePiece(p))
	}
	due, fs := p.In.Check(was, values(p.Owners), clock.Today(v.Now))
	if len(fs) > 0 {
		p.Errors = fs
		return v.Invalid(pagePiece(p))
	}
	return v.Write(func(tx *db.Tx) (string, error) {
		if err := e.changePiece(v.Ctx(), tx, f, was, p.In, due); err != nil {
			return "", err
		}
		return v.URL("evidence.piece", "person", f.ID(), "piece", was.ID, "gezegd", "evidence.said.saved"), nil
	})
}

// label is how a choice reads.
func label(os []ui.Option, value string) string {
	for _, o := range os {
		if o.Value == value {
			return o.Label
		}
	}
	return value
}

// facts are what a form of a piece says, to hold two beside each other.
func (p piecePage) facts(ctx context.Context, in PieceInput) []ui.FactP {
	owner := label(p.Owners, in.Owner)
	if in.Owner == Someone {
		owner = in.Who
	}
	return []ui.FactP{{Label: lang.T(ctx, "evidence.piece.kind"), Value: paperTitle(ctx, in.Kind, in.Title)}, {Label: lang.T(ctx, "evidence.piece.state"), Value: label(p.States, in.State)},
		{Label: lang.T(ctx, "evidence.piece.owner"), Value: owner}, {Label: lang.T(ctx, "evidence.piece.due"), Value: dayText(ctx, in.Due)}}
}
