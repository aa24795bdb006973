package measure

// This file is the command `reisgezel names`: what was asked for, and how the outcome is printed.

import (
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"sort"
	"text/tabwriter"

	"reisgezel/internal/kernel/clock"
	"reisgezel/internal/kernel/names"
)

// ErrUsage says that the command line was not understood.
var ErrUsage = errors.New("usage")

// Command carries out `names eval`, `names compare` and `names enlarge`.
func Command(ctx context.Context, args []string, out, errs io.Writer, c clock.Clock) error {
	if len(args) == 0 {
		return ErrUsage
	}
	switch args[0] {
	case "eval":
		return eval(ctx, args[1:], out, errs, c)
	case "compare":
		if len(args) != 3 {
			return ErrUsage
		}
		return compare(args[1], args[2], out)
	case "enlarge":
		return enlarge(args[1:], out, errs)
	}
	return ErrUsage
}

func eval(ctx context.Context, args []string, out, errs io.Writer, c clock.Clock) error {
	fs := flag.NewFlagSet("names eval", flag.ContinueOnError)
	fs.SetOutput(errs)
	index := fs.String("index", "", "table of people: person_id, name")
	queries := fs.String("queries", "", "table of pairs: person_id, canonical, variant, language, script, class, label")
	asJSON := fs.Bool("json", false, "print one JSON object")
	baselines := fs.Bool("baselines", false, "measure the obvious ways of searching beside ours")
	postgres := fs.String("postgres", "", "a PostgreSQL database with pg_trgm, for the baselines")
	if err := fs.Parse(args); err != nil {
		return err
	}
	if *index == "" || *queries == "" || fs.NArg() > 0 {
		return ErrUsage
	}
	people, err := readFile(*index, ReadIndex)
	if err != nil {
		return err
	}
	pairs, err := readFile(*queries, ReadPairs)
	if err != nil {
		return err
	}
	methods := []Method{Ours()}
	if *baselines {
		methods = append(methods, Baselines()...)
	}
	var all []Figures
	for i := range methods {
		f, err := Run(ctx, methods[i], people, pairs, c)
		if err != nil {
			return fmt.Errorf("%s: %w", methods[i].Name, err)
		}
		methods[i] = Method{} // the next one has the memory to itself
		all = append(all, f)
	}
	if *baselines {
		f, err := runPostgres(ctx, *postgres, people, pairs, c)
		switch {
		case err == nil:
			all = append(all, f)
		case *postgres != "":
			return fmt.Errorf("PostgreSQL: %w", err)
		default:
			fmt.Fprintln(errs, "PostgreSQL was not measured: name a database with --postgres.")
		}
	}
	if *asJSON {
		e := json.NewEncoder(out)
		e.SetIndent("", "  ")
		if !*baselines {
			return e.Encode(all[0])
		}
		return e.Encode(struct {
			Figures
			Baselines []Figures `json:"baselines"`
		}{all[0], all[1:]})
	}
	return print(out, all)
}

func readFile[T any](name string, read func(io.Reader) ([]T, error)) ([]T, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	rows, err := read(f)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	return rows, nil
}

func print(out io.Writer, all []Figures) error {
	w := tabwriter.NewWriter(out, 0, 0, 2, ' ', tabwriter.AlignRight)
	ours := all[0]
	fmt.Fprintf(w, "%d people\tqueries\trecall@1\trecall@10\tMRR\t\n", ours.People)
	line := func(name string, r Recall) {
		fmt.Fprintf(w, "%s\t%d\t%.3f\t%.3f\t%.3f\t\n", name, r.Queries, r.RecallAt1, r.Recall10, r.MRR)
	}
	line("all", ours.Overall)
	line("Latin", ours.Latin)
	line("other scripts", ours.Other)
	for _, t := range []map[string]Recall{ours.ByLanguage, ours.ByScript} {
		for _, k := range sorted(t) {
			line(k, t[k])
		}
	}
	if err := w.Flush(); err != nil {
		return err
	}
	fmt.Fprintf(out, "\nsearch: p50 %.1f ms, p95 %.1f ms, p99 %.1f ms; index: %.0f MB, built in %.1f s\n", ours.P50, ours.P95, ours.P99, float64(ours.IndexBytes)/1e6, ours.BuildSecs)
	if p := ours.Pairs; p != nil {
		fmt.Fprintf(out, "pairs: %d same, %d different; AUC %.3f, recall at 95%% precision %.3f\n", p.Same, p.Different, p.AUC, p.Recall95)
	}
	if len(all) == 1 {
		return nil
	}
	fmt.Fprintln(out)
	w = tabwriter.NewWriter(out, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintf(w, "method\tLatin @1\tLatin @10\tother @1\tother @10\tp50 ms\tp95 ms\tMB\tbuild s\tpairs AUC\t@95%%\t\n")
	for _, f := range all {
		fmt.Fprintf(w, "%s\t%.3f\t%.3f\t%.3f\t%.3f\t%.1f\t%.1f\t%.0f\t%.1f\t", f.Method, f.Latin.RecallAt1, f.Latin.Recall10, f.Other.RecallAt1, f.Other.Recall10,
			f.P50, f.P95, float64(f.IndexBytes)/1e6, f.BuildSecs)
		if f.Pairs != nil {
			fmt.Fprintf(w, "%.3f\t%.3f\t\n", f.Pairs.AUC, f.Pairs.Recall95)
		} else {
			fmt.Fprintf(w, "\t\t\n")
		}
	}
	return w.Flush()
}

func sorted(t map[string]Recall) []string {
	var ks []string
	for k := range t {
		ks = append(ks, k)
	}
	sort.Strings(ks)
	return ks
}

// say puts each kind of agreement in plain English.
var say = map[names.Agreement]string{
	names.Same: "the same spelling", names.SameSound: "another spelling of the same sounds", names.InScript: "the same in another script",
	names.Form: "another form of the same given name", names.Near: "nearly the same", names.Far: "something like it", names.Joined: "one word here, two there",
	names.Missing: "not in the second name", names.Extra: "only in the second name",
}

func compare(a, b string, out io.Writer) error {
	p, reasons := names.Compare(names.Read(a), names.Read(b))
	fmt.Fprintf(out, "%.0f %%\n", 100*p)
	for _, r := range reasons {
		switch r.How {
		case names.Missing:
			fmt.Fprintf(out, "  %s: %s\n", r.Asked, say[r.How])
		case names.Extra:
			fmt.Fprintf(out, "  %s: %s\n", r.Found, say[r.How])
		default:
			moved := ""
			if r.Moved {
				moved = ", in another place"
			}
			fmt.Fprintf(out, "  %s ≈ %s: %s%s\n", r.Asked, r.Found, say[r.How], moved)
		}
	}
	return nil
}
