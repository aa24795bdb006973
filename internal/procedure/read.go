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

// Fault is one thing that is wrong with a rule pack, and where.
type Fault struct {
	File string
	Line int // 0: the file as a whole
	What string
}

func (f Fault) Error() string {
	if f.Line == 0 {
		return f.File + ": " + f.What
	}
	return fmt.Sprintf("%s:%d: %s", f.File, f.Line, f.What)
}

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
		return cmp.Or(cmp.Compare(a.File, b.File), cmp.Compare(a.Line, b.Line))
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
		return b, Faults{{File: ".", What: err.Error()}}
	}
	var versions []string
	for _, name := range names {
		raw, err := fs.ReadFile(dir, name)
		if err != nil {
			faults = append(faults, Fault{File: name, What: err.Error()})
			continue
		}
		var bad Faults
		switch path.Base(name) {
		case "regimes.yaml":
			var f regimeFile
			if bad = strict(name, raw, &f); bad == nil {
				b.Topics, b.Regimes = f.Topics, f.Regimes
				lines := lineNumbers(raw)
				for i := range b.Regimes {
					b.Regimes[i].line = lines["regimes/"+string(b.Regimes[i].ID)]
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
				p.lines = lineNumbers(raw)
				b.Packs = append(b.Packs, p)
				versions = append(versions, p.Name+"@"+p.Version)
			}
		}
		faults = append(faults, bad...)
	}
	b.Version = strings.Join(versions, " ")
	if len(faults) == 0 && b.Calendar.Version == "" {
		faults = append(faults, Fault{File: "equated_days.yaml", What: "is missing or has no version"})
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
			return Faults{{File: name, Line: more.Line, What: "a second document begins here; a rule file is one"}}
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
		f := Fault{File: name, What: strings.TrimPrefix(s, "yaml: ")}
		if m := yamlLine.FindStringSubmatch(s); m != nil {
			f.Line, _ = strconv.Atoi(m[1])
			f.What = m[2]
		} else {
			f.Line = badValue(raw)
		}
		faults = append(faults, f)
	}
	return faults
}

// badValue is the line of the first term or day that cannot be read: the YAML reader does not say where its values come
// from.
func badValue(raw []byte) int {
	line := 0
	walk(raw, func(key string, v *yaml.Node) {
		if line > 0 || v.Kind != yaml.ScalarNode {
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
			line = v.Line
		}
	})
	return line
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

// lineNumbers says on which line each item of a list stands, by the name of the list and its id: "terms/old-decide".
func lineNumbers(raw []byte) map[string]int {
	lines := map[string]int{}
	walk(raw, func(list string, v *yaml.Node) {
		if v.Kind != yaml.MappingNode {
			return
		}
		for i := 0; i+1 < len(v.Content); i += 2 {
			if v.Content[i].Value == "id" {
				if _, twice := lines[list+"/"+v.Content[i+1].Value]; !twice {
					lines[list+"/"+v.Content[i+1].Value] = v.Line
				}
			}
		}
	})
	return lines
}
