package names

// This file compares two rows of sounds.

import (
	_ "embed"
	"math"
	"strconv"
	"strings"
)

//go:embed costs.txt
var costsText string

// costs says what it takes to change one row of sounds into another. 1 is a change that pairs of spellings show no
// oftener than chance; 0 is none. Each table is symmetric.
type costs struct {
	change [sounds * sounds]hundredths
	drop   [sounds]hundredths // what it takes to leave a sound out
	masses [sounds]hundredths // how much of a row a sound is
}

// hundredths are what costs are counted in: whole numbers add up the same in every order, and fast.
type hundredths int32

// The tables, by how the two parts were written.
const (
	sameWriting  = iota // both with vowels, or both without
	abjadOther          // Arabic against a writing with vowels
	ethiopicFull        // Ethiopic against Latin
	tablesOfCosts
)

var tableNames = [tablesOfCosts]string{"same", "abjad", "ethiopic"}

var learnt = readCosts(costsText)

// table chooses the costs for two kinds of writing.
func table(a, b Writing) *costs {
	switch {
	case a == b:
		return &learnt[sameWriting]
	case a == Abjad || b == Abjad:
		return &learnt[abjadOther]
	}
	return &learnt[ethiopicFull]
}

// plainCosts are the costs before anything is learnt.
func plainCosts() (c costs) {
	for a := range sounds {
		c.drop[a] = 100
		for b := range sounds {
			if a != b {
				c.change[a*sounds+b] = 100
			}
		}
	}
	return c
}

// readCosts reads lines "table sound sound cost"; "-" as second sound is leaving the first one out.
func readCosts(text string) (t [tablesOfCosts]costs) {
	for i := range t {
		t[i] = plainCosts()
		t[i].measureOut(i)
	}
	for line := range strings.Lines(text) {
		f := strings.Fields(line)
		if len(f) != 4 || f[0][0] == '#' {
			continue
		}
		for i, name := range tableNames {
			if name != f[0] {
				continue
			}
			v, err := strconv.ParseFloat(f[3], 32)
			if err != nil {
				panic("names: costs.txt holds a line that is no cost: " + line)
			}
			a, b, cost := soundOf[f[1][0]], soundOf[f[2][0]], hundredths(math.Round(100*v))
			if f[2] == "-" {
				t[i].drop[a] = cost
				continue
			}
			t[i].change[int(a)*sounds+int(b)], t[i].change[int(b)*sounds+int(a)] = cost, cost
		}
	}
	return t
}

// measureOut says how much each sound is. Where one of the two does not write them, vowels are next to nothing.
func (c *costs) measureOut(table int) {
	for i := range sounds {
		c.masses[i] = 100
	}
	for _, x := range []byte("aeiouAEHUWYhwyQ") {
		c.masses[soundOf[x]] = 50
	}
	c.masses[soundOf['I']] = 5
	if table == abjadOther {
		for _, x := range []byte("aeiouAE") {
			c.masses[soundOf[x]] = 20
		}
	}
}

// swap is what it takes to change the places of two neighbours: fingers do that.
const swap = 50

// distance is what it takes to change a into b at the least. Where that is more than most, it answers something that
// is more than most, and sooner.
func (c *costs) distance(a, b []byte, most hundredths) hundredths {
	var rows [3][2*maxSounds + 1]hundredths
	if len(b) > 2*maxSounds {
		b = b[:2*maxSounds]
	}
	before, last, row := &rows[0], &rows[1], &rows[2]
	for j, y := range b {
		last[j+1] = last[j] + c.drop[y&(sounds-1)]
	}
	least, xBefore := hundredths(0), byte(sounds)
	for _, x := range a {
		dx := c.drop[x&(sounds-1)]
		change := (*[sounds]hundredths)(c.change[int(x&(sounds-1))*sounds:])
		corner := last[0]
		left := corner + dx
		row[0] = left
		leastBefore := least
		least = left
		yBefore := byte(sounds)
		for j, y := range b {
			up := last[j+1]
			left = min(corner+change[y&(sounds-1)], up+dx, left+c.drop[y&(sounds-1)])
			if x == yBefore && y == xBefore {
				left = min(left, before[j-1]+swap)
			}
			row[j+1] = left
			least = min(least, left)
			corner, yBefore = up, y
		}
		if least > most && leastBefore+swap > most {
			return least
		}
		xBefore = x
		before, last, row = last, row, before
	}
	return last[len(b)]
}

// mass is how much of a row one sound is: vowels and weak consonants are less than half of it.
func (c *costs) mass(s []byte) hundredths {
	var w hundredths
	for _, x := range s {
		w += c.masses[x&(sounds-1)]
	}
	return w
}

// alike compares two rows of sounds: 1 is the same, 0 is nothing in common.
func (c *costs) alike(a, b []byte) float32 { return c.alikeFrom(a, b, 0) }

// alikeFrom is alike for who only cares whether it is floor or more; it answers 0 for what is less.
func (c *costs) alikeFrom(a, b []byte, floor float32) float32 {
	w := c.mass(a) + c.mass(b)
	if w == 0 {
		return 0
	}
	half := float32(w) / 2
	s := 1 - float32(c.distance(a, b, hundredths((1-floor)*half)+1))/half
	if s < floor {
		return 0
	}
	return s
}

// How much two parts can be alike at the most when they are not spelt alike.
const (
	sameSound = 0.985 // Tesfay and Tesfaay
	sameForm  = 0.93  // Mykola and Nikolai
)

// likeness compares two parts: 1 is the same spelling. It does not matter which comes first.
func likeness(a, b *part) float32 {
	if a.text == b.text {
		return 1
	}
	return unlike(a, b, 0)
}

// unlike compares two parts that are not spelt alike. It answers 0 for what is less than floor.
func unlike(a, b *part, floor float32) float32 {
	c := table(a.writing, b.writing)
	s := min(sameSound, c.alikeFrom(a.sounds, b.sounds, floor))
	if s < 0.9 && a.article != b.article { // al-Zindani, Alzindani
		x, y := a, b
		if b.article {
			x, y = b, a
		}
		var long [maxSounds + 2]byte
		n := copy(long[:], articleSounds)
		n += copy(long[n:], x.sounds)
		s = max(s, min(sameSound, c.alikeFrom(long[:n], y.sounds, floor))-0.01)
	}
	if s < 0.9 {
		s = max(s, c.belarusian(a.sounds, b.sounds), c.belarusian(b.sounds, a.sounds))
	}
	if a.form != 0 && a.form == b.form {
		s = max(s, sameForm)
	}
	if s < floor {
		return 0
	}
	return s
}

// belarusian compares a family name that ends in -ou with one that ends in -ov: Hancharou is Goncharov.
func (c *costs) belarusian(a, b []byte) float32 {
	n, m := len(a), len(b)
	if n < 5 || m < 5 || n >= maxSounds || a[n-1] != soundOf['u'] || class[b[m-1]] != class[soundOf['v']] {
		return 0
	}
	var long [maxSounds]byte
	copy(long[:], a)
	long[n-1], long[n] = soundOf['o'], soundOf['v']
	return min(sameSound, c.alike(long[:n+1], b)) - 0.01
}

var articleSounds = []byte{soundOf['a'], soundOf['l']}
