package consent

// This file holds the list of consents: what may be shared now, what ended, and what was given.

import (
	"slices"
	"strings"

	"reisgezel/internal/dossier"
	"reisgezel/internal/kernel/access"
	"reisgezel/internal/kernel/db"
	"reisgezel/internal/kernel/fault"
	"reisgezel/internal/kernel/lang"
	"reisgezel/internal/kernel/privacy"
	"reisgezel/internal/kernel/web"
)

// room is the set of doors through which somebody came: the person's own, or those of colleagues. The pages are the same
// ones; the shell around them and who is spoken to differ.
type room struct {
	self                        bool
	list, ask, check, give, end string
}

var (
	own    = room{true, "consent.mine", "consent.ask", "consent.check", "consent.give", "consent.end"}
	office = room{false, "consent.file", "consent.ask_for", "consent.check_for", "consent.give_for", "consent.end_for"}
)

func roomOf(v *web.Visit) room {
	if v.Actor.Kind == access.IsSelf {
		return own
	}
	return office
}

// url is the address of a door of the room.
func (r room) url(v *web.Visit, person, route string, args ...string) string {
	if !r.self {
		args = append([]string{"person", person}, args...)
	}
	return v.URL(route, args...)
}

// who is whose consents these are, and how much of the file must be open.
func (r room) who(v *web.Visit) (string, access.Level) {
	if r.self {
		return v.Actor.ID, access.File
	}
	return v.Param("person"), access.DeskLevel
}

// open opens the file and writes the look.
func (c *Consents) open(v *web.Visit) (room, dossier.File, error) {
	r := roomOf(v)
	person, level := r.who(v)
	f, err := c.files.Open(v, person, level, "consent.event.read")
	return r, f, err
}

// openFor opens the file for a form that will write, and log.
func (c *Consents) openFor(v *web.Visit) (room, dossier.File, error) {
	r := roomOf(v)
	person, level := r.who(v)
	f, err := c.files.OpenFor(v, person, level)
	return r, f, err
}

type row struct {
	ID, Party, Purpose  string
	Parts               []string
	Until, Given, Ended string
	Words, WordsLang    string
	ShareURL, AgainURL  string
}

type sheetRow struct{ Title, Sub, URL string }

type listPage struct {
	File    dossier.File
	Wishes  []sheetRow // what a colleague is asked to ask
	Self    bool
	Now     []row
	Past    []row
	Sheets  []sheetRow
	AskURL  string
	EndURL  string
	Lasting bool
}

// show is the list in either room.
func (c *Consents) show(v *web.Visit) error {
	r, f, err := c.open(v)
	if err != nil {
		return err
	}
	p, err := c.list(v, r, f)
	if err != nil {
		return err
	}
	if r.self {
		return v.Page(pageMine(p))
	}
	return v.Page(pageFile(p))
}

func (c *Consents) list(v *web.Visit, r room, f dossier.File) (listPage, error) {
	ctx := v.Ctx()
	p := listPage{File: f, Self: r.self, AskURL: r.url(v, f.ID(), r.ask), EndURL: r.url(v, f.ID(), r.end), Lasting: f.Lasting() == nil}
	cs, err := privacy.Consents(ctx, c.db, f.Key(), f.ID())
	if err != nil {
		return p, err
	}
	hs, err := handedAll(ctx, c.db, f.Key(), f.ID())
	if err != nil {
		return p, err
	}
	hidden, err := c.hidden(v, r, f, cs)
	if err != nil {
		return p, err
	}
	cs = slices.DeleteFunc(cs, func(x privacy.Consent) bool { return hidden[x.ID] })
	hs = slices.DeleteFunc(hs, func(h Handed) bool { return hidden[h.Consent] })
	if !r.self && mayHand.Allows(v.Actor) && f.Level() >= mayHand.Level {
		ws, err := wishesOf(ctx, c.db, f.Key(), f.ID())
		if err != nil {
			return p, err
		}
		for _, w := range ws {
			if w.Open(v.Now) {
				p.Wishes = append(p.Wishes, sheetRow{Title: lang.T(ctx, "consent.staff.wish", "code", codeOf(w.Matter)), URL: v.URL("consent.wish", "person", f.ID(), "wish", w.ID)})
			}
		}
	}
	names, err := c.names(v, cs, hs)
	if err != nil {
		return p, err
	}
	shares := !r.self && mayHand.Allows(v.Actor) && f.Level() >= mayHand.Level && p.Lasting
	for _, x := range cs {
		w, err := c.row(v, r, f, x, names)
		if err != nil {
			return p, err
		}
		if x.Holds(v.Now) {
			if shares {
				w.ShareURL = v.URL("consent.share", "person", f.ID(), "consent", x.ID)
			}
			p.Now = append(p.Now, w)
			continue
		}
		if p.Lasting {
			w.AgainURL = r.url(v, f.ID(), r.ask, "opnieuw", x.ID)
		}
		p.Past = append(p.Past, w)
	}
	for _, h := range hs {
		s := sheetRow{Title: lang.T(ctx, "consent.handed.row", "party", h.Sheet.Party, "day", lang.Day(ctx, dayOf(h.At))), Sub: lang.T(ctx, "consent.handed.by", "name", names[h.By])}
		switch {
		case r.self:
			s.URL = v.URL("consent.gave", "sheet", h.ID)
		case mayHand.Allows(v.Actor) && f.Level() >= mayHand.Level:
			s.URL = v.URL("consent.sheet", "person", f.ID(), "sheet", h.ID)
		}
		p.Sheets = append(p.Sheets, s)
	}
	return p, nil
}

