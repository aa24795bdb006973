package dossier

// This file holds the page on which a team leader shares out the files of a team. It shows how many files each colleague
// has, and of nobody a name: dividing work is no reason to read.

import (
	"cmp"
	"context"
	"net/http"
	"slices"
	"strconv"
	"time"

	"reisgezel/internal/kernel/access"
	"reisgezel/internal/kernel/db"
	"reisgezel/internal/kernel/fault"
	"reisgezel/internal/kernel/lang"
	"reisgezel/internal/kernel/ui"
	"reisgezel/internal/kernel/web"
	"reisgezel/internal/organisation"
)

// nobody stands for the files that no colleague has, such as those of an import.
const nobody = "-"

// load is how many files one colleague of a team has.
type load struct {
	ID, Name string
	Files    int
	Here     bool // still holds a post here, so files may be given
}

// loads counts the files of a team per colleague, most first. Who left and still has files is there too.
func (s *Files) loads(ctx context.Context, team string, now time.Time) ([]load, error) {
	count := map[string]int{}
	people, err := teamPeople(ctx, s.db, team)
	if err != nil {
		return nil, err
	}
	all, err := helpersOf(ctx, s.db, people, now)
	if err != nil {
		return nil, err
	}
	for _, p := range people {
		held := all[p]
		if len(held) == 0 {
			count[nobody]++
		}
		for _, h := range held {
			count[h]++
		}
	}
	here := map[string]bool{}
	may, err := s.caseworkers(ctx, team, "", now)
	if err != nil {
		return nil, err
	}
	for _, c := range may {
		here[c.ID] = true
		count[c.ID] += 0
	}
	ids := make([]string, 0, len(count))
	for id := range count {
		ids = append(ids, id)
	}
	names, err := s.org.Colleagues(ctx, ids)
	if err != nil {
		return nil, err
	}
	var out []load
	for id, n := range count {
		l := load{ID: id, Files: n, Here: here[id], Name: nameOf(names, id)}
		if id == nobody {
			l.Name = lang.T(ctx, "dossier.share.nobody")
		}
		out = append(out, l)
	}
	slices.SortFunc(out, func(a, b load) int {
		return cmp.Or(b.Files-a.Files, cmp.Compare(a.Name, b.Name), cmp.Compare(a.ID, b.ID))
	})
	return out, nil
}

type sharePage struct {
	Team     organisation.Team
	Teams    []organisation.Team // to choose from, when somebody leads several
	Loads    []load
	From, To string
	Many     string
	Keep     string // "both" when who had the files keeps them
	Errors   fault.Fields
}

// led is the team that the page is about: one that the visitor leads.
func (s *Files) led(v *web.Visit) (team string, all []string, err error) {
	all = v.Actor.At(access.Lead, access.Team)
	if len(all) == 0 {
		return "", nil, fault.Gone()
	}
	team = v.Value("team")
	if team == "" {
		team = all[0]
	}
	if !slices.Contains(all, team) {
		return "", nil, fault.Gone()
	}
	return team, all, nil
}

func (s *Files) sharePage(v *web.Visit, p sharePage) error {
	team, all, err := s.led(v)
	if err != nil {
		return err
	}
	for _, id := range all {
		t, err := s.org.Team(v.Ctx(), id)
		if err != nil {
			return err
		}
		if id == team {
			p.Team = t
		}
		p.Teams = append(p.Teams, t)
	}
	if p.Loads, err = s.loads(v.Ctx(), team, v.Now); err != nil {
		return err
	}
	if len(p.Errors) > 0 {
		return v.Status(http.StatusUnprocessableEntity, pageShare(p))
	}
	return v.Page(pageShare(p))
}

func (s *Files) shareForm(v *web.Visit) error { return s.sharePage(v, sharePage{}) }

// shareMost is how many files go over in one writing.
const shareMost = 500

func (s *Files) share(v *web.Visit) error {
	team, _, err := s.led(v)
	if err != nil {
		return err
	}
	p := sharePage{From: v.Value("from"), To: v.Value("to"), Many: v.Value("many"), Keep: v.Value("keep")}
	ls, err := s.loads(v.Ctx(), team, v.Now)
	if err != nil {
		return err
	}
	most := shareMost
	if p.Many != "" {
		if most, err = strconv.Atoi(western(p.Many)); err != nil || most < 1 {
			p.Errors.Add("many", "dossier.share.error.many")
		}
	}
	if !slices.ContainsFunc(ls, func(l load) bool { return l.ID == p.From && l.Files > 0 }) {
		p.Errors.Add("from", "dossier.error.colleague")
	}
	if p.To == v.Actor.ID { // dividing work must not become a way to read
		p.Errors.Add("to", "dossier.share.error.self")
	} else if p.From == p.To || !slices.ContainsFunc(ls, func(l load) bool { return l.ID == p.To && l.Here }) {
		p.Errors.Add("to", "dossier.error.colleague")
	}
	if len(p.Errors) > 0 {
		return s.sharePage(v, p)
	}
	return v.Write(func(tx *db.Tx) (string, error) {
		return v.URL("dossier.share", "team", team, "gezegd", "dossier.said.shared"),
			s.Share(v.Ctx(), tx, team, p.From, p.To, min(most, shareMost), p.Keep == "both", v.Actor)
	})
}

// Panels is for Vandaag of a team leader: how many people nobody works with. What such a person says or asks reaches
// nobody, so it must not stay unseen.
func (s *Files) Panels() []ui.Panel {
	return []ui.Panel{{Place: "today", Order: 12, Show: s.todayAlone}}
}

func (s *Files) todayAlone(v *web.Visit) (ui.Part, error) {
	teams := v.Actor.At(access.Lead, access.Team)
	if len(teams) == 0 {
		return ui.Part{}, nil
	}
	n, err := s.alone(v.Ctx(), teams, v.Now)
	if err != nil || n == 0 {
		return ui.Part{}, err
	}
	return ui.Part{Body: partAlone(n), Count: n, Say: lang.T(v.Ctx(), "dossier.say.alone", "n", n, "word", lang.Words(v.Ctx(), n))}, nil
}

// shareOptions are who may be chosen: those who have files, or those who may get them.
func shareOptions(ctx context.Context, ls []load, give bool) []ui.Option {
	out := []ui.Option{{Label: lang.T(ctx, "dossier.assign.choose")}}
	for _, l := range ls {
		if (give && l.Here) || (!give && l.Files > 0) {
			out = append(out, ui.Option{Value: l.ID, Label: l.Name + " (" + strconv.Itoa(l.Files) + ")"})
		}
	}
	return out
}
