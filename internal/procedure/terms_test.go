package procedure

import (
	"encoding/csv"
	"errors"
	"strings"
	"testing"
)

func TestATableOfTermsIsComputedAndBadRowsAreNamed(t *testing.T) {
	in := "\ufeffid;event_date;note;term;equated_days\r\n" +
		"a;2026-04-16;x;P4W|roll=ATW;\r\n" +
		"b;2026-04-16;x;P4W|roll=ATW;2026-05-15\r\n" +
		"c;2026-13-16;x;P4W|roll=ATW;\r\n" +
		"d;2026-04-16;\"two\nlines\";P4Q;\r\n" +
		"e;2026-04-16;x;P1D;2026-05-15 gisteren\r\n" +
		";2026-04-16;x;P1D;\r\n" +
		"f\r\n" +
		"g;2026-11-27;x;P4W|roll=ATW\r\n"
	var out strings.Builder
	err := TermsCSV(strings.NewReader(in), &out)
	var bad RowErrors
	if !errors.As(err, &bad) || len(bad) != 5 {
		t.Fatalf("%v", err)
	}
	for i, want := range []string{"line 4, column 3: ", "line 6, column 8: ", "line 7, column 20: ", "line 8, column 1: ", "line 9, column 1: "} {
		if !strings.HasPrefix(bad[i].Error(), want) {
			t.Errorf("%q does not begin with %q", bad[i].Error(), want)
		}
	}
	rows, err := csv.NewReader(strings.NewReader(out.String())).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	got := ""
	for _, r := range rows {
		got += strings.Join(r[:3], " ") + "\n"
	}
	if want := "id deadline safe_date\na 2026-05-15 2026-05-14\nb 2026-05-18 2026-05-14\nc  \nd  \ne  \n  \nf  \ng 2026-12-28 2026-12-25\n"; got != want {
		t.Errorf("got\n%swant\n%s", got, want)
	}
	if why := rows[2][3]; !strings.Contains(why, "Hemelvaartsdag") || !strings.Contains(why, "koninklijk besluit") {
		t.Errorf("the reasons are %q", why)
	}
}

func TestATableWithoutItsColumnsIsRefused(t *testing.T) {
	for _, in := range []string{"", "id,term\n1,P1D\n"} {
		var out strings.Builder
		if err := TermsCSV(strings.NewReader(in), &out); err == nil || !strings.Contains(err.Error(), "line 1, column 1") {
			t.Errorf("%q: %v", in, err)
		}
	}
}
