package alarm

// This file holds the pages outside a file: the list of alarms, the notice that tells where one is and not who it is, and
// looking back.

import (
	"slices"
	"time"

	"reisgezel/internal/dossier"
	"reisgezel/internal/kernel/access"
	"reisgezel/internal/kernel/db"
	"reisgezel/internal/kernel/fault"
	"reisgezel/internal/kernel/lang"
	"reisgezel/internal/kernel/ui"
	"reisgezel/internal/kernel/web"
)

// row is one alarm in a list: with the name for who sees the file, else with the place.
type row struct {
	Posted
	Title, Where, URL string
	Who               []string
	AskedBy           string // who named the visitor
	Mine, Named       bool
}

type groupRow struct {
	PostedGroup
	Here, Elsewhere int
	Title           string
}

type listPage struct {
	Rows     []row
	Groups   []groupRow
	Ended    []row
	Past     []groupRow
	MayGroup bool
	Now      time.Time
}

// endedShown is how long an alarm that ended stays on the list: as long as somebody may still look back at it with profit.
const endedShown = 60 * 24 * time.Hour

// list shows the alarms of which somebody is told, their own first.
func (a *Alarms) list(v *web.Visit) error {
	ctx := v.Ctx()
	p := listPage{Now: v.Now, MayGroup: mayGroup.Allows(v.Actor)}
	people, groups, err := a.posted(ctx, v.Now)
	if err != nil {
		return err
	}
	if p.Rows, err = a.rows(v, people); err != nil {
		return err
	}
	if p.MayGroup {
		p.Groups = a.groupRows(v, groups)
		if p.Past, err = a.pastGroups(v); err != nil {
			return err
		}
	}
	if v.Actor.Has(access.Legal, access.Lead, access.Region, access.Privacy) {
		old, err := endedSince(ctx, a.db, v.Now.Add(-endedShown), 100)
		if err != nil {
			return err
		}
		a.board.mu.Lock()
		past, err := a.post(ctx, old, v.Now)
		a.board.mu.Unlock()
		if err != nil {
			return err
		}
		if p.Ended, err = a.rows(v, past); err != nil {
			return err
		}
		slices.SortStableFunc(p.Ended, func(x, y row) int { return y.EndedAt.Compare(x.EndedAt) })
	}
	return v.Page(pageList(p))
}

// rows are the alarms of which the visitor is told. Names are read of those whose files they see, by the one predicate.
func (a *Alarms) rows(v *web.Visit, ps []Posted) ([]row, error) {
	ctx := v.Ctx()
	var mine []string
	var out []row
	for _, p := range ps {
		if !p.Knows(v.Actor) && !(p.State == Ended && v.Actor.Has(access.Privacy)) {
			continue
		}
		sees, err := a.seesFile(v, p.Person)
		if err != nil {
			return nil, err
		}
		r := row{Posted: p, URL: v.URL("alarm.notice", "alarm", p.ID), Mine: p.Has(v.Actor.ID)}
		if sees {
			mine = append(mine, p.Person)
			r.URL = v.URL("alarm.file", "person", p.Person, "alarm", p.ID)
		}
		if r.Where, err = a.placeText(ctx, p.Alarm); err != nil {
			return nil, err
		}
		out = append(out, r)
	}
	called, err := a.files.Names(ctx, mine)
	if err != nil {
		return nil, err
	}
	var ids []string
	for _, r := range out {
		ids = append(append(ids, r.Taken...), r.NamedBy[v.Actor.ID])
	}
	names, err := a.names(ctx, ids)
	if err != nil {
		return nil, err
	}
	for i := range out {
		r := &out[i]
		if r.Title, r.Named = called[r.Person]; !r.Named {
			r.Title = lang.T(ctx, "alarm.somebody", "place", r.Where)
		}
		r.AskedBy = names[r.NamedBy[v.Actor.ID]]
		for _, id := range r.Taken {
			r.Who = append(r.Who, names[id])
		}
	}
	slices.SortStableFunc(out, func(x, y row) int {
		if x.Mine != y.Mine {
			if x.Mine {
				return -1
			}
			return 1
		}
		return Sooner(x.Alarm, y.Alarm)
	})
	return out, nil
}

