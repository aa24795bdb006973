package knelpunt

// This file fills a demonstration with what the whole country signalled in two years and more: many signals that are much alike, with a
// season and some rises. What the monitor shows of them is counted from them, as in earnest; so they are all there to be read.

import (
	"context"
	"math"
	"math/rand/v2"
	"strconv"
	"time"

	"reisgezel/internal/kernel/access"
	"reisgezel/internal/kernel/clock"
	"reisgezel/internal/kernel/db"
)

const (
	demoWeeks   = 118 // how many weeks there are signals of
	demoRaisers = 150 // how many colleagues in the country signal
	demoPast    = 40  // how many weeks ago the letters about family changed by a new rule
)

// demoFlow is a stream of signals that are much alike: so many a week, more or less. Places and groups stand in it as often as they come;
// the words are one of the first and one of the others.
type demoFlow struct {
	theme, institution, phase string
	mean                      float64
	places, groups            []string
	first, then               []string
}

var demoFlows = []demoFlow{
	{"reception", "coa", "arrival", 9, []string{"groningen", "groningen", "groningen", "noordbrabant", "gelderland", "utrecht", "noordholland"}, []string{"sy", "sy", "er", "tr", "several", "ye"},
		[]string{"Bij aankomst was er geen bed vrij.", "Mensen wachtten tot in de nacht op een plek.", "Een gezin sliep op stoelen in de wachtruimte.", "New arrivals slept in a hall without beds."},
		[]string{"Niemand kon zeggen hoe lang dat duurt.", "Er was geen warm eten.", "De volgende dag gingen zij met de bus naar een andere plek."}},
	{"reception", "coa", "asylum", 8, []string{"overijssel", "drenthe", "utrecht", "zuidholland", "limburg", "friesland", "gelderland"}, []string{"sy", "er", "tr", "several", "so", "iq"},
		[]string{"Weer verhuisd naar een andere noodopvang.", "In de noodopvang slapen acht mensen op één zaal.", "Er is in de opvang geen plek om rustig te praten.", "De kinderen gaan voor de derde keer naar een andere school."},
		[]string{"Uitleg kwam er niet.", "Een behandeling moest daardoor opnieuw beginnen.", "De locatie zegt dat er geen andere plek is."}},
	{"housing", "municipality", "status", 10, []string{"utrecht", "noordholland", "zuidholland", "noordbrabant", "gelderland", "flevoland", "overijssel"}, []string{"sy", "sy", "er", "ye", "ir"},
		[]string{"Al meer dan een jaar gekoppeld aan een gemeente en nog geen huis.", "De gemeente bood een kamer aan voor een gezin.", "Wie een huis weigert, verliest ook de opvang.", "De gekoppelde gemeente ligt ver van werk en school."},
		[]string{"Een datum is er niet.", "De gemeente zegt dat er geen woningen zijn.", "Bezwaar maken durven mensen niet."}},
	{"family", "ind", "family", 8, []string{"unknown", "online", "unknown", "abroad"}, []string{"sy", "sy", "er", "ye", "so"},
		[]string{"Op een aanvraag voor nareis komt al maanden geen beslissing.", "De termijn van nareis is weer verlengd met een standaardbrief.", "De IND vraagt papieren die in het land niet te krijgen zijn."},
		[]string{"Bellen levert steeds hetzelfde antwoord op.", "Een kind is bijna achttien.", "Niemand kan zeggen wie de zaak heeft."}},
	{"family", "abroad", "family", 4, []string{"abroad"}, []string{"sy", "ye", "er", "sd"},
		[]string{"De ambassade geeft pas over maanden een afspraak.", "Voor de afspraak moet een gezin een gesloten grens over.", "De afspraak bij de ambassade is verzet."},
		[]string{"De beslissing is al positief.", "Uitstel werd niet gegeven.", "Het visum verloopt intussen."}},
	{"interview", "ind", "asylum", 11, []string{"gelderland", "noordbrabant", "overijssel", "groningen"}, []string{"er", "er", "so", "ir", "tr"},
		[]string{"De tolk sprak een andere taal dan gevraagd.", "De tolk vatte samen in plaats van te vertalen.", "Het gehoor duurde uren zonder pauze.", "The interpreter spoke another dialect."},
		[]string{"Het gehoor ging toch door.", "Het verslag klopt daardoor niet.", "Dat werd niet opgeschreven."}},
	{"waiting", "ind", "asylum", 9, []string{"unknown", "online"}, []string{"sy", "tr", "ye", "iq", "several"},
		[]string{"Na meer dan een jaar nog geen gehoor.", "De datum van het gehoor is weer verzet.", "Op een brief aan de IND komt geen antwoord."},
		[]string{"Mensen durven geen werk te zoeken.", "Het wachten maakt mensen ziek.", "Een reden staat er niet bij."}},
	{"health", "care", "asylum", 5, []string{"utrecht", "gelderland", "zuidholland", "limburg", "groningen"}, []string{"ir", "er", "sy", "af"},
		[]string{"De praktijk belt geen tolk.", "Wachten op hulp bij trauma duurt meer dan een half jaar.", "Een verwijzing ging verloren bij een verhuizing."},
		[]string{"Een kind vertaalde bij de arts.", "De klachten worden erger.", "Bij een andere praktijk kan het niet."}},
	{"integration", "duo", "settling", 4, []string{"online", "utrecht", "zuidholland", "noordbrabant"}, []string{"er", "sy", "tr"},
		[]string{"De brief over de boete is in moeilijk Nederlands.", "Uitstel vragen kan alleen online.", "De termijn loopt terwijl de cursus vol zit."},
		[]string{"De code om in te loggen kwam niet aan.", "Bellen lukt niet.", "De boete komt toch."}},
	{"integration", "municipality", "settling", 4, []string{"utrecht", "noordholland", "limburg", "zeeland"}, []string{"er", "sy", "ir"},
		[]string{"Het plan voor de inburgering komt pas na een jaar.", "Er is geen cursus op niveau in de buurt.", "Kinderopvang tijdens de cursus is er niet."},
		[]string{"De termijn loopt dan al.", "De gemeente verwijst door.", "Reiskosten worden niet betaald."}},
	{"school", "school", "arrival", 3, []string{"utrecht", "friesland", "zuidholland"}, []string{"ua", "sy", "ua"},
		[]string{"Kinderen uit de noodopvang wachten maanden op een plek op school.", "De taalklas zit vol."},
		[]string{"Een datum is er niet.", "Vervoer naar een andere school is er niet."}},
	{"papers", "municipality", "status", 3, []string{"noordholland", "utrecht", "zuidholland"}, []string{"sy", "er", "af"},
		[]string{"Inschrijven bij de gemeente lukt niet zonder vertaalde papieren.", "De geboortedatum staat verkeerd in het systeem."},
		[]string{"Verbeteren kan alleen bij de rechter.", "Daardoor is er geen rekening en geen werk."}},
	{"lawyer", "lawyers", "appeal", 2, []string{"limburg", "drenthe", "zeeland"}, []string{"so", "iq", "northafrica"},
		[]string{"Er was geen advocaat te vinden voor het beroep.", "De advocaat zag de zaak pas een dag voor de zitting."},
		[]string{"De termijn was bijna om.", "Een tolk was er niet bij."}},
	{"detention", "dtv", "detention", 1, []string{"noordholland", "zuidholland"}, []string{"northafrica", "westafrica"},
		[]string{"In bewaring gezet na een afspraak.", "In de bewaring was geen arts te spreken."},
		[]string{"De advocaat hoorde het een dag later.", "Niemand legde uit waarom."}},
	{"work", "employer", "settling", 2, []string{"noordbrabant", "gelderland", "flevoland"}, []string{"sy", "er", "tr"},
		[]string{"De werkgever wilde geen contract geven met dit pasje.", "Het loon kwam te laat en was te weinig."},
		[]string{"Klagen durven mensen niet.", "Het is hetzelfde uitzendbureau als eerder."}},
	{"digital", "bank", "settling", 2, []string{"online"}, []string{"er", "sy"},
		[]string{"Een rekening openen lukt niet met het nieuwe pasje.", "De app van de bank kent het document niet."},
		[]string{"Een loket is er niet.", "Zonder rekening is er geen toeslag."}},
}