// names are what the colleagues are called who wrote something down here.
func (c *Consents) names(v *web.Visit, cs []privacy.Consent, hs []Handed) (map[string]string, error) {
	var ids []string
	add := func(id string) {
		if id != "" && !slices.Contains(ids, id) {
			ids = append(ids, id)
		}
	}
	for _, x := range cs {
		add(x.By)
		add(x.EndedBy)
	}
	for _, h := range hs {
		add(h.By)
	}
	colleagues, err := c.org.Colleagues(v.Ctx(), ids)
	out := map[string]string{}
	for _, id := range ids {
		out[id] = "?"
		if x, ok := colleagues[id]; ok {
			out[id] = x.Called
		}
	}
	return out, err
}

// hidden are the consents for closed purposes whose party a colleague may not know of; the person sees all of their own.
func (c *Consents) hidden(v *web.Visit, r room, f dossier.File, cs []privacy.Consent) (map[string]bool, error) {
	out := map[string]bool{}
	for _, x := range cs {
		if r.self || !slices.Contains(closed, x.Purpose) {
			continue
		}
		ps, err := c.partiesFor(v, f, x.Purpose)
		if err != nil {
			return nil, err
		}
		out[x.ID] = !slices.ContainsFunc(ps, func(p dossier.Party) bool { return p.ID == x.Asked.PartyID })
	}
	return out, nil
}

// consentOf is one consent that whoever asks may know of.
func (c *Consents) consentOf(v *web.Visit, r room, f dossier.File, id string) (privacy.Consent, error) {
	x, err := privacy.ConsentOf(v.Ctx(), c.db, f.Key(), f.ID(), id)
	if err != nil {
		return x, err
	}
	hidden, err := c.hidden(v, r, f, []privacy.Consent{x})
	if err == nil && hidden[x.ID] {
		err = fault.Gone()
	}
	return x, err
}

func (c *Consents) row(v *web.Visit, r room, f dossier.File, x privacy.Consent, names map[string]string) (row, error) {
	ctx := v.Ctx()
	w := row{ID: x.ID, Party: x.Asked.Party, Purpose: lang.T(ctx, "consent.purpose."+x.Purpose), Until: lang.T(ctx, "consent.until.day", "day", lang.Day(ctx, x.Until)),
		Words: x.Asked.Words, WordsLang: x.Lang}
	for _, name := range x.Asked.Parts {
		t, err := c.title(ctx, f, name)
		if err != nil {
			return w, err
		}
		w.Parts = append(w.Parts, t)
		kind, _, one := strings.Cut(name, "/")
		if e, ok := c.excerpt(kind); ok && one && f.Level() < e.Level {
			w.Words = "" // the sentence names it
		}
	}
	w.Given = lang.T(ctx, "consent.given.by", "name", names[x.By], "day", lang.Day(ctx, dayOf(x.At)), "how", lang.T(ctx, "consent.how."+string(x.How)))
	switch {
	case x.By == "" && r.self:
		w.Given = lang.T(ctx, "consent.given.self", "day", lang.Day(ctx, dayOf(x.At)))
	case x.By == "":
		w.Given = lang.T(ctx, "consent.staff.given", "name", f.Called(), "day", lang.Day(ctx, dayOf(x.At)))
	}
	if x.Asked.Interpreter != "" {
		w.Given += " " + lang.T(ctx, "consent.given.interpreter", "name", x.Asked.Interpreter)
	}
	switch {
	case x.Ended.IsZero():
		w.Ended = lang.T(ctx, "consent.ended.over", "day", lang.Day(ctx, x.Until))
	case x.EndedBy == "" && !r.self:
		w.Ended = lang.T(ctx, "consent.staff.ended", "name", f.Called(), "day", lang.Day(ctx, dayOf(x.Ended)))
	case x.EndedBy == "":
		w.Ended = lang.T(ctx, "consent.ended.self", "day", lang.Day(ctx, dayOf(x.Ended)))
	default:
		w.Ended = lang.T(ctx, "consent.ended.by", "name", names[x.EndedBy], "day", lang.Day(ctx, dayOf(x.Ended)))
	}
	return w, nil
}

// end ends a consent with one press.
// In an emergency too: somebody may always take back what they allowed, and it only narrows what others see.
func (c *Consents) end(v *web.Visit) error {
	r, f, err := c.openFor(v)
	if err != nil {
		return err
	}
	by := ""
	if !r.self {
		by = v.Actor.ID
	}
	id := v.Value("toestemming")
	if _, err := c.consentOf(v, r, f, id); err != nil {
		return err
	}
	return v.Write(func(tx *db.Tx) (string, error) {
		if err := privacy.End(v.Ctx(), tx, f.ID(), id, by); err != nil {
			return "", err
		}
		return r.url(v, f.ID(), r.list, "gezegd", "consent.said.ended"), f.Log(v.Ctx(), tx, "consent.event.ended", id)
	})
}
