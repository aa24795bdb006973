package app

import (
	"net/http"
	"net/http/httptest"
	"testing"
	"time"

	"reisgezel/internal/kernel/access"
	"reisgezel/internal/kernel/web"
)

func TestTheNumbersOfTheMenuAreKeptForAMomentAndOwnWorkCountsAtOnce(t *testing.T) {
	at := time.Date(2026, 11, 24, 9, 0, 0, 0, time.UTC)
	var c counts
	if _, ok := c.take("u-ria", at, false); ok {
		t.Error("there is a number that nobody made")
	}
	if _, ok := c.take("u-ria", at, true); ok {
		t.Error("a form is given a number that nobody made")
	}
	c.keep("u-ria", count{of: map[string]int{"contact.desk": 3}, at: at})
	for _, x := range []struct {
		name   string
		who    string
		after  time.Duration
		writes bool
		want   bool
	}{
		{"a moment later", "u-ria", time.Second, false, true},
		{"somebody else", "u-jan", time.Second, false, false},
		{"when the moment is over", "u-ria", counted, false, false},
		{"before it was counted", "u-ria", -time.Second, false, false},
		{"a form, however late", "u-ria", time.Hour, true, true},
		{"after the form", "u-ria", time.Second, false, false},
		{"another form", "u-ria", time.Second, true, true},
	} {
		of, ok := c.take(x.who, at.Add(x.after), x.writes)
		if ok != x.want || ok && of["contact.desk"] != 3 {
			t.Errorf("%s: %v %v", x.name, of, ok)
		}
	}
	c.keep("u-ria", count{of: map[string]int{"contact.desk": 2}, at: at.Add(time.Second)})
	if of, ok := c.take("u-ria", at.Add(2*time.Second), false); !ok || of["contact.desk"] != 2 {
		t.Errorf("what was counted after the form is not taken: %v %v", of, ok)
	}
}

// A colleague with several windows asks for several pages at the same moment, and what is remembered is shared by them all:
// a page that writes into it makes the program stop. The alarm shows on each page and is never remembered, so its number may
// not have got in there.
func TestAPageWritesNothingIntoWhatIsRemembered(t *testing.T) {
	h, _ := demoHouse(t, Settings{People: 20})
	token, err := web.GrantSession(t.Context(), h.DB, web.SessionSpec{Kind: access.Staff, Actor: "u-amira"})
	if err != nil {
		t.Fatal(err)
	}
	for range 2 {
		r := httptest.NewRequest(http.MethodGet, "/meer", nil)
		r.AddCookie(&http.Cookie{Name: "rg", Value: token})
		w := httptest.NewRecorder()
		if h.Site.ServeHTTP(w, r); w.Code != http.StatusOK {
			t.Fatalf("answers %d", w.Code)
		}
	}
	of, ok := h.counts.take("u-amira", h.DB.Now(), false)
	if _, alarm := of["alarm.list"]; !ok || alarm {
		t.Errorf("remembered: %v %v", of, ok)
	}
}
