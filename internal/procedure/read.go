package procedure

// This file reads rule files, and remembers on which line each thing stands, so that a fault can be pointed at.

import (
	"bytes"
	"cmp"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"

	"go.yaml.in/yaml/v3"

	"reisgezel/internal/kernel/clock"
)

//go:embed rules
var ruleFiles embed.FS

// RuleFiles are the rules this program was built with: a file per procedure, and the worked examples in cases/.
func RuleFiles() fs.FS {
	sub, err := fs.Sub(ruleFiles, "rules")
	if err != nil {
		panic("procedure: the rules are compiled in, so this cannot happen: " + err.Error())
	}
	return sub
}

// Book reads the rules this program was built with.
func Book() (*Rulebook, error) { return ReadRules(RuleFiles()) }

// spot is a place in a file of rules. Line 0 is the file as a whole, column 0 the whole line.
type spot struct {
	File         string
	Line, Column int
}

func (s spot) String() string {
	switch {
	case s.Line == 0:
		return s.File
	case s.Column == 0:
		return fmt.Sprintf("%s:%d", s.File, s.Line)
	}
	return fmt.Sprintf("%s:%d:%d", s.File, s.Line, s.Column)
}

// Fault is one thing that is wrong with rules, and where. Key and Args are its text: procedure.check.<Key>, or one of
// procedure.error.term for a term that cannot be read.
type Fault struct {
	spot
	Key  string
	Args []any
}

// What says what is wrong.
func (f Fault) What(v Voice) string {
	if term, ok := strings.CutPrefix(f.Key, "term/"); ok {
		return v.T("procedure.error.term."+term, f.Args...)
	}
	return v.T("procedure.check."+f.Key, f.Args...)
}

// Error says it in English, the language of the commands.
func (f Fault) Error() string {
	v, err := english()
	if err != nil {
		return f.String() + ": " + f.Key
	}
	return f.String() + ": " + f.What(v)
}

var english = sync.OnceValues(func() (Voice, error) { return voice("en") })

// whole is a fault of a file as a whole.
func whole(file, key string, args ...any) Fault { return Fault{spot{File: file}, key, args} }

// Faults are all of them, in the order of the files.
type Faults []Fault

func (fs Faults) Error() string {
	lines := make([]string, len(fs))
	for i, f := range fs {
		lines[i] = f.Error()
	}
	return strings.Join(lines, "\n")
}

// sort brings them into the order of file and line.
func (fs Faults) sort() {
	slices.SortStableFunc(fs, func(a, b Fault) int {
		return cmp.Or(cmp.Compare(a.File, b.File), cmp.Compare(a.Line, b.Line), cmp.Compare(a.Column, b.Column))
	})
}

// err is nil when there is nothing wrong. The faults come in the order of file and line.
func (fs Faults) err() error {
	if len(fs) == 0 {
		return nil
	}
	fs.sort()
	return fs
}

type regimeFile struct {
	Version string     `yaml:"version"`
	Topics  []TopicDef `yaml:"topics"`
	Regimes []Regime   `yaml:"regimes"`
}

type sourceFile struct {
	Version string   `yaml:"version"`
	Sources []Source `yaml:"sources"`
}

type dayFile struct {
	Version string       `yaml:"version"`
	Days    []EquatedDay `yaml:"days"`
}

// ReadRules reads regimes.yaml, equated_days.yaml, sources.yaml and the files of the procedures from a folder, and
// refuses it with every fault at once.
func ReadRules(dir fs.FS) (*Rulebook, error) {
	b, faults := readRules(dir)
	if err := faults.err(); err != nil {
		return nil, err
	}
	return b, b.check().err()
}

func readRules(dir fs.FS) (*Rulebook, Faults) {
	b := &Rulebook{}
	var faults Faults
	names, err := fs.Glob(dir, "*.yaml")
	if err != nil {
		return b, Faults{whole(".", "read", "what", err.Error())}
	}
	var versions []string
	for _, name := range names {
		raw, err := fs.ReadFile(dir, name)
		if err != nil {
			faults = append(faults, whole(name, "read", "what", err.Error()))
			continue
		}
		var bad Faults
		switch path.Base(name) {
		case "regimes.yaml":
			var f regimeFile
			if bad = strict(name, raw, &f); bad == nil {
				b.Topics, b.Regimes = f.Topics, f.Regimes
				spots := spotsOf(name, raw)
				for i := range b.Regimes {
					b.Regimes[i].at = spots["regimes/"+string(b.Regimes[i].ID)]
				}
				versions = append(versions, "regimes@"+f.Version)
			}
		case "equated_days.yaml":
			var f dayFile
			if bad = strict(name, raw, &f); bad == nil {
				b.Calendar = NewCalendar(f.Version, f.Days)
				b.Days = f.Days
			}
		case "sources.yaml":
			var f sourceFile
			if bad = strict(name, raw, &f); bad == nil {
				b.Sources = f.Sources
			}
		default:
			p := Pack{file: name}
			if bad = strict(name, raw, &p); bad == nil {
				p.spots = sync.OnceValue(func() map[string]spot {
					raw, _ := fs.ReadFile(dir, name) // it was read before; without it a fault points at the file
					return spotsOf(name, raw)
				})
				p.named = p.Name + "@" + p.Version
				b.Packs = append(b.Packs, p)
				versions = append(versions, p.named)
			}
		}
		faults = append(faults, bad...)
	}
	b.Version = strings.Join(versions, " ")
	if len(faults) == 0 && b.Calendar.Version == "" {
		faults = append(faults, whole("equated_days.yaml", "no_version"))
	}
	for i := range b.Topics {
		b.Topics[i].all = append([]Topic{b.Topics[i].ID}, b.Topics[i].With...)
	}
	return b, faults
}

