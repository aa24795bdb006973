package alarm

// This file lets somebody name another colleague to act on an alarm, and take that back.

import (
	"slices"

	"reisgezel/internal/kernel/access"
	"reisgezel/internal/kernel/db"
	"reisgezel/internal/kernel/fault"
	"reisgezel/internal/kernel/lang"
	"reisgezel/internal/kernel/ui"
	"reisgezel/internal/kernel/web"
	"reisgezel/internal/organisation"
)

// naming is who was named, and whom the visitor may name.
type naming struct {
	Alarm string
	May   bool
	Able  []ui.Option // the empty choice first
	Named []namedRow
}

type namedRow struct {
	Text string
	Back string // the door that takes it back; nothing for who may not
}

// idsIn are the colleagues whose names stand on a page.
func idsIn(ss []Step, ts []Taken) []string {
	var ids []string
	for _, s := range ss {
		ids = append(ids, s.MadeBy)
		if s.Kind == named || s.Kind == unnamed {
			ids = append(ids, s.Result)
		}
	}
	for _, t := range ts {
		ids = append(ids, t.Colleague, t.NamedBy)
	}
	return ids
}

// naming gathers it for a page.
func (a *Alarms) naming(v *web.Visit, p Posted, ts []Taken, names map[string]string) (naming, error) {
	n := naming{Alarm: p.ID, May: p.Names(v.Actor, v.Now)}
	for _, t := range ts {
		if t.NamedBy == "" {
			continue
		}
		r := namedRow{Text: lang.T(v.Ctx(), "alarm.named", "name", names[t.Colleague], "by", names[t.NamedBy], "when", lang.When(v.Ctx(), t.At, v.Now))}
		if p.TakesBack(v.Actor, t.Colleague) {
			r.Back = v.URL("alarm.take_back", "alarm", p.ID, "taken", t.ID)
		}
		n.Named = append(n.Named, r)
	}
	if !n.May {
		return n, nil
	}
	as, err := a.able(v, p)
	if err != nil || len(as) == 0 {
		return n, err
	}
	n.Able = []ui.Option{{Label: lang.T(v.Ctx(), "alarm.name.choose")}}
	for _, who := range as {
		n.Able = append(n.Able, ui.Option{Value: who.ID, Label: who.Name})
	}
	return n, nil
}

// able are the colleagues who may be named: those of the team that helps the person, with a post that may take an alarm, and
// not yet on it. What they get is what taking it gives, and no more.
func (a *Alarms) able(v *web.Visit, p Posted) ([]access.Actor, error) {
	if p.Team == "" {
		return nil, nil // without a team the whole country would stand in the list
	}
	cs, err := a.org.Search(v.Ctx(), "", p.Team, v.Now, 0, 300)
	if err != nil {
		return nil, err
	}
	byID := map[string]organisation.Colleague{}
	for _, c := range cs {
		byID[c.ID] = c
	}
	posts, err := a.org.PostsOf(v.Ctx(), byID, v.Now)
	if err != nil {
		return nil, err
	}
	var out []access.Actor
	for _, c := range cs {
		who := access.Actor{Kind: access.Staff, ID: c.ID, Name: c.Name, Holders: []string{"user:" + c.ID}, Posts: posts[c.ID]}
		for _, x := range who.Posts {
			if x.Scope.Kind == access.Team {
				who.Holders = append(who.Holders, "team:"+x.Scope.ID)
			}
		}
		if mayTake.Allows(who) && c.ID != v.Actor.ID && !p.Has(c.ID) {
			out = append(out, who)
		}
	}
	return out, nil
}

// name names a colleague. Somebody who is not among those who may be named is refused like no choice at all: the answer does
// not tell who works here.
func (a *Alarms) name(v *web.Visit) error {
	p, err := a.known(v.Ctx(), v.Actor, v.Param("alarm"), v.Now)
	if err != nil {
		return err
	}
	if !p.Names(v.Actor, v.Now) {
		return fault.Gone()
	}
	as, err := a.able(v, p)
	if err != nil {
		return err
	}
	f, err := a.answered(v, p.Person, p.Team)
	if err != nil {
		return err
	}
	typed := v.Value("colleague")
	at := slices.IndexFunc(as, func(x access.Actor) bool { return x.ID == typed })
	if at < 0 {
		var fs fault.Fields
		fs.Add("colleague", "alarm.error.colleague")
		if f.Level() < access.DeskLevel {
			n, err := a.noticeOf(v, p)
			if err != nil {
				return err
			}
			n.Errors = fs
			return v.Invalid(pageNotice(n))
		}
		shown, err := a.page(v, f, p.ID)
		if err != nil {
			return err
		}
		shown.Errors = fs
		return v.Invalid(pageAlarm(shown))
	}
	defer a.board.forget()
	return v.Write(func(tx *db.Tx) (string, error) {
		return v.URL("alarm.notice", "alarm", p.ID, "gezegd", "alarm.said.named"), name(v.Ctx(), tx, f, p.ID, as[at])
	})
}

// takeBack takes off it who was named.
func (a *Alarms) takeBack(v *web.Visit) error {
	p, err := a.known(v.Ctx(), v.Actor, v.Param("alarm"), v.Now)
	if err != nil {
		return err
	}
	t, err := db.One[Taken](v.Ctx(), a.db, db.F(takenColumns).Then(`WHERE id = ? AND alarm = ?`, v.Param("taken"), p.ID))
	if err != nil {
		return err
	}
	if !p.TakesBack(v.Actor, t.Colleague) {
		return fault.Gone()
	}
	f, err := a.answered(v, p.Person, p.Team)
	if err != nil {
		return err
	}
	defer a.board.forget()
	return v.Write(func(tx *db.Tx) (string, error) {
		return v.URL("alarm.notice", "alarm", p.ID, "gezegd", "alarm.said.unnamed"), takeBack(v.Ctx(), tx, f, p.ID, t.Colleague)
	})
}
