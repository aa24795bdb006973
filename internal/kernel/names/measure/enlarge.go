package measure

// This file makes a large index out of a smaller one, always the same one: people recombined from the parts of two
// names of one language, some of them spelt a little differently.

import (
	"bufio"
	"flag"
	"fmt"
	"io"
	"math/rand/v2"
	"strings"
)

// Enlarge answers people and as many invented ones as make n.
func Enlarge(people []Person, n int) []Person {
	out := append(make([]Person, 0, max(n, len(people))), people...)
	byLanguage := map[string][]int{}
	for i, p := range people {
		byLanguage[p.Language] = append(byLanguage[p.Language], i)
	}
	r := rand.New(rand.NewPCG(1, 2))
	for i := 0; len(out) < n; i++ {
		a := people[i%len(people)]
		same := byLanguage[a.Language]
		b := people[same[r.IntN(len(same))]]
		x, y := strings.Fields(a.Name), strings.Fields(b.Name)
		if len(x) == 0 || len(y) == 0 {
			continue
		}
		parts := append(x[:max(1, len(x)-1)], y[len(y)-1])
		if len(parts) == 2 && len(y) > 2 && r.IntN(3) == 0 {
			parts = []string{parts[0], y[1], parts[1]}
		}
		if r.IntN(3) == 0 {
			k := r.IntN(len(parts))
			parts[k] = respell(parts[k], r)
		}
		out = append(out, Person{fmt.Sprintf("N%d", i), strings.Join(parts, " "), a.Language})
	}
	return out
}

// respell changes a spelling the way clerks do.
func respell(w string, r *rand.Rand) string {
	changes := [...][2]string{{"a", "e"}, {"e", "i"}, {"ou", "u"}, {"o", "u"}, {"k", "q"}, {"kh", "h"}, {"s", "ss"}, {"m", "mm"}, {"i", "y"}, {"y", "i"}, {"ch", "sh"}, {"j", "dj"}, {"w", "v"}, {"h", ""}}
	from := r.IntN(len(changes))
	for k := range changes {
		c := changes[(from+k)%len(changes)]
		if at := strings.Index(w, c[0]); at > 0 {
			return w[:at] + c[1] + w[at+len(c[0]):]
		}
	}
	return w + "i"
}

func enlarge(args []string, out, errs io.Writer) error {
	fs := flag.NewFlagSet("names enlarge", flag.ContinueOnError)
	fs.SetOutput(errs)
	index := fs.String("index", "", "table of people: person_id, name, language")
	to := fs.Int("to", 1000000, "how many people the new table has")
	if err := fs.Parse(args); err != nil {
		return err
	}
	if *index == "" || fs.NArg() > 0 {
		return ErrUsage
	}
	people, err := readFile(*index, ReadIndex)
	if err != nil {
		return err
	}
	w := bufio.NewWriter(out)
	fmt.Fprintln(w, "person_id\tname\tlanguage")
	for _, p := range Enlarge(people, *to) {
		fmt.Fprintf(w, "%s\t%s\t%s\n", p.ID, p.Name, p.Language)
	}
	return w.Flush()
}