var yamlLine = regexp.MustCompile(`^(?:yaml: )?(?:unmarshal errors:\s*)?line (\d+): (.*)$`)

// strict refuses words that the form does not know: a misspelt "canddates" must not silently become a single reading. It
// refuses a second document in one file too, which would be left unread.
func strict(name string, raw []byte, into any) Faults {
	d := yaml.NewDecoder(bytes.NewReader(raw))
	d.KnownFields(true)
	err := d.Decode(into)
	if err == nil {
		var more yaml.Node
		if d.Decode(&more) == nil {
			return Faults{{spot{name, more.Line, more.Column}, "second", nil}}
		}
		return nil
	}
	var all []string
	if te := (*yaml.TypeError)(nil); errors.As(err, &te) {
		all = te.Errors
	} else {
		all = []string{err.Error()}
	}
	var faults Faults
	for _, s := range all {
		at, what := badValue(name, raw), strings.TrimPrefix(s, "yaml: ")
		if m := yamlLine.FindStringSubmatch(s); m != nil {
			line, _ := strconv.Atoi(m[1])
			at, what = spot{name, line, firstColumn(raw, line)}, m[2]
		}
		faults = append(faults, unread(at, what, err))
	}
	return faults
}

var (
	unknownWord = regexp.MustCompile(`^field (\S+) not found`)
	wordTwice   = regexp.MustCompile(`^mapping key "(.*)" already defined`)
)

// unread is the fault of a text that the YAML reader, or a value in it, refused.
func unread(at spot, what string, err error) Fault {
	if bad := (TermFault{}); errors.As(err, &bad) {
		return Fault{at, "term/" + bad.Key, []any{"part", bad.Part}}
	}
	if m := unknownWord.FindStringSubmatch(what); m != nil {
		return Fault{at, "unknown_word", []any{"word", m[1]}}
	}
	if m := wordTwice.FindStringSubmatch(what); m != nil {
		return Fault{at, "word_twice", []any{"word", m[1]}}
	}
	return Fault{at, "yaml", []any{"what", what}}
}

// firstColumn is where the text of a line begins: the YAML reader names lines only.
func firstColumn(raw []byte, line int) int {
	lines := bytes.Split(raw, []byte("\n"))
	if line < 1 || line > len(lines) {
		return 0
	}
	l := lines[line-1]
	return len(l) - len(bytes.TrimLeft(l, " -")) + 1
}

// badValue is the place of the first term or day that cannot be read: the YAML reader does not say where its values come
// from.
func badValue(name string, raw []byte) spot {
	at := spot{File: name}
	walk(raw, func(key string, v *yaml.Node) {
		if at.Line > 0 || v.Kind != yaml.ScalarNode {
			return
		}
		var err error
		switch key {
		case "term", "extend", "at_most":
			_, err = ParseTerm(v.Value)
		case "from", "to", "fixed", "read_on", "review_by", "day", "on":
			if len(v.Value) == 10 && v.Value[4] == '-' {
				_, err = clock.ParseDate(v.Value)
			}
		}
		if err != nil {
			at.Line, at.Column = v.Line, v.Column
		}
	})
	return at
}

// walk visits every value of a file with the key it stands under.
func walk(raw []byte, visit func(key string, v *yaml.Node)) {
	var root yaml.Node
	if yaml.Unmarshal(raw, &root) != nil {
		return
	}
	var down func(key string, n *yaml.Node)
	down = func(key string, n *yaml.Node) {
		visit(key, n)
		if n.Kind == yaml.MappingNode {
			for i := 0; i+1 < len(n.Content); i += 2 {
				down(n.Content[i].Value, n.Content[i+1])
			}
			return
		}
		for _, c := range n.Content {
			down(key, c)
		}
	}
	down("", &root)
}

// spotsOf says where each item of a list stands, by the name of the list and its id, and where each of its words does:
// "terms/old-decide", "terms/old-decide/party".
func spotsOf(name string, raw []byte) map[string]spot {
	spots := map[string]spot{}
	walk(raw, func(list string, v *yaml.Node) {
		if v.Kind != yaml.MappingNode {
			return
		}
		for i := 0; i+1 < len(v.Content); i += 2 {
			if v.Content[i].Value != "id" {
				continue
			}
			item := list + "/" + v.Content[i+1].Value
			if _, twice := spots[item]; twice {
				continue
			}
			spots[item] = spot{name, v.Line, v.Column}
			for k := 0; k+1 < len(v.Content); k += 2 {
				spots[item+"/"+v.Content[k].Value] = spot{name, v.Content[k].Line, v.Content[k].Column}
			}
		}
	})
	return spots
}
