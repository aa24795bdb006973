package identity

// This file holds the review of who asked whether somebody is known elsewhere: a day of a colleague at a time. What was
// typed is not kept, and whom it was about is not told: the reviewer sees how often, by what, and what came of it.

import (
	"slices"
	"strings"

	"reisgezel/internal/dossier"
	"reisgezel/internal/kernel/access"
	"reisgezel/internal/kernel/clock"
	"reisgezel/internal/kernel/db"
	"reisgezel/internal/kernel/fault"
	"reisgezel/internal/kernel/lang"
	"reisgezel/internal/kernel/ui"
	"reisgezel/internal/kernel/web"
)

type dayRow struct {
	URL, Title, Sub, Verdict string
}

type checksPage struct {
	N             int // how many wait
	Waiting, Done []dayRow
}

// daysMost is how many days each list shows.
const daysMost = 100

// overMe says whether a reviewer may look at the questions of a colleague: the privacy officer at everybody's, a leader at
// those of the own team. Nobody looks at their own.
func (i *Identity) overMe(v *web.Visit, actor string) (bool, error) {
	if actor == v.Actor.ID {
		return false, nil
	}
	if v.Actor.Has(access.Privacy) {
		return true, nil
	}
	teams, err := i.org.TeamsOf(v.Ctx(), actor, v.Now)
	if err != nil {
		return false, err
	}
	mine := v.Actor.At(access.Lead, access.Team)
	return slices.ContainsFunc(teams, func(t string) bool { return slices.Contains(mine, t) }), nil
}

// reviewable are the days that the visitor reviews, those that wait and those that were looked at, each newest first. Which days
// are theirs is asked of the database: what others asked takes no place in the list.
func (i *Identity) reviewable(v *web.Visit) (waiting, done []dossier.CheckDay, said map[string]Review, err error) {
	ctx, since := v.Ctx(), clock.Today(v.Now).AddDays(-reviewDays)
	of := dossier.Askers{All: v.Actor.Has(access.Privacy), But: v.Actor.ID}
	if !of.All {
		for _, t := range v.Actor.At(access.Lead, access.Team) {
			ms, err := i.org.Members(ctx, t, v.Now)
			if err != nil {
				return nil, nil, nil, err
			}
			of.Who = append(of.Who, ms...)
		}
	}
	ds, err := i.files.CheckDays(ctx, i.db, since, manyChecks, of)
	if err != nil {
		return nil, nil, nil, err
	}
	if said, err = reviews(ctx, i.db, since.String()); err != nil {
		return nil, nil, nil, err
	}
	for _, d := range ds {
		if _, ok := said[d.Actor+"/"+d.Day]; ok {
			done = append(done, d)
		} else {
			waiting = append(waiting, d)
		}
	}
	return waiting, done, said, nil
}

// ToReview is how many days wait for the visitor, for the menu.
func (i *Identity) ToReview(v *web.Visit) (int, error) {
	if !mayOver.Allows(v.Actor) {
		return 0, nil
	}
	return web.Memo(v, "identity.toreview", func() (int, error) { // the menu and Vandaag both tell it
		waiting, _, _, err := i.reviewable(v)
		return len(waiting), err
	})
}

func (i *Identity) checks(v *web.Visit) error {
	ctx := v.Ctx()
	waiting, done, said, err := i.reviewable(v)
	if err != nil {
		return err
	}
	p := checksPage{N: len(waiting)}
	// Of what waits the oldest comes first: it is the first to fall out of the list.
	slices.Reverse(waiting)
	for _, x := range []struct {
		ds  []dossier.CheckDay
		out *[]dayRow
	}{{waiting, &p.Waiting}, {done, &p.Done}} {
		ds := x.ds[:min(len(x.ds), daysMost)]
		var ids []string
		for _, d := range ds {
			ids = append(ids, d.Actor)
		}
		slices.Sort(ids)
		called, err := i.called(ctx, slices.Compact(ids))
		if err != nil {
			return err
		}
		for _, d := range ds {
			if d.Made, err = i.files.MadeOn(ctx, i.db, d.Actor, d.Day); err != nil {
				return err
			}
			*x.out = append(*x.out, dayRow{URL: v.URL("identity.checked", "user", d.Actor, "day", d.Day), Title: called[d.Actor] + " · " + dayText(v, d.Day), Sub: dayCount(v, d), Verdict: said[d.Actor+"/"+d.Day].Verdict})
		}
	}
	return v.Page(pageChecks(p))
}

func dayText(v *web.Visit, day string) string {
	d, err := clock.ParseDate(day)
	if err != nil {
		return day
	}
	return lang.Day(v.Ctx(), d)
}

