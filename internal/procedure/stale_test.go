package procedure

import (
	"strings"
	"testing"
	"time"

	"reisgezel/internal/kernel/access"
	"reisgezel/internal/kernel/clock"
)

// TestAStaleRuleWarnsWhereverItsDateIsShown moves the clock past the review date of the rule file: nothing is derived anew,
// and every page that shows the date says that its rule may be stale.
func TestAStaleRuleWarnsWhereverItsDateIsShown(t *testing.T) {
	each(t, func(b *bench) {
		r := b.refusedSelam()
		h := b.house()
		self := access.Actor{Kind: access.IsSelf, ID: "p-selam", Holders: []string{"self:p-selam"}}
		places := []struct{ who, path, says string }{
			{"Marwan", "/dossier/p-selam/juridisch", "Regel kan verouderd zijn"},
			{"Marwan", "/dossier/p-selam/juridisch", "hadden al opnieuw bekeken moeten zijn"},
			{"Marwan", "/dossier/p-selam/juridisch/termijn/" + r.ID, "hadden al opnieuw bekeken moeten zijn"},
			{"Marwan", "/panelen/p-selam", "Regel kan verouderd zijn"},   // the card on the first page of the file
			{"Marwan", "/panelen/p-selam", "(regel kan verouderd zijn)"}, // the timeline
			{"Marwan", "/vandaag", "Regel kan verouderd zijn"},
			{"Marwan", "/regels", "Regel kan verouderd zijn"},
			{"Marwan", "/regels/bestand/asylum_old", "Regel kan verouderd zijn"},
			{"", "/panelen/p-selam", "Misschien is de wet veranderd"},
			{"", "/panelen/p-selam?taal=uk", "Можливо, закон змінився"},
		}
		look := func() {
			b.t.Helper()
			for _, x := range places {
				v := h.As(self)
				if x.who != "" {
					v = h.As(b.actor(x.who))
				}
				stale := !clock.Today(b.d.Now()).Before(clock.On(2027, 6, 1))
				if a := v.Get(x.path); strings.Contains(a.Body, x.says) != stale {
					b.t.Errorf("on %s %s says %q (%d): %v", clock.Today(b.d.Now()), x.path, x.says, a.Code, !stale)
				}
			}
		}
		look()
		b.clock().Set(time.Date(2027, 6, 2, 9, 0, 0, 0, clock.Netherlands))
		look()
		if d := must(derivation(b.t.Context(), b.d, must(track(b.t.Context(), b.d, "p-selam", r.Track)), 0)); d.anyStale() {
			b.t.Error("the derivation of then was made stale")
		}
	})
}

func TestARuleOfTheOrganisationIsStaleByItsOwnDay(t *testing.T) {
	b := book(t)
	text := strings.Replace(twoWeeks("{trigger: announced, from: 2026-11-01}"), "review_by: 2027-06-01", "review_by: 2026-12-31", 1)
	then := amend(t, b, text)
	f := Sorted([]Event{ev("lodged", "2026-01-20"), ev("decision", "2026-11-23", outcome("rejected"), route("aa"), how(Handed))})
	d := then.Derive(f, noon)
	for _, c := range []struct {
		day   clock.Date
		stale bool
	}{{clock.On(2026, 12, 31), false}, {clock.On(2027, 1, 1), true}} {
		then.age(&d, c.day)
		if x := find(t, d, "appeal"); x.Stale != c.stale || d.anyStale() != c.stale {
			t.Errorf("%s: %v", c.day, x.Stale)
		}
		if x := find(t, then.Derive(f, c.day.In(clock.Netherlands).Add(12*time.Hour)), "appeal"); x.Stale != c.stale {
			t.Errorf("derived on %s: %v", c.day, x.Stale)
		}
	}
}
