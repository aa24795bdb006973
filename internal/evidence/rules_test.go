package evidence

import (
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"reisgezel/internal/kernel/clock"
	"reisgezel/internal/kernel/fault"
)

func date(t testing.TB, s string) clock.Date {
	t.Helper()
	d, err := clock.ParseDate(s)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// faults are the names and keys of what is wrong with a form.
func faults(fs fault.Fields) string {
	var out []string
	for _, f := range fs {
		out = append(out, f.Name+" "+strings.TrimPrefix(f.Key, "evidence.error."))
	}
	return strings.Join(out, ", ")
}

const bsn = "111222333"

func TestTheFormOfAClaim(t *testing.T) {
	for _, x := range []struct {
		in   ClaimInput
		want string
	}{
		{ClaimInput{Kind: "identity"}, ""},
		{ClaimInput{Kind: "family", About: "moeder Almaz"}, ""},
		{ClaimInput{Kind: "other", Title: "Werk als journalist"}, ""},
		{ClaimInput{}, "kind claimkind"},
		{ClaimInput{Kind: "passport"}, "kind claimkind"},
		{ClaimInput{Kind: "family"}, "about about"},
		{ClaimInput{Kind: "other"}, "title title"},
		{ClaimInput{Kind: "identity", Title: bsn, About: "BSN 111.222.333"}, "title bsn, about bsn"},
		{ClaimInput{Kind: "identity", Title: strings.Repeat("ሰ", titleMost)}, ""},
		{ClaimInput{Kind: "identity", Title: strings.Repeat("ሰ", titleMost+1)}, "title long"},
	} {
		if got := faults(x.in.Check()); got != x.want {
			t.Errorf("%+v: %q, not %q", x.in, got, x.want)
		}
	}
}

func TestTheFormOfAPiece(t *testing.T) {
	today := date(t, "2026-11-24")
	was := Piece{State: Sent, Owner: "u-gone", Due: date(t, "2026-01-01")}
	for _, x := range []struct {
		in   PieceInput
		was  Piece
		want string
	}{
		{PieceInput{Kind: "birth", State: Missing}, Piece{}, ""},
		{PieceInput{Kind: "birth", State: Asked, Owner: "u-amira", Due: "2026-11-24"}, Piece{}, ""},
		{PieceInput{Kind: "birth", State: Asked, Owner: Self, Due: "2029-11-24"}, Piece{}, ""},
		{PieceInput{}, Piece{}, "kind paperkind, state state"},
		{PieceInput{Kind: "other", State: Missing}, Piece{}, "title title"},
		{PieceInput{Kind: "birth", State: Sent}, Piece{}, "state state"}, // only what the person sends is sent
		{PieceInput{Kind: "birth", State: Sent, Owner: "u-gone", Due: "2026-01-01"}, was, ""},
		{PieceInput{Kind: "birth", State: Missing, Owner: "u-strange"}, was, "owner owner"},
		{PieceInput{Kind: "birth", State: Missing, Owner: Someone}, Piece{}, "who who"},
		{PieceInput{Kind: "birth", State: Missing, Owner: Someone, Who: bsn}, Piece{}, "who bsn"},
		{PieceInput{Kind: "birth", State: Missing, Due: "2026-11-23"}, Piece{}, "due past"},
		{PieceInput{Kind: "birth", State: There, Due: "2026-11-23"}, Piece{}, ""}, // nothing is to be done by then
		{PieceInput{Kind: "birth", State: Missing, Due: "2036-11-23"}, Piece{}, "due far"},
		{PieceInput{Kind: "birth", State: Missing, Due: "morgen"}, Piece{}, "due day"},
		{PieceInput{Kind: "birth", State: Missing, Due: "2026-02-30"}, Piece{}, "due day"},
		{PieceInput{Kind: "birth", State: Missing, Note: strings.Repeat("a", noteMost+1)}, Piece{}, "note long"},
	} {
		_, fs := x.in.Check(x.was, []string{"u-amira"}, today)
		if got := faults(fs); got != x.want {
			t.Errorf("%+v: %q, not %q", x.in, got, x.want)
		}
	}
}

func TestTheFormOfADocument(t *testing.T) {
	today := date(t, "2026-11-24")
	for _, x := range []struct {
		in   DocumentInput
		want string
	}{
		{DocumentInput{Kind: "passport", Expires: "2026-11-01"}, ""}, // one that has expired may be kept
		{DocumentInput{Kind: "passport", Expires: "1996-01-01"}, "expires expires"},
		{DocumentInput{Kind: "passport", Expires: "2062-01-01"}, "expires expires"},
		{DocumentInput{Kind: "passport", Expires: "2026-13-01"}, "expires day"},
		{DocumentInput{}, "kind paperkind"},
		{DocumentInput{Kind: "other", Title: bsn}, "title bsn"},
		{DocumentInput{Kind: "photo", Pieces: []string{"pc-1"}}, ""},
		{DocumentInput{Kind: "photo", Pieces: []string{"pc-1", "pc-2"}}, "pieces pieces"},
	} {
		_, fs := x.in.Check([]Piece{{ID: "pc-1"}}, today)
		if got := faults(fs); got != x.want {
			t.Errorf("%+v: %q, not %q", x.in, got, x.want)
		}
	}
}

func TestWhenADocumentRings(t *testing.T) {
	for _, x := range []struct {
		today, expires string
		want           Alarm
	}{
		{"2026-11-24", "", Quiet},
		{"2026-11-24", "2027-05-25", Quiet},
		{"2026-11-24", "2027-05-24", SixMonths},
		{"2026-11-24", "2027-02-25", SixMonths},
		{"2026-11-24", "2027-02-24", ThreeMonths},
		{"2026-11-24", "2026-12-25", ThreeMonths},
		{"2026-11-24", "2026-12-24", OneMonth},
		{"2026-11-24", "2026-11-24", OneMonth}, // it holds on its last day
		{"2026-11-25", "2026-11-24", Expired},
		{"2026-08-31", "2027-02-28", SixMonths}, // there is no 31st: the last day of the month
		{"2026-08-31", "2027-03-01", Quiet},
		{"2027-08-31", "2028-02-29", SixMonths},
		{"2026-12-31", "2027-01-31", OneMonth},
	} {
		var expires clock.Date
		if x.expires != "" {
			expires = date(t, x.expires)
		}
		if got := AlarmOf(expires, date(t, x.today)); got != x.want {
			t.Errorf("on %s, until %s: %v, not %v", x.today, x.expires, got, x.want)
		}
	}
	rapid.Check(t, func(r *rapid.T) {
		today := date(t, "2020-01-01").AddDays(rapid.IntRange(0, 4000).Draw(r, "today"))
		expires := today.AddDays(rapid.IntRange(-400, 400).Draw(r, "until"))
		a := AlarmOf(expires, today)
		if AlarmOf(expires, today.AddDays(1)) < a {
			r.Fatal("an alarm grew softer by waiting")
		}
		if (a == Quiet) != expires.After(AlarmEdge(today)) {
			r.Fatal("the edge of the search is not the edge of the alarm")
		}
		d := Document{Expires: expires, Minded: int(a)}
		if d.Rings(today) {
			r.Fatal("an alarm that was taken on rings")
		}
		if d.Removed = time.Unix(1, 0); (Document{Expires: expires, Removed: d.Removed}).Rings(today) {
			r.Fatal("what was taken back rings")
		}
		if a > Quiet && !(Document{Expires: expires, Minded: int(a) - 1}).Rings(today) {
			r.Fatal("a louder alarm is silent")
		}
	})
}

func TestCountingAndOrder(t *testing.T) {
	today := date(t, "2026-11-24")
	ps := []Piece{{ID: "there", State: There, Due: date(t, "2026-11-01")}, {ID: "none", State: Missing}, {ID: "later", State: Asked, Due: date(t, "2026-12-01")}, {ID: "late", State: Disputed, Due: date(t, "2026-11-23")},
		{ID: "today", State: Sent, Due: today}, {ID: "unneeded", State: Unneeded}, {ID: "translating", State: Translating}}
	if c := CountOf(ps, today); c != (Count{There: 1, Open: 5, Late: 1}) {
		t.Errorf("%+v", c)
	}
	InOrder(ps)
	var got []string
	for _, p := range ps {
		got = append(got, p.ID)
	}
	if want := []string{"late", "today", "later", "none", "translating", "there", "unneeded"}; !slices.Equal(got, want) {
		t.Errorf("%v, not %v", got, want)
	}
	for state, want := range map[string]bool{Missing: true, Asked: true, Disputed: true, Sent: false, Translating: false, There: false, Unneeded: false} {
		if (Piece{State: state, Owner: Self}).Yours() != want || (Piece{State: state, Owner: "u-amira"}).Yours() {
			t.Errorf("whose is a piece that is %s", state)
		}
	}
}

func TestWhatADocumentDoesToAPiece(t *testing.T) {
	for _, x := range []struct {
		state          string
		own, colleague string
	}{{Missing, Sent, There}, {Asked, Sent, There}, {Sent, Sent, There}, {Translating, Translating, Translating}, {Disputed, Disputed, Disputed}, {There, There, There}, {Unneeded, Unneeded, Unneeded}} {
		if got := laid(x.state, true); got != x.own {
			t.Errorf("%s, by the person: %s", x.state, got)
		}
		if got := laid(x.state, false); got != x.colleague {
			t.Errorf("%s, by a colleague: %s", x.state, got)
		}
	}
}

func TestPuttingBackHasItsTime(t *testing.T) {
	at := time.Date(2026, 11, 24, 9, 0, 0, 0, time.UTC)
	if (Document{}).Restorable(at) || !(Document{Removed: at}).Restorable(at.Add(TakenBack-time.Second)) || (Document{Removed: at}).Restorable(at.Add(TakenBack)) {
		t.Error("thirty days are not thirty days")
	}
}
