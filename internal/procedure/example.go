package procedure

// This file writes a change of the rules to begin from: the rule that is to be replaced, in the form of the rule files and
// with its remarks, so that whoever proposes only changes what is new; or the word of a lawyer for a rule as it stands.

import (
	"bytes"
	"io/fs"
	"strings"

	"go.yaml.in/yaml/v3"

	"reisgezel/internal/kernel/clock"
)

// example is a change that replaces one rule of a folder by a copy of itself with another id; fs.ErrNotExist when no file
// has such a rule.
func example(dir fs.FS, id, fresh string) (string, error) {
	names, err := fs.Glob(dir, "*.yaml")
	if err != nil {
		return "", err
	}
	for _, n := range names {
		raw, err := fs.ReadFile(dir, n)
		if err != nil {
			return "", err
		}
		if s := exampleIn(raw, id, fresh); s != "" {
			return s, nil
		}
	}
	return "", fs.ErrNotExist
}

// exampleIn is the same from one file, or from the text of a change; nothing when the rule is not in it.
func exampleIn(raw []byte, id, fresh string) string {
	var doc yaml.Node
	if yaml.Unmarshal(raw, &doc) != nil || len(doc.Content) == 0 {
		return ""
	}
	top := doc.Content[0]
	terms := under(top, "terms")
	if terms == nil {
		return ""
	}
	for _, item := range terms.Content {
		own := under(item, "id")
		if own == nil || own.Value != id {
			continue
		}
		own.Value = fresh
		set(item, "replaces", id)
		drop(item, "confirmed") // a lawyer's word is for what they read
		item.HeadComment = ""
		out := &yaml.Node{Kind: yaml.MappingNode}
		for _, word := range []string{"pack", "review_by"} {
			if v := under(top, word); v != nil {
				out.Content = append(out.Content, scalar(word), v)
			}
		}
		out.Content = append(out.Content, scalar("terms"), &yaml.Node{Kind: yaml.SequenceNode, Content: []*yaml.Node{item}})
		var b bytes.Buffer
		e := yaml.NewEncoder(&b)
		e.SetIndent(2)
		if e.Encode(out) != nil {
			return ""
		}
		return strings.TrimLeft(b.String(), "\n")
	}
	return ""
}

// under is the value that stands under a word of a mapping.
func under(n *yaml.Node, word string) *yaml.Node {
	if n.Kind != yaml.MappingNode {
		return nil
	}
	for i := 0; i+1 < len(n.Content); i += 2 {
		if n.Content[i].Value == word {
			return n.Content[i+1]
		}
	}
	return nil
}

// set puts a word first in a mapping, or changes its value.
func set(n *yaml.Node, word, value string) {
	if v := under(n, word); v != nil {
		v.Value = value
		return
	}
	n.Content = append([]*yaml.Node{scalar(word), scalar(value)}, n.Content...)
}

// drop takes a word out of a mapping.
func drop(n *yaml.Node, word string) {
	for i := 0; i+1 < len(n.Content); i += 2 {
		if n.Content[i].Value == word {
			n.Content = append(n.Content[:i:i], n.Content[i+2:]...)
			return
		}
	}
}

// confirming is a change that brings the word of a lawyer for one rule.
func confirming(rule, by string, on clock.Date) (string, error) {
	b, err := yaml.Marshal(map[string]any{"confirm": []map[string]string{{"id": rule, "by": by, "on": on.String()}}})
	return string(b), err
}

func scalar(s string) *yaml.Node { return &yaml.Node{Kind: yaml.ScalarNode, Value: s} }
