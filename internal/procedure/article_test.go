package procedure

import (
	"fmt"
	"strings"
	"testing"
)

func TestArticlesAreReadAsPeopleWriteThem(t *testing.T) {
	show := func(cs []Cite) string {
		var out []string
		for _, c := range cs {
			out = append(out, strings.Trim(fmt.Sprintf("%s %s/%s", c.Law, c.Article, c.Para), " /"))
		}
		return strings.Join(out, ", ")
	}
	for typed, want := range map[string]string{
		"3:109":                 "3:109",
		"3.109":                 "3:109",
		"Vb 3.109":              "Vb 2000 3:109",
		"Vw 29":                 "Vw 2000 29",
		"vw2000 art 29":         "Vw 2000 29",
		"artikel 69 Vw":         "Vw 2000 69",
		"art. 69 lid 2 Vw 2000": "Vw 2000 69/2",
		"Awb 6:7":               "Awb 6:7",
		"AWB 6:7 LID 1":         "Awb 6:7/1",
		"AMMR 16":               "2024/1351 16",
		"Verordening (EU) 2024/1351 art. 46 lid 1, 75": "2024/1351 46/1, 2024/1351 75",
		"2024/1348":                "2024/1348",
		"Awb":                      "Awb",
		"Dublin III artikel 29(2)": "604/2013 29/2",
		"Vw 2000 art. 2u lid 1; wetsvoorstel 36349":                                       "Vw 2000 2u/1",
		"Vw 2000 art. 69 lid 1 en 85":                                                     "Vw 2000 69/1, Vw 2000 85",
		"Vw 2000 art. 69 lid 1; Awb art. 6:8 lid 1, 6:9":                                  "Vw 2000 69/1, Awb 6:8/1, Awb 6:9",
		"Vw 2000 art. 42 lid 1, 4 en 5, 43":                                               "Vw 2000 42/1, Vw 2000 42/4, Vw 2000 42/5, Vw 2000 43",
		"Awb art. 4:13 tot en met 4:15":                                                   "Awb 4:13, Awb 4:15, Awb 4:14",
		"Vw 2000 art. 45a tot en met 45d":                                                 "Vw 2000 45a, Vw 2000 45d, Vw 2000 45b, Vw 2000 45c",
		"Verordening (EU) 2024/1348 art. 35 lid 4 tot en met 7":                           "2024/1348 35/4, 2024/1348 35/7, 2024/1348 35/5, 2024/1348 35/6",
		"Vw 2000 art. 29, zoals die gold voor de Wet invoering tweestatusstelsel (36703)": "Vw 2000 29",
		"Vb 2000 art. 3.114 lid 3 (tekst 2015)":                                           "Vb 2000 3:114/3",
		"Rva 2005":                                                                        "Rva 2005",
		"69":                                                                              "",
		"06 12345678":                                                                     "",
		"281.994.0173":                                                                    "",
		"Selam Tesfay":                                                                    "",
		"art":                                                                             "",
		"":                                                                                "",
	} {
		if got := show(Cites(typed)); got != want {
			t.Errorf("%q: %q, want %q", typed, got, want)
		}
	}
	for typed, want := range map[string]string{"ecli:nl:rvs:2023:4451": "ECLI:NL:RVS:2023:4451", "zie ECLI:EU:C:2022:633.": "ECLI:EU:C:2022:633", "ECLI:NL": "", "x": ""} {
		if got := ECLI(typed); got != want {
			t.Errorf("%q: %q", typed, got)
		}
	}
}

// Every article that the rules rest on is found by itself, whatever else changes in the rule files.
func TestEveryRuleIsFoundByItsArticle(t *testing.T) {
	b, err := Book()
	if err != nil {
		t.Fatal(err)
	}
	read, all := 0, 0
	for i := range b.Packs {
		for _, r := range b.Packs[i].Terms {
			all++
			cs := Cites(r.Article)
			if len(cs) == 0 {
				if strings.Contains(r.Article, "art.") {
					t.Errorf("%s: %q names an article that is not read", r.ID, r.Article)
				}
				continue
			}
			read++
			for _, c := range cs {
				q := c.Law + " art. " + c.Article
				if c.Article == "" {
					q = c.Law
				}
				back := Cites(q)
				if len(back) != 1 || !c.Answers(back[0]) {
					t.Errorf("%s: %q is not found by %q: %v", r.ID, r.Article, q, back)
				}
			}
		}
	}
	if read*10 < all*8 {
		t.Errorf("of %d rules only %d are found by an article", all, read)
	}
}

func FuzzCites(f *testing.F) {
	for _, s := range []string{"Vw 2000 art. 69 lid 1; Awb art. 6:8 lid 1, 6:9", "art 3:109 t/m", "Awb 4:13 tot en met 4:15", "(((", "45a tot en met 45zz", "1 tot 999 lid 1 tot 9"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		cs := Cites(s)
		if len(cs) > 20000 {
			t.Fatalf("%d articles in %d bytes", len(cs), len(s))
		}
		for _, c := range cs {
			if c.Law == "" && c.Article == "" {
				t.Fatalf("%q: an article of nothing", s)
			}
			if c.Para != "" && !isPara(c.Para) {
				t.Fatalf("%q: paragraph %q", s, c.Para)
			}
			if !c.Answers(c) {
				t.Fatalf("%q: %v does not answer itself", s, c)
			}
		}
		if e := ECLI(s); e != "" && ECLI(e) != e {
			t.Fatalf("%q: %q", s, e)
		}
	})
}
