package procedure

// This file tests that every fault of rules has its words, and that no words are left over.

import (
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"strconv"
	"strings"
	"testing"
)

func TestEveryFaultOfRulesHasItsWords(t *testing.T) {
	c := catalogue(t)
	literals := map[string]bool{}
	names, err := os.ReadDir(".")
	if err != nil {
		t.Fatal(err)
	}
	for _, n := range names {
		if !strings.HasSuffix(n.Name(), ".go") || strings.HasSuffix(n.Name(), "_test.go") || strings.HasSuffix(n.Name(), "_templ.go") {
			continue
		}
		files := token.NewFileSet()
		f, err := parser.ParseFile(files, n.Name(), nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		ast.Inspect(f, func(x ast.Node) bool {
			if l, ok := x.(*ast.BasicLit); ok && l.Kind == token.STRING {
				s, _ := strconv.Unquote(l.Value)
				literals[s] = true
			}
			call, ok := x.(*ast.CallExpr)
			if !ok {
				return true
			}
			callee := ""
			switch fn := call.Fun.(type) {
			case *ast.Ident:
				callee = fn.Name
			case *ast.SelectorExpr:
				callee = fn.Sel.Name
			}
			if callee != "whole" && callee != "fault" && (callee != "bad" || n.Name() != "check.go") {
				return true
			}
			// The key is the second or the third argument.
			var tried []string
			for _, a := range call.Args[1:min(3, len(call.Args))] {
				l, ok := a.(*ast.BasicLit)
				if !ok {
					continue
				}
				key, _ := strconv.Unquote(l.Value)
				if c.Has("nl", "procedure.check."+key) && c.Has("en", "procedure.check."+key) {
					return true
				}
				tried = append(tried, key)
			}
			if len(tried) > 0 {
				t.Errorf("%s: no words for %q", files.Position(call.Pos()), tried)
			}
			return true
		})
	}
	for _, key := range c.Keys("nl") {
		if word, ok := strings.CutPrefix(key, "procedure.check."); ok && !literals[word] {
			t.Errorf("no fault says %s", key)
		}
	}
}
