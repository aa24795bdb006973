package app

// This file keeps advocacy away from files: the rooms of advocacy use of the dossier only what a signal takes, and in the files
// that are named here.

import (
	"go/ast"
	"slices"
	"strings"
	"testing"
)

// walled are the rooms whose data must not lead to anybody, with what they may use of the dossier, by the file that uses it.
var walled = map[string]map[string][]string{
	"monitor": {},
	"knelpunt": {
		"store.go":       {"Files"},
		"demo.go":        {"Receipt"},
		"store_told.go":  {"Answer", "Reopening"},
		"pages_open.go":  {"Answer"},
		"open_templ.go":  {"ToldBack"}, // how an answer is shown
		"pages_raise.go": {"Signal", "Offer", "OriginsOf", "Panel", "File"},
	},
	"advocacy":   {},
	"litigation": {},
	"pilot":      {},
}

// reads is what a room of advocacy may ask of a file: who it is, for the pseudonym only, and the nationality, for its group; and that
// whoever sends something without a name finds the answer on their own page.
var reads = []string{"OpenSignal", "Known", "Keep", "SignalURL", "Follower"}

func TestAdvocacyOpensNoFiles(t *testing.T) {
	found, asked := 0, 0
	for _, f := range files(t) {
		allowed, ours := walled[f.pkg]
		if !ours || f.test() {
			continue
		}
		for _, p := range f.imports() {
			if p == "reisgezel/internal/dossier" {
				found++
				if len(allowed[f.name]) == 0 {
					t.Errorf("%s leans on the dossier, and a room of advocacy may not", f.path)
				}
			}
			for _, never := range []string{"internal/kernel/names", "internal/identity", "internal/contact", "internal/family"} {
				if strings.HasSuffix(p, never) {
					t.Errorf("%s leans on %s", f.path, never)
				}
			}
		}
		ast.Inspect(f.ast, func(n ast.Node) bool {
			s, ok := n.(*ast.SelectorExpr)
			if !ok {
				return true
			}
			switch x := s.X.(type) {
			case *ast.Ident:
				if x.Name == "dossier" && !slices.Contains(allowed[f.name], s.Sel.Name) {
					t.Errorf("%s uses dossier.%s: look whether a signal could lead to a person by it", f.path, s.Sel.Name)
				}
				if x.Name == "access" && slices.Contains([]string{"Sees", "Holds", "Find", "Give", "Holding", "AllHeld", "Live"}, s.Sel.Name) {
					t.Errorf("%s asks who may see whom with access.%s", f.path, s.Sel.Name)
				}
			case *ast.SelectorExpr:
				if x.Sel.Name == "files" {
					asked++
					if !slices.Contains(reads, s.Sel.Name) {
						t.Errorf("%s asks files.%s of the dossier", f.path, s.Sel.Name)
					}
				}
				if x.Sel.Name == "File" && !slices.Contains([]string{"ID", "Profile"}, s.Sel.Name) {
					t.Errorf("%s reads %s of a file", f.path, s.Sel.Name)
				}
			}
			return true
		})
	}
	if found < 3 || asked < 4 {
		t.Errorf("%d files lean on the dossier, %d ask something of it: the search is broken", found, asked)
	}
}