// noticePage tells of an alarm without telling who it is about.
type noticePage struct {
	Posted
	Now               time.Time
	Where             string
	Steps             []stepRow
	Names             map[string]string
	MayTake, MayRenew bool
	MayReview         bool
	Instead           []call
	Naming            naming
	Errors            fault.Fields
}

// notice shows it; who sees the file goes to the file.
func (a *Alarms) notice(v *web.Visit) error {
	ctx := v.Ctx()
	p, err := a.known(ctx, v.Actor, v.Param("alarm"), v.Now)
	if err != nil {
		return err
	}
	sees, err := a.seesFile(v, p.Person)
	if err != nil {
		return err
	}
	if sees {
		args := []string{"person", p.Person, "alarm", p.ID}
		if said := v.Value("gezegd"); said != "" {
			args = append(args, "gezegd", said)
		}
		return v.Go("alarm.file", args...)
	}
	n, err := a.noticeOf(v, p)
	if err != nil {
		return err
	}
	return v.Page(pageNotice(n))
}

func (a *Alarms) noticeOf(v *web.Visit, p Posted) (noticePage, error) {
	ctx := v.Ctx()
	p.Danger.Note, p.Danger.Where, p.Danger.Flight = "", "", "" // words may tell who it is
	n := noticePage{Posted: p, Now: v.Now, MayTake: mayTake.Allows(v.Actor) && p.Opens(v.Now), MayRenew: p.Renews(v.Actor)}
	ss, err := history(ctx, a.db, p.ID)
	if err != nil {
		return n, err
	}
	ts, err := takenBy(ctx, a.db, []string{p.ID})
	if err != nil {
		return n, err
	}
	if n.Names, err = a.names(ctx, idsIn(ss, ts)); err != nil {
		return n, err
	}
	n.Names[p.Person] = lang.T(ctx, "alarm.by.person")
	if n.Naming, err = a.naming(v, p, ts, n.Names); err != nil {
		return n, err
	}
	n.Steps = stepRows(ctx, p.Alarm, Standing(ss), n.Names, v.Now)
	done := slices.ContainsFunc(ss, func(s Step) bool { return s.Kind == reviewed })
	n.MayReview = mayJudge.Allows(v.Actor) && p.MayReview(v.Actor.ID) && !done
	if n.Where, err = a.placeText(ctx, p.Alarm); err != nil {
		return n, err
	}
	n.Instead, err = a.legalOf(ctx, p.Team, v.Now)
	return n, err
}

// answered opens the file of an alarm for one act: by the reason for which the visitor sees the file, and else by the alarm.
func (a *Alarms) answered(v *web.Visit, person, team string) (dossier.File, error) {
	f, err := a.files.OpenFor(v, person, access.DeskLevel)
	if fault.Is(err, fault.NotFound) {
		return a.files.Answer(v, person, team)
	}
	return f, err
}

// take says "I take it".
func (a *Alarms) take(v *web.Visit) error {
	p, err := a.known(v.Ctx(), v.Actor, v.Param("alarm"), v.Now)
	if err != nil {
		return err
	}
	f, err := a.answered(v, p.Person, p.Team)
	if err != nil {
		return err
	}
	defer a.board.forget()
	return v.Write(func(tx *db.Tx) (string, error) {
		return v.URL("alarm.file", "person", f.ID(), "alarm", p.ID, "gezegd", "alarm.said.taken"), take(v.Ctx(), tx, f, p.ID)
	})
}

