package dossier

import (
	"errors"
	"testing"

	"reisgezel/internal/kernel/db/dbtest"
	"reisgezel/internal/kernel/ui"
	"reisgezel/internal/kernel/web"
)

func TestWhatComesStandsTogetherSoonestFirst(t *testing.T) {
	some := func(cs ...Coming) Comes { return func(*web.Visit, File) ([]Coming, error) { return cs, nil } }
	at := func(days int, label string) Coming {
		return Coming{At: dbtest.Start.AddDate(0, 0, days), Fact: ui.FactP{Label: label}}
	}
	part := ComingPart("appointments", some(at(3, "c"), at(1, "a")), some(Coming{Fact: ui.FactP{Label: "someday"}}), some(at(2, "b")))
	fs, err := part.Lines(nil, File{})
	got := ""
	for _, f := range fs {
		got += f.Label + " "
	}
	if err != nil || got != "a b c someday " || part.Name != "appointments" {
		t.Errorf("%s: %q %v", part.Name, got, err)
	}
	broken := errors.New("broken")
	if _, err := ComingPart("x", some(), func(*web.Visit, File) ([]Coming, error) { return nil, broken }).Lines(nil, File{}); !errors.Is(err, broken) {
		t.Errorf("a part that fails is left out: %v", err)
	}
}
