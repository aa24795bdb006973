package rights

// This file turns what a capability exports into something that somebody can read: a tree of names and values, without what
// only a machine needs. The file for machines is the export itself.

import (
	"encoding/base64"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"time"

	"reisgezel/internal/kernel/clock"
)

// Node is one thing of a copy: a value, or a name with things under it.
type Node struct {
	Key   string // as it is called in the file for machines
	Text  string
	At    time.Time
	Day   clock.Date
	Yes   bool
	Bytes []byte
	Items []Node
	List  bool // Items are of one kind, each by itself
}

// Empty says whether there is nothing to read.
func (n Node) Empty() bool {
	return n.Text == "" && n.At.IsZero() && n.Day.IsZero() && !n.Yes && len(n.Bytes) == 0 && len(n.Items) == 0
}

// noise are names of what only a machine needs: ids, whose data it is, numbers of versions.
var noise = []string{"id", "person", "subject", "version", "seq", "session", "grant", "hash", "prev", "key", "token", "sum"}

// Label is the last part of the text key of a name: letters and digits, small.
func Label(key string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r >= 'a' && r <= 'z', r >= '0' && r <= '9':
			return r
		case r >= 'A' && r <= 'Z':
			return r + 'a' - 'A'
		}
		return -1
	}, key)
}

var (
	timeType = reflect.TypeFor[time.Time]()
	dateType = reflect.TypeFor[clock.Date]()
)

// Tree reads an export.
func Tree(x any) []Node { return tree("", reflect.ValueOf(x)).Items }

func tree(key string, v reflect.Value) Node {
	n := Node{Key: key}
	for v.IsValid() && (v.Kind() == reflect.Pointer || v.Kind() == reflect.Interface) {
		v = v.Elem()
	}
	if !v.IsValid() || v.IsZero() {
		return n
	}
	switch {
	case v.Type() == timeType:
		n.At = v.Interface().(time.Time)
		return n
	case v.Type() == dateType:
		n.Day = v.Interface().(clock.Date)
		return n
	}
	switch v.Kind() {
	case reflect.Struct:
		n.Items = fields(v)
	case reflect.Map:
		keys := v.MapKeys()
		slices.SortFunc(keys, func(a, b reflect.Value) int { return strings.Compare(fmt.Sprint(a), fmt.Sprint(b)) })
		for _, k := range keys {
			n.put(tree(fmt.Sprint(k), v.MapIndex(k)))
		}
	case reflect.Slice, reflect.Array:
		if v.Type().Elem().Kind() == reflect.Uint8 {
			n.Bytes = v.Bytes()
			return n
		}
		n.List = true
		for i := range v.Len() {
			n.put(tree("", v.Index(i)))
		}
	case reflect.Bool:
		n.Yes = true
	case reflect.String:
		n.Text = v.String()
	default:
		n.Text = fmt.Sprint(v.Interface())
	}
	return n
}

func (n *Node) put(x Node) {
	if !x.Empty() {
		n.Items = append(n.Items, x)
	}
}

// fields are those of a struct, under the names that the file for machines gives them; what it leaves out is left out here.
func fields(v reflect.Value) []Node {
	var out Node
	for i := range v.NumField() {
		name, skip := nameOf(v.Type().Field(i))
		if skip {
			continue
		}
		if name == "" {
			x := v.Field(i)
			for x.Kind() == reflect.Pointer && !x.IsNil() {
				x = x.Elem()
			}
			if x.Kind() == reflect.Struct {
				out.Items = append(out.Items, fields(x)...)
			}
			continue
		}
		if !slices.Contains(noise, Label(name)) {
			out.put(tree(name, v.Field(i)))
		}
	}
	return out.Items
}

// nameOf is what a field is called; empty for a struct whose fields stand among those of the one it is in.
func nameOf(f reflect.StructField) (name string, skip bool) {
	tag, _, _ := strings.Cut(f.Tag.Get("json"), ",")
	switch {
	case tag == "-":
		return "", true
	case tag != "":
		return tag, !f.IsExported()
	case f.Anonymous:
		return "", false
	}
	return f.Name, !f.IsExported()
}

// Names are the names of every field that an export of this type can have, for the words beside them.
func Names(t reflect.Type) []string {
	seen := map[string]bool{}
	names(t, seen, map[reflect.Type]bool{})
	var out []string
	for n := range seen {
		if !slices.Contains(noise, n) {
			out = append(out, n)
		}
	}
	slices.Sort(out)
	return out
}

func names(t reflect.Type, seen map[string]bool, done map[reflect.Type]bool) {
	for t.Kind() == reflect.Pointer || t.Kind() == reflect.Slice || t.Kind() == reflect.Array || t.Kind() == reflect.Map {
		t = t.Elem()
	}
	if t.Kind() != reflect.Struct || t == timeType || t == dateType || done[t] {
		return
	}
	done[t] = true
	for i := range t.NumField() {
		f := t.Field(i)
		name, skip := nameOf(f)
		if skip {
			continue
		}
		if name != "" {
			seen[Label(name)] = true
			if slices.Contains(noise, Label(name)) {
				continue
			}
		}
		names(f.Type, seen, done)
	}
}

// DataURL is bytes as an address that stands in the file itself, so that a copy is one file.
func DataURL(kind string, b []byte) string {
	return "data:" + kind + ";base64," + base64.StdEncoding.EncodeToString(b)
}
