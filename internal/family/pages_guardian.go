package family

// This file holds the page about a minor: the guardian, who sees something for the child, and when that ends.

import (
	"context"

	"reisgezel/internal/dossier"
	"reisgezel/internal/kernel/access"
	"reisgezel/internal/kernel/clock"
	"reisgezel/internal/kernel/db"
	"reisgezel/internal/kernel/fault"
	"reisgezel/internal/kernel/lang"
	"reisgezel/internal/kernel/ui"
	"reisgezel/internal/kernel/web"
)

// WardenInput is the form of a guardian.
type wardenInput struct{ Name, Office, Phone, Email, Since, Ended string }

func (in wardenInput) read(bs []dossier.Birth, today clock.Date) (Warden, fault.Fields) {
	var fs fault.Fields
	if in.Name == "" && in.Office == "" && (in.Phone != "" || in.Email != "" || in.Since != "") {
		fs.Add("office", "family.error.guardian")
	}
	for _, x := range []struct{ name, value string }{{"name", in.Name}, {"office", in.Office}, {"phone", in.Phone}, {"email", in.Email}} {
		text(&fs, x.name, x.value, nameMost)
	}
	w := Warden{Name: in.Name, Office: in.Office, Phone: in.Phone, Email: in.Email, Since: day(&fs, "since", in.Since, today), Ended: day(&fs, "ended", in.Ended, today)}
	if !w.Since.IsZero() && !w.Ended.IsZero() && w.Ended.Before(w.Since) {
		fs.Add("ended", FaultDays)
	}
	if !w.Zero() {
		w.Grown, w.Latest = Eighteen(bs)
	}
	return w, fs
}

type sightRow struct{ ID, Name, Until string }

type guardianPage struct {
	room
	In       wardenInput
	Stands   bool
	Alone    bool
	Minor    string
	Ends     string // when it ends by itself
	Sights   []sightRow
	Adults   []ui.Option
	Adult    string
	Errors   fault.Fields
	CanSight bool
}

func (x *Families) guardianForm(v *web.Visit) error {
	f, err := x.look(v)
	if err != nil {
		return err
	}
	return x.guardianPage(v, f, guardianPage{})
}

func (x *Families) guardianPage(v *web.Visit, f dossier.File, p guardianPage) error {
	ctx := v.Ctx()
	var err error
	if p.room, err = x.enter(v, f); err != nil {
		return err
	}
	bs := f.Profile().Births
	g := p.Family.Guardian
	if len(p.Errors) == 0 || p.In == (wardenInput{}) {
		p.In = wardenInput{g.Name, g.Office, g.Phone, g.Email, g.Since.String(), g.Ended.String()}
	}
	g.Grown, g.Latest = Eighteen(bs) // as it is known now
	p.Stands, p.Alone, p.Minor, p.Ends = g.Stands(p.Today), p.Family.Alone(bs, p.Today), Minor(bs, p.Today), endsText(ctx, g)
	ss, err := x.sights(ctx, v.Actor, f.ID(), v.Now)
	if err != nil {
		return err
	}
	if _, p.CanSight = Sight(bs, p.Today); !p.CanSight {
		ss = nil
	}
	var ids []string
	for _, s := range ss {
		ids = append(ids, s.Adult)
	}
	names, err := x.files.Names(ctx, ids)
	if err != nil {
		return err
	}
	seeing := map[string]bool{}
	for _, s := range ss {
		seeing[s.Adult] = true
		p.Sights = append(p.Sights, sightRow{s.ID, lang.Isolated(names[s.Adult]), lang.FullDay(ctx, clock.Today(s.Until))})
	}
	p.Adults = []ui.Option{{Label: lang.T(ctx, "family.sight.choose")}}
	for _, m := range p.Living() {
		if other := p.links[m.ID]; other != "" && !seeing[other] && dossier.Adult(m.Births, p.Today) != "no" {
			k, _ := p.Bond(m.ID, p.Today)
			p.Adults = append(p.Adults, ui.Option{Value: m.ID, Label: lang.Dots(lang.Isolated(m.Name), role(ctx, k))})
		}
	}
	if len(p.Errors) > 0 {
		return v.Invalid(pageGuardian(p))
	}
	return v.Page(pageGuardian(p))
}

func endsText(ctx context.Context, g Warden) string {
	switch {
	case g.Grown.IsZero():
		return lang.T(ctx, "family.grown.unknown")
	case g.Grown == g.Latest:
		return lang.T(ctx, "family.grown", "day", lang.FullDay(ctx, g.Grown))
	}
	return lang.T(ctx, "family.grown.between", "first", lang.FullDay(ctx, g.Grown), "last", lang.FullDay(ctx, g.Latest))
}

func (x *Families) tellGuardian(v *web.Visit) error {
	f, err := x.keep(v)
	if err != nil {
		return err
	}
	in := wardenInput{v.Value("name"), v.Value("office"), v.Value("phone"), v.Value("email"), v.Value("since"), v.Value("ended")}
	w, fs := in.read(f.Profile().Births, clock.Today(v.Now))
	if len(fs) > 0 {
		return x.guardianPage(v, f, guardianPage{In: in, Errors: fs})
	}
	return v.Write(func(tx *db.Tx) (string, error) {
		return v.URL("family.guardian", "person", f.ID(), "gezegd", "family.said.saved"), change(v.Ctx(), tx, f, func(fam *Family) (Event, error) {
			fam.Guardian = w
			return Event{About: Own, Kind: wardenTold, What: Details{Warden: &w}}, nil
		})
	})
}

// addSight lets an adult of the family see something for the child. Both files are open to who decides it.
func (x *Families) addSight(v *web.Visit) error {
	f, err := x.keep(v)
	if err != nil {
		return err
	}
	if err := f.Lasting(); err != nil {
		return err
	}
	links, err := x.links(v.Ctx(), v.Actor, f.ID(), v.Now)
	if err != nil {
		return err
	}
	member := v.Value("adult")
	other, err := x.files.OpenFor(v, links[member], access.File)
	wrong := func(key string) error {
		return x.guardianPage(v, f, guardianPage{Errors: fault.Fields{{Name: "adult", Key: key}}})
	}
	if fault.Is(err, fault.NotFound) {
		return wrong("family.error.choose")
	}
	if err != nil {
		return err
	}
	if dossier.Adult(other.Profile().Births, clock.Today(v.Now)) == "no" {
		return wrong("family.error.child")
	}
	err = v.Write(func(tx *db.Tx) (string, error) {
		return v.URL("family.guardian", "person", f.ID(), "gezegd", "family.said.sight"), giveSight(v.Ctx(), tx, f, member, other.ID())
	})
	if fault.Is(err, fault.Invalid) {
		return wrong(fault.As(err).Fields[0].Key)
	}
	return err
}

func (x *Families) endSight(v *web.Visit) error {
	f, err := x.keep(v)
	if err != nil {
		return err
	}
	return v.Write(func(tx *db.Tx) (string, error) {
		return v.URL("family.guardian", "person", f.ID(), "gezegd", "family.said.sight_ended"), endSight(v.Ctx(), tx, f, v.Param("sight"))
	})
}
