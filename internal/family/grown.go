package family

// This file holds turning eighteen: who is a minor, who is alone here, who sees something for a child and until when.

import (
	"time"

	"reisgezel/internal/dossier"
	"reisgezel/internal/kernel/clock"
)

// Warden is who has the guardianship of a minor, such as Nidos.
type Warden struct {
	Name   string     `json:"name,omitempty"`
	Office string     `json:"office,omitempty"`
	Phone  string     `json:"phone,omitempty"`
	Email  string     `json:"email,omitempty"`
	Since  clock.Date `json:"since,omitzero"`
	Ended  clock.Date `json:"ended,omitzero"`  // when it ended before the child was eighteen
	Grown  clock.Date `json:"grown,omitzero"`  // the first day on which the child may be eighteen, as it was known then
	Latest clock.Date `json:"latest,omitzero"` // and the last
}

// Zero says whether there is none.
func (w Warden) Zero() bool { return w.Name == "" && w.Office == "" }

// Stands says whether the guardianship lasts on a day. It ends by itself when the child is surely eighteen; nobody has to
// write that down. Until then it lasts, because a child that may be seventeen must not be without a guardian.
func (w Warden) Stands(today clock.Date) bool {
	return !w.Zero() && (w.Ended.IsZero() || w.Ended.After(today)) && (w.Latest.IsZero() || today.Before(w.Latest))
}

// Eighteen is the first and the last day on which somebody may turn eighteen; zero when the birth is unknown. Who was born
// on 29 February turns eighteen on 28 February or 1 March: Dutch law does not say which (bron: ADVIES).
func Eighteen(bs []dossier.Birth) (first, last clock.Date) {
	lo, hi := earliest(bs)
	if lo.IsZero() {
		return lo, hi
	}
	return grown(lo, false), grown(hi, true)
}

func grown(born clock.Date, late bool) clock.Date {
	d := clock.On(born.Year+18, born.Month, born.Day)
	if d.Day != born.Day && !late { // 29 February in a year that has none; late is 1 March
		return clock.On(born.Year+18, born.Month+1, 0)
	}
	return d
}

// warned is how many days before somebody turns eighteen it is shown: what must be done before then takes half a year
// (procedures ask for kleinschalige woonvorm from seventeen and a half; bron: DTV-AMV).
const warned = 183

// Sight is how long an adult may see something for a child: until the first moment at which the child may be eighteen. A
// child whose birth is unknown has nobody who sees for them.
func Sight(bs []dossier.Birth, today clock.Date) (until time.Time, ok bool) {
	if dossier.Adult(bs, today) != "no" {
		return time.Time{}, false
	}
	first, _ := Eighteen(bs)
	return first.In(clock.Netherlands), today.Before(first)
}

// Alone says whether a minor is here without a parent or guardian who is here too.
func (f Family) Alone(bs []dossier.Birth, today clock.Date) bool {
	if a := dossier.Adult(bs, today); a != "no" && a != "both" {
		return false
	}
	for _, k := range f.Kin(Own) {
		if m, _ := f.Member(k.ID); (k.Role == Parent || k.Role == Guardian) && m.Here() && m.Where.State != Died && !k.Tie.Over(today) {
			return false
		}
	}
	return true
}
