package knelpunt

// This file holds the form of a signal and the preview with the differences. It is the one place in this room that ever holds a
// file: to ask what must be masked, and to leave the receipt there.

import (
	"bytes"
	"net/url"
	"slices"

	"reisgezel/internal/dossier"
	"reisgezel/internal/kernel/clock"
	"reisgezel/internal/kernel/db"
	"reisgezel/internal/kernel/deident"
	"reisgezel/internal/kernel/fault"
	"reisgezel/internal/kernel/lang"
	"reisgezel/internal/kernel/ui"
	"reisgezel/internal/kernel/web"
	"reisgezel/internal/organisation"
)

// Form is the address of the form with what a page knows in coarse words. The file in it stands sealed.
func (k *Knelpunten) Form(v *web.Visit, sealed string, x dossier.Signal) string {
	var args []string
	add := func(name, value string) {
		if value != "" {
			args = append(args, name, value)
		}
	}
	add("van", sealed)
	add("thema", ThemeOf(x.From, x.Theme))
	add("instantie", InstitutionOf(x.From))
	add("fase", PhaseOf(x.From, x.Theme))
	add("plek", PlaceOf(x.Place))
	add("ernst", x.Weight)
	add("maand", MonthValue(x.Month))
	if x.From == "residence" {
		add("vorm", Reception)
	}
	return v.URL("knelpunt.raise", args...)
}

type raisePage struct {
	In     Input
	From   string // the sealed file; empty when there is none
	Report string // what came through the public form; empty when it did not
	Teams  []organisation.Team
	Tabs   []ui.TabP // the forms
	Months []clock.Date
	Errors fault.Fields
}

// asked is what a request says of a signal: the form, and the file it comes from.
type asked struct {
	raisePage
	offer dossier.Offer
	known deident.Known
	ids   []string // of the teams it may go to

	report Report
}

// readForm reads a form and opens the file behind it, when there is one. What is known of the file is asked now, and kept nowhere.
func (k *Knelpunten) readForm(v *web.Visit) (asked, error) {
	a := asked{raisePage: raisePage{From: v.Value("van"), Months: Months(clock.Today(v.Now)),
		In: Input{Theme: v.Value("thema"), Institution: v.Value("instantie"), Place: v.Value("plek"), Phase: v.Value("fase"), Nation: v.Value("groep"),
			Month: v.Value("maand"), Weight: v.Value("ernst"), Seen: v.Value("gezien"), Team: v.Value("team"), Wish: v.Has("wens"), Detail: ReadDetail(v.Value("vorm"), v.Values), Words: v.Value("woorden")}}}
	var err error
	if a.Teams, err = k.teamChoices(v); err != nil {
		return a, err
	}
	a.Tabs = formTabsOf(v, a.raisePage)
	if a.ids = teamIDs(a.Teams); len(a.ids) == 0 {
		return a, fault.New(fault.Conflict, "knelpunt.error.noteam")
	}
	if a.Report = v.Value("melding"); a.Report != "" {
		if !mayDesk.Allows(v.Actor) || a.From != "" {
			return a, fault.Gone()
		}
		a.In.Open = true
		a.report, err = k.report(v.Ctx(), k.db, a.Report)
		return a, err
	}
	if a.From == "" {
		return a, nil
	}
	if a.offer, err = k.files.OpenSignal(v, a.From); err != nil {
		return a, err
	}
	a.known, err = k.files.Known(v, a.offer.File)
	return a, err
}

func (k *Knelpunten) raise(v *web.Visit) error {
	a, err := k.readForm(v)
	if err != nil {
		return err
	}
	in := &a.In
	if in.Month == "" {
		in.Month = MonthValue(a.Months[0])
	}
	if in.Detail.Form == Pushback && in.Theme == "" {
		in.Theme, in.Institution, in.Place, in.Phase = "border", "abroad", "abroad", "arrival"
	}
	if in.Detail.Form == Reception && in.Theme == "" {
		in.Theme = "reception"
	}
	if a.From != "" && in.Nation == "" {
		in.Nation = GroupOf(dossier.OriginsOf(a.offer.File.Profile().Nationality))
	}
	if own, err := k.teams(v); err != nil {
		return err
	} else if in.Team == "" && len(own) > 0 {
		in.Team = a.ids[0]
	}
	return v.Page(pageRaise(a.raisePage))
}

// urgent leads to the alarm of the file that the form came from: what cannot wait is no signal.
func (k *Knelpunten) urgent(v *web.Visit) error {
	o, err := k.files.OpenSignal(v, v.Value("van"))
	if err != nil {
		return err
	}
	if !web.Known(v.Ctx(), "alarm.file") {
		return fault.Gone()
	}
	return v.Go("alarm.file", "person", o.File.ID())
}

type previewPage struct {
	raisePage
	Facts  Facts
	Pieces []Piece
	Masked string // what leaves, for the author to repair
	Sure   int    // how much was masked
	Look   bool
}

// show is the preview of words: what they were, what was masked, and what is left to repair.
func (k *Knelpunten) show(a asked, facts Facts) (previewPage, error) {
	r, err := k.mask(a.known, a.In.Words)
	if err != nil {
		return previewPage{}, fault.Wrap(fault.Unavailable, "knelpunt: mask", err)
	}
	return previewPage{raisePage: a.raisePage, Facts: facts, Pieces: Pieces(a.In.Words, r), Masked: r.Masked, Sure: len(r.Spans), Look: r.Look}, nil
}

