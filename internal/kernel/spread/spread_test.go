package spread

import (
	"strings"
	"testing"
)

func TestASheetRunsNothing(t *testing.T) {
	for in, want := range map[string]string{"": "", "Selam": "Selam", "=1+1": "'=1+1", "+31612345001": "'+31612345001", "-2": "'-2", "@a": "'@a", "  =x": "'  =x", "\t=x": "'\t=x", "\tx": "'\tx", "|x": "'|x", "%x": "'%x", "＝1": "'＝1", "a=b": "a=b", "12": "12", "'=x": "'=x"} {
		if got := Cell(in); got != want {
			t.Errorf("%q is %q, want %q", in, got, want)
		}
	}
	b := string(Of([][]string{{"naam", "n"}, {"=cmd|' /C calc'!A0", "-5"}, {"a;b \"c\"\r\n=x", ""}}))
	if !strings.HasPrefix(b, "\ufeffnaam;n\r\n'=cmd") || !strings.Contains(b, ";'-5\r\n") || !strings.Contains(b, `"a;b ""c""`) {
		t.Errorf("%q", b)
	}
}
