package information

// This file holds the texts with which a house begins.

import (
	"embed"
	"encoding/json"
	"fmt"
	"path"
	"strings"
)

//go:embed articles/*.json
var stock embed.FS

// StockText is one text with which a house begins, under its address.
type StockText struct {
	Slug  string `json:"-"`
	Theme string `json:"theme"`
	Content
}

// Stock reads the texts with which a house begins. Their translations were made by a machine, of the Dutch that stands beside
// them.
func Stock() ([]StockText, error) {
	files, err := stock.ReadDir("articles")
	if err != nil {
		return nil, err
	}
	var out []StockText
	for _, f := range files {
		b, err := stock.ReadFile(path.Join("articles", f.Name()))
		if err != nil {
			return nil, err
		}
		s := StockText{Slug: strings.TrimSuffix(f.Name(), ".json")}
		if err := json.Unmarshal(b, &s); err != nil {
			return nil, fmt.Errorf("%s: %w", f.Name(), err)
		}
		mark := s.Words["nl"].Mark()
		for tag, w := range s.Words {
			if tag != "nl" {
				w.Of = mark
				s.Words[tag] = w
			}
		}
		out = append(out, s)
	}
	return out, nil
}

// input is the form that would have written it, so that a text of the house meets the same demands as any other.
func (s StockText) input(team string) Input {
	return Input{Theme: s.Theme, Team: team, Words: s.Words, SourceName: s.Source.Name, SourceURL: s.Source.URL, ReadOn: s.Source.Read.String(), For: s.For}
}

// checked is the content of a text of the house after those demands, as on the day on which its source was read.
func (s StockText) checked(team string) (Content, error) {
	c, fs := s.input(team).Check(Content{Source: s.Source}, []string{team}, "", s.Source.Read)
	return c, fs.Err()
}
