package procedure

import "testing"

func TestRulesOfThisProgramAreFit(t *testing.T) {
	b, err := Rules()
	if err != nil {
		t.Fatal(err)
	}
	if len(b.Packs) < 4 {
		t.Fatalf("only %d packs were read", len(b.Packs))
	}
}