// demoRises are more than usual for some weeks, of a stream by its theme and institution: from so many weeks ago, for so many, so many a
// week. What the desk said of the earlier ones stands with the monitor.
var demoRises = []struct {
	ago, weeks, n      int
	theme, institution string
	places, groups     []string
}{
	{5, 5, 16, "interview", "ind", []string{"gelderland", "noordbrabant", "overijssel", "gelderland"}, []string{"er", "er", "er", "et"}},
	{19, 2, 14, "reception", "coa", []string{"groningen"}, []string{"sy", "several", "tr"}},
	{31, 2, 12, "integration", "duo", []string{"online"}, []string{"sy", "er", "tr"}},
	{43, 1, 13, "housing", "municipality", []string{"zuidholland"}, []string{"sy", "er"}},
}

// demoStream writes the signals of all weeks before this one.
func (k *Knelpunten) demoStream(ctx context.Context, tx *db.Tx, now time.Time) error {
	r := rand.New(rand.NewPCG(20, 25))
	pick := func(of []string) string { return of[r.IntN(len(of))] }
	raisers := make([][]byte, demoRaisers)
	for i := range raisers {
		raisers[i] = k.raiser(access.Actor{ID: "demo-" + strconv.Itoa(i)})
	}
	last := WeekOf(clock.Today(now)).AddDays(-7)
	for ago := demoWeeks; ago >= 1; ago-- {
		week := last.AddDays(-7 * (ago - 1))
		season := 1 + 0.15*math.Sin(2*math.Pi*float64(week.UTC().YearDay())/365)
		give := func(f demoFlow, n int, places, groups []string) error {
			for range n {
				s := Signal{Facts: Facts{Theme: f.theme, Institution: f.institution, Place: pick(places), Phase: f.phase, Nation: pick(groups), Month: clock.On(week.Year, week.Month, 1), Weight: pick([]string{"small", "serious", "serious", "grave"}), Seen: pick([]string{"once", "few", "few", "often"})},
					Raiser: raisers[r.IntN(demoRaisers)], Source: FromWork, Week: week, Words: pick(f.first) + " " + pick(f.then)}
				if _, err := k.putSignal(ctx, tx, s); err != nil {
					return err
				}
			}
			return nil
		}
		for _, f := range demoFlows {
			mean := f.mean * season
			if f.theme == "family" && f.institution == "ind" && ago > demoPast {
				mean *= 1.7 // before the letters changed
			}
			if err := give(f, poisson(r, mean), f.places, f.groups); err != nil {
				return err
			}
		}
		for _, x := range demoRises {
			if ago > x.ago || ago <= x.ago-x.weeks {
				continue
			}
			for _, f := range demoFlows {
				if f.theme == x.theme && f.institution == x.institution {
					if err := give(f, x.n, x.places, x.groups); err != nil {
						return err
					}
					break
				}
			}
		}
	}
	return nil
}

// poisson draws a number by chance, as Knuth wrote it.
func poisson(r *rand.Rand, mean float64) int {
	n, p, stop := 0, 1.0, math.Exp(-mean)
	for {
		if p *= r.Float64(); p <= stop {
			return n
		}
		n++
	}
}
