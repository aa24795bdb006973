package lang

// This file knows how sure we are of each translation: text/states.json beside the texts of a capability.
//
// A translation is outdated when the Dutch text changed and the translation did not. For each text states.json keeps a
// fingerprint of the Dutch text it was made from and one of the translation itself. Writing the file anew therefore
// never makes an outdated text look good: its fingerprint moves on only when the translation was changed too.

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"strings"
)

// State is how sure we are of a translation.
type State string

// The states of a text. A Dutch or English text is written by people and counts as Checked.
const (
	Checked  State = "checked"
	Machine  State = "machine"
	Outdated State = "outdated"
)

// states is what text/states.json says, per language.
type states map[string]tagStates

type tagStates struct {
	State  State             `json:"state"`            // of every text that Except does not name
	Except map[string]State  `json:"except,omitempty"` // such as the texts a person checked
	Of     map[string]string `json:"of"`               // key → fingerprint of the Dutch text "." fingerprint of the translation
}

// of tells how sure we are of a text, whose Dutch text has this stamp today.
func (st states) of(tag, key string, dutch stamp) State {
	if tag == "nl" {
		return Checked
	}
	s, ok := st[tag]
	if !ok {
		if tag == "en" {
			return Checked
		}
		return Machine // nobody said anybody checked it
	}
	if from, _, _ := strings.Cut(s.Of[key], "."); from != "" && readStamp(from) != dutch {
		return Outdated
	}
	if x, ok := s.Except[key]; ok {
		return x
	}
	return s.State
}

// fingerprint is of the text and not of the spaces around it in the file.
func fingerprint(r json.RawMessage) string {
	var b bytes.Buffer
	if err := json.Compact(&b, r); err != nil {
		b.Reset()
		b.Write(r)
	}
	h := sha256.Sum256(b.Bytes())
	return hex.EncodeToString(h[:4])
}

func texts(p Part, name string) (map[string]json.RawMessage, error) {
	b, err := fs.ReadFile(p.FS, name)
	if err != nil {
		return nil, err
	}
	// Read key by key: the usual reading takes the last of two equal keys and says nothing.
	d := json.NewDecoder(bytes.NewReader(b))
	if t, err := d.Token(); err != nil || t != json.Delim('{') {
		return nil, fmt.Errorf("%s: is not an object of texts: %v", name, err)
	}
	raw := map[string]json.RawMessage{}
	for d.More() {
		t, err := d.Token()
		if err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
		key, _ := t.(string)
		if _, twice := raw[key]; twice {
			return nil, fmt.Errorf("%s: the key %s stands twice", name, key)
		}
		var r json.RawMessage
		if err := d.Decode(&r); err != nil {
			return nil, fmt.Errorf("%s: %s: %w", name, key, err)
		}
		raw[key] = r
	}
	if _, err := d.Token(); err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	return raw, nil
}

func readStates(p Part) (states, error) {
	b, err := fs.ReadFile(p.FS, "text/states.json")
	if errors.Is(err, fs.ErrNotExist) {
		return states{}, nil
	}
	if err != nil {
		return nil, err
	}
	st := states{}
	if err := json.Unmarshal(b, &st); err != nil {
		return nil, fmt.Errorf("states.json: %w", err)
	}
	for tag, s := range st {
		for key, x := range s.Except {
			if x != Checked && x != Machine {
				return nil, fmt.Errorf("states.json: %s %s: %q is no state", tag, key, x)
			}
		}
	}
	return st, nil
}

// Fingerprints is text/states.json of a part as it must be now. A translation that is new, or that was changed, is taken
// to be of the Dutch text of today and gets the state of fresh; one that was left as it was stays of the Dutch text it
// was made from, and keeps its state.
func Fingerprints(p Part, fresh State) ([]byte, error) {
	source, err := texts(p, "text/nl.json")
	if err != nil {
		return nil, err
	}
	before, err := readStates(p)
	if err != nil {
		return nil, err
	}
	files, err := fs.Glob(p.FS, "text/*.json")
	if err != nil {
		return nil, err
	}
	out := states{}
	for _, f := range files {
		tag := strings.TrimSuffix(path.Base(f), ".json")
		if tag == "states" || tag == "nl" || tag == "en" {
			continue
		}
		raw, err := texts(p, f)
		if err != nil {
			return nil, err
		}
		was, known := before[tag]
		now := tagStates{State: fresh, Of: map[string]string{}}
		if known {
			now.State = was.State
		}
		for k, r := range raw {
			from, mine := fingerprint(source[k]), fingerprint(r)
			of, as, _ := strings.Cut(was.Of[k], ".")
			state := now.State
			if x, ok := was.Except[k]; ok {
				state = x
			}
			if as == mine {
				from = of
			} else if known {
				state = fresh
			}
			now.Of[k] = from + "." + mine
			if state != now.State {
				if now.Except == nil {
					now.Except = map[string]State{}
				}
				now.Except[k] = state
			}
		}
		out[tag] = now
	}
	return json.MarshalIndent(out, "", "\t")
}

// StateOf tells how sure we are of a text in the language of this context.
func StateOf(ctx context.Context, key string) State {
	s := of(ctx)
	if e, ok := s.text.get(key); ok {
		return e.state
	}
	return Outdated
}

// Unsure says whether a text that no person checked, or that is older than its source, was asked for in this context
// until now. A page asks it last, to say so at its foot.
func Unsure(ctx context.Context) bool { return of(ctx).unsure.Load() }