func dayCount(v *web.Visit, d dossier.CheckDay) string {
	ctx := v.Ctx()
	s := lang.T(ctx, "identity.day.asked", "n", d.Asked) + ", " + lang.T(ctx, "identity.day.found", "n", d.Found) + ", " + lang.T(ctx, "identity.day.made", "n", d.Made)
	if d.Refused > 0 {
		s += ", " + lang.T(ctx, "identity.day.refused", "n", d.Refused)
	}
	return s
}

// kinds are the words for the identifiers of a question.
func kinds(v *web.Visit, kind string) []string {
	var out []string
	for k := range strings.SplitSeq(kind, ",") {
		if key := "identity.kind." + strings.ReplaceAll(k, "+", "_"); k != "" && lang.Has(v.Ctx(), key) {
			out = append(out, lang.T(v.Ctx(), key))
		}
	}
	return out
}

type checkRow struct {
	When, With string
	Found      bool
}

type checkedPage struct {
	Actor, Day string
	Name, When string
	Count      string
	Rows       []checkRow
	Asked      int // requests of that day to be let in
	Review     Review
	By         string
	Verdict    string
	Words      string
	Errors     fault.Fields
}

// ofDay reads the day of the address; one that the visitor may not review is no day at all.
func (i *Identity) ofDay(v *web.Visit) (actor, day string, cs []dossier.Check, err error) {
	actor, day = v.Param("user"), v.Param("day")
	ok, err := i.overMe(v, actor)
	if err != nil {
		return actor, day, nil, err
	}
	if !ok {
		return actor, day, nil, fault.Gone()
	}
	if cs, err = i.files.ChecksOn(v.Ctx(), i.db, actor, day); err == nil && len(cs) == 0 {
		err = fault.Gone()
	}
	return actor, day, cs, err
}

func (i *Identity) checked(v *web.Visit) error { return i.showDay(v, "", "", nil) }

func (i *Identity) showDay(v *web.Visit, verdict, words string, fs fault.Fields) error {
	ctx := v.Ctx()
	actor, day, cs, err := i.ofDay(v)
	if err != nil {
		return err
	}
	p := checkedPage{Actor: actor, Day: day, When: dayText(v, day), Verdict: verdict, Words: words, Errors: fs}
	d := dossier.CheckDay{Actor: actor, Day: day}
	for _, c := range cs {
		if c.OfLimit() {
			d.Refused = c.Refused
			continue
		}
		d.Asked++
		if c.Hits > 0 {
			d.Found++
		}
		p.Rows = append(p.Rows, checkRow{When: lang.Time(ctx, c.At), With: strings.Join(kinds(v, c.Kind), ", "), Found: c.Hits > 0})
	}
	if d.Made, err = i.files.MadeOn(ctx, i.db, actor, day); err != nil {
		return err
	}
	p.Count = dayCount(v, d)
	rs, err := asked(ctx, i.db, actor, 500)
	if err != nil {
		return err
	}
	for _, r := range rs {
		if r.Asker == actor && clock.Today(r.At).String() == day {
			p.Asked++
		}
	}
	if p.Review, err = i.reviewOf(ctx, i.db, actor, day); err != nil {
		return err
	}
	called, err := i.called(ctx, []string{actor, p.Review.By})
	if err != nil {
		return err
	}
	p.Name, p.By = called[actor], called[p.Review.By]
	if len(fs) > 0 {
		return v.Invalid(pageChecked(p))
	}
	return v.Page(pageChecked(p))
}

func (i *Identity) reviewDay(v *web.Visit) error {
	actor, day, _, err := i.ofDay(v)
	if err != nil {
		return err
	}
	verdict, words := v.Value("verdict"), v.Value("words")
	var fs fault.Fields
	if !slices.Contains(Verdicts, verdict) {
		fs.Add("verdict", "identity.error.verdict")
	}
	checkText(&fs, "words", words)
	if verdict != Verdicts[0] && words == "" {
		fs.Add("words", "identity.error.words")
	}
	if len(fs) > 0 {
		return i.showDay(v, verdict, words, fs)
	}
	return v.Write(func(tx *db.Tx) (string, error) {
		return v.URL("identity.checks", "gezegd", "identity.said.reviewed"), i.review(v.Ctx(), tx, v.Actor, actor, day, verdict, words)
	})
}

// reviewPanel tells on Vandaag that days wait to be looked at.
func (i *Identity) reviewPanel(v *web.Visit) (ui.Part, error) {
	n, err := i.ToReview(v)
	if err != nil || n == 0 {
		return ui.Part{}, err
	}
	return ui.Part{Body: partReview(n), Count: n}, nil
}