// renew says that it is still needed.
func (a *Alarms) renew(v *web.Visit) error {
	p, err := a.known(v.Ctx(), v.Actor, v.Param("alarm"), v.Now)
	if err != nil {
		return err
	}
	if !p.Renews(v.Actor) {
		return fault.Gone()
	}
	f, err := a.answered(v, p.Person, p.Team)
	if err != nil {
		return err
	}
	defer a.board.forget()
	return v.Write(func(tx *db.Tx) (string, error) {
		return v.URL("alarm.notice", "alarm", p.ID, "gezegd", "alarm.said.renewed"), renew(v.Ctx(), tx, f, p.ID)
	})
}

// Verdicts are what somebody thinks of it afterwards.
var Verdicts = []string{"intime", "late", "needless"}

type reviewPage struct {
	noticePage
	Verdict, Note string
}

// toReview is an alarm at which the visitor may look back.
func (a *Alarms) toReview(v *web.Visit) (Posted, error) {
	p, err := a.known(v.Ctx(), v.Actor, v.Param("alarm"), v.Now)
	if err != nil {
		return p, err
	}
	if !p.MayReview(v.Actor.ID) {
		return p, fault.Gone()
	}
	return p, nil
}

func (a *Alarms) reviewForm(v *web.Visit) error {
	p, err := a.toReview(v)
	if err != nil {
		return err
	}
	n, err := a.noticeOf(v, p)
	if err != nil {
		return err
	}
	return v.Page(pageReview(reviewPage{noticePage: n}))
}

func (a *Alarms) judge(v *web.Visit) error {
	p, err := a.toReview(v)
	if err != nil {
		return err
	}
	verdict, note, fs := checkVerdict(v.Value("verdict"), v.Value("lesson"))
	if len(fs) > 0 {
		n, err := a.noticeOf(v, p)
		if err != nil {
			return err
		}
		n.Errors = fs
		return v.Invalid(pageReview(reviewPage{noticePage: n, Verdict: verdict, Note: note}))
	}
	f, err := a.answered(v, p.Person, p.Team)
	if err != nil {
		return err
	}
	return v.Write(func(tx *db.Tx) (string, error) {
		return v.URL("alarm.list", "gezegd", "alarm.said.reviewed"), review(v.Ctx(), tx, f, p.ID, verdict, note)
	})
}

// checkVerdict names all faults at once.
func checkVerdict(verdict, text string) (string, string, fault.Fields) {
	var fs fault.Fields
	if !slices.Contains(Verdicts, verdict) {
		fs.Add("verdict", "alarm.error.verdict")
	}
	return verdict, words(&fs, "lesson", text, 10), fs
}

// Banner is the line above every page of staff: the soonest alarm of which the visitor is told, and how many more there are.
// It tells no name: the page may be seen by whoever stands behind. It asks the database for nothing, save once in some
// seconds on each node.
func (a *Alarms) Banner(v *web.Visit) (ui.Part, error) {
	if v.Actor.Kind != access.Staff || len(v.Actor.Posts) == 0 {
		return ui.Part{}, nil
	}
	people, groups, err := a.posted(v.Ctx(), v.Now)
	if err != nil {
		return ui.Part{}, err
	}
	b := bannerPart{Now: v.Now}
	for _, p := range people {
		if !p.Knows(v.Actor) {
			continue
		}
		if b.N == 0 {
			b.First = p
		}
		b.N++
	}
	if mayGroup.Allows(v.Actor) {
		r := ReachOf(v.Actor)
		for _, g := range groups {
			if here, _ := g.Within(r); here > 0 || g.MadeBy == v.Actor.ID {
				b.Groups = append(b.Groups, g.ID)
			}
		}
	}
	if b.N == 0 && len(b.Groups) == 0 {
		return ui.Part{}, nil
	}
	return ui.Part{Body: partBanner(b), Count: b.N + len(b.Groups)}, nil
}

type bannerPart struct {
	First  Posted
	N      int
	Groups []string
	Now    time.Time
}