// preview masks the words and shows the difference. It writes nothing: nobody but the author has read them.
func (k *Knelpunten) preview(v *web.Visit) error {
	a, err := k.readForm(v)
	if err != nil {
		return err
	}
	if v.Has("terug") { // from the preview back to the form, with everything in it
		return v.Page(pageRaise(a.raisePage))
	}
	facts, fs := a.In.Check(a.ids, clock.Today(v.Now))
	if len(fs) > 0 {
		a.Errors = fs
		return v.Invalid(pageRaise(a.raisePage))
	}
	p, err := k.show(a, facts)
	if err != nil {
		return err
	}
	return v.Page(pagePreview(p))
}

// give hands the repaired words to the team. What is known of the person, and every pattern, is refused whatever the author
// thinks of it; a word that was only suspected may come back, and the second reader sees it marked.
func (k *Knelpunten) give(v *web.Visit) error {
	a, err := k.readForm(v)
	if err != nil {
		return err
	}
	facts, fs := a.In.Check(a.ids, clock.Today(v.Now))
	if len(fs) > 0 {
		a.Errors = fs
		return v.Invalid(pageRaise(a.raisePage))
	}
	r, err := k.mask(a.known, a.In.Words)
	if err != nil {
		return fault.Wrap(fault.Unavailable, "knelpunt: mask", err)
	}
	if Betrays(r) {
		a.Errors.Add("woorden", "knelpunt.error.betrays")
		p, err := k.show(a, facts)
		if err != nil {
			return err
		}
		return v.Invalid(pagePreview(p))
	}
	team := a.In.Team
	if !slices.Contains(a.ids, team) {
		team = a.ids[0] // there is one, and the form did not ask
	}
	d := Draft{Team: team, Raiser: k.raiser(v.Actor), Said: Said{Facts: facts, Detail: a.In.Detail, Words: a.In.Words}}
	receipt := newReceipt()
	if a.From != "" {
		if d.One, err = k.pseudonym(v.Ctx(), a.offer.File.ID()); err != nil {
			return err
		}
		d.Receipt = k.receiptToken(receipt)
		if a.In.Wish {
			d.Said.Lang = hears(a.offer.File.Profile().Language())
		}
	}
	if a.Report != "" {
		d.Receipt, d.Said.Lang = a.report.Code, hears(a.report.Lang)
	}
	return v.Write(func(tx *db.Tx) (string, error) {
		draft, err := k.giveDraft(v.Ctx(), tx, d)
		if err != nil {
			return "", err
		}
		to := v.URL("knelpunt.mine", "gezegd", "knelpunt.said.given") // nothing that tells which signal it was
		if a.Report != "" {
			if err := takePhotos(v.Ctx(), tx, a.Report, draft); err != nil {
				return "", err
			}
			return to, k.settle(v.Ctx(), tx, v.Actor, a.Report, "taken")
		}
		if a.From == "" {
			return to, nil
		}
		return to, k.files.Keep(v.Ctx(), tx, a.offer, "knelpunt.theme."+facts.Theme, receipt, a.In.Wish)
	})
}

// FilePanels are the way to a signal on the page of a file, and to the public form on the person's own first page.
func (k *Knelpunten) FilePanels() []dossier.Panel {
	return []dossier.Panel{{Place: "aside", Order: 90, Show: func(v *web.Visit, f dossier.File) (ui.Part, error) {
		to, err := k.files.SignalURL(v, f, dossier.Signal{From: "file"})
		if err != nil || to == "" {
			return ui.Part{}, err
		}
		own, err := k.ownFrom(v, f, to)
		return ui.Part{Body: partFile(to, own)}, err
	}}, {Place: "home", Order: 95, Show: func(*web.Visit, dossier.File) (ui.Part, error) { return ui.Part{Body: partHome()}, nil }}}
}

// ownFrom are one's own signals that came from a file and are still in the team, so that they are repaired with what the file knows. Only
// who wrote them finds them there.
func (k *Knelpunten) ownFrom(v *web.Visit, f dossier.File, form string) ([]ui.RowP, error) {
	ds, err := k.drafts(v.Ctx(), k.db, db.F(`raiser = ? AND one IS NOT NULL`, k.raiser(v.Actor)))
	if err != nil || len(ds) == 0 {
		return nil, err
	}
	one, err := k.pseudonym(v.Ctx(), f.ID())
	if err != nil {
		return nil, err
	}
	u, err := url.Parse(form) // the address of the form has the file in it, sealed for this colleague
	if err != nil {
		return nil, err
	}
	from := u.Query().Get("van")
	var out []ui.RowP
	for _, d := range ds {
		if bytes.Equal(d.One, one) {
			out = append(out, ui.RowP{Href: v.URL("knelpunt.repair", "draft", d.ID, "van", from), Title: titleOf(v.Ctx(), d.Said.Facts), Sub: lang.T(v.Ctx(), "knelpunt.file.own."+d.State)})
		}
	}
	return out, nil
}
