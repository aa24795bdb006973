package organisation

// This file holds the towns, names and services from which a demonstration is made. The colleagues do not exist.

import "reisgezel/internal/kernel/clock"

var demoRegions = []struct{ id, name string }{
	{"r-midden", "Midden"}, {"r-noord", "Noord"}, {"r-oost", "Oost"}, {"r-zuid", "Zuid"}, {"r-noordwest", "Noordwest"}, {"r-zuidwest", "Zuidwest"},
}

type demoTown struct {
	slug, name, region string
	postcode, area     int
}

var demoTowns = []demoTown{
	{"utrecht", "Utrecht", "r-midden", 3561, 30}, {"amersfoort", "Amersfoort", "r-midden", 3811, 33},
	{"rotterdam", "Rotterdam", "r-zuidwest", 3011, 10}, {"zwolle", "Zwolle", "r-oost", 8011, 38},
	{"groningen", "Groningen", "r-noord", 9711, 50}, {"eindhoven", "Eindhoven", "r-zuid", 5611, 40},
	{"amsterdam", "Amsterdam", "r-noordwest", 1011, 20}, {"den-haag", "Den Haag", "r-zuidwest", 2511, 70},
	{"arnhem", "Arnhem", "r-oost", 6811, 26}, {"tilburg", "Tilburg", "r-zuid", 5011, 13},
	{"haarlem", "Haarlem", "r-noordwest", 2011, 23}, {"leeuwarden", "Leeuwarden", "r-noord", 8911, 58},
	{"nijmegen", "Nijmegen", "r-oost", 6511, 24}, {"breda", "Breda", "r-zuid", 4811, 76},
	{"almere", "Almere", "r-midden", 1311, 36}, {"leiden", "Leiden", "r-zuidwest", 2311, 71},
	{"alkmaar", "Alkmaar", "r-noordwest", 1811, 72}, {"assen", "Assen", "r-noord", 9401, 592},
	{"enschede", "Enschede", "r-oost", 7511, 53}, {"maastricht", "Maastricht", "r-zuid", 6211, 43},
	{"hilversum", "Hilversum", "r-midden", 1211, 35}, {"dordrecht", "Dordrecht", "r-zuidwest", 3311, 78},
	{"zaandam", "Zaandam", "r-noordwest", 1501, 75}, {"emmen", "Emmen", "r-noord", 7811, 591},
	{"apeldoorn", "Apeldoorn", "r-oost", 7311, 55}, {"den-bosch", "Den Bosch", "r-zuid", 5211, 73},
	{"gouda", "Gouda", "r-zuidwest", 2801, 182}, {"hoorn", "Hoorn", "r-noordwest", 1621, 229},
	{"veenendaal", "Veenendaal", "r-midden", 3901, 318}, {"venlo", "Venlo", "r-zuid", 5911, 77},
}

var demoQuarters = []string{"Centrum", "Noord", "Oost", "Zuid", "West", "Stationsbuurt", "Vogelbuurt", "Schilderswijk"}

var demoStreets = []string{"Kerkstraat", "Stationsweg", "Marktplein", "Lindelaan", "Schoolstraat", "Nieuwstraat", "Parkweg", "Wilhelminastraat", "Molenweg", "Havenkade", "Beatrixlaan"}

var demoFirst = []string{
	"Anouk", "Bilal", "Carla", "Daan", "Esra", "Frits", "Gerda", "Hassan", "Iris", "Joost", "Karin", "Lotte", "Mehmet", "Nadia", "Olaf",
	"Petra", "Rachid", "Sanne", "Thijs", "Ursula", "Vera", "Willem", "Yara", "Zainab", "Bart", "Chantal", "Dirk", "Elif", "Femke", "Gijs",
	"Hanneke", "Ibrahim", "Jeroen", "Kees", "Leyla", "Mariam", "Niels", "Omar", "Paula", "Ruben", "Samira", "Teun", "Wouter", "Yusra", "Zeynep",
	"Aisha", "Berend", "Corrie", "Dewi", "Erik", "Fenna", "Henk", "Ilse",
}

var demoLast = []string{
	"van Dijk", "de Vries", "Jansen", "El Idrissi", "Meijer", "Aydin", "van den Berg", "Hendriks", "Osman", "Kuipers", "Dekker", "Bouzid",
	"Vermeulen", "Postma", "Sahin", "van der Linden", "Schouten", "Amrani", "Willems", "Hoekstra", "Koster", "Yildiz", "Prins", "Blom",
	"Huisman", "Tahiri", "de Graaf", "Kok", "Veenstra", "Demir", "Scholten", "van Leeuwen", "Maas", "Benali", "Timmermans", "Groen",
	"Abdi", "Wolters", "Brouwer", "Peters", "Ramdin",
}

var demoServices = []struct{ id, name, about string }{
	{"v-spreekuur", "Spreekuur", "Binnenlopen zonder afspraak. Brieven lezen, formulieren invullen, de weg wijzen."},
	{"v-asiel", "Hulp bij de asielprocedure", "Uitleg bij elke stap, voorbereiding op het gehoor, controle van het verslag, contact met de advocaat."},
	{"v-nareis", "Gezinshereniging", "Aanvraag en bewijs verzamelen, termijnen bewaken, hulp tot het gezin er is."},
	{"v-vestiging", "Maatschappelijke begeleiding", "De eerste jaren in een gemeente: huis, inkomen, zorg, school en buurt."},
	{"v-taal", "Inburgering en taal", "Het plan met de gemeente, een taalmaatje, oefenen voor de examens."},
	{"v-werk", "Werk en studie", "Diploma's, een opleiding kiezen, een jobcoach, vrijwilligerswerk."},
	{"v-geld", "Geld en toeslagen", "Toeslagen, bijstand, schulden voorkomen, een begroting maken."},
	{"v-zorg", "Gezondheid", "Huisarts, verzekering, rust en steun. Wij behandelen niet, wij brengen je bij wie dat kan."},
	{"v-kind", "Kinderen en school", "Opvang, inschrijven, gesprekken op school, sport en vrije tijd."},
	{"v-terug", "Vragen over terugkeer", "Eerlijke uitleg over wat kan en wat niet. De keuze is altijd van de persoon zelf."},
}

// demoReferences are the first lines of the official tables. bron: BRP-TABELLEN
var demoReferences = map[ReferenceKind][]Reference{
	Nationality: {
		{Code: "0000", Name: "Onbekend"}, {Code: "0001", Name: "Nederlandse"}, {Code: "0034", Name: "Oekraïense", Since: clock.On(1991, 12, 31)},
		{Code: "0058", Name: "Jemenitische", Since: clock.On(1990, 5, 22)}, {Code: "0084", Name: "Eritrese", Since: clock.On(1993, 5, 28)},
		{Code: "0114", Name: "Ethiopische"}, {Code: "0148", Name: "Soedanese"}, {Code: "0149", Name: "Somalische"}, {Code: "0300", Name: "Afghaanse"},
		{Code: "0314", Name: "Iraakse"}, {Code: "0315", Name: "Iraanse"}, {Code: "0336", Name: "Syrische"}, {Code: "0339", Name: "Turkse"},
		{Code: "0499", Name: "Staatloos"},
	},
	Country: {
		{Code: "0000", Name: "Onbekend"}, {Code: "5012", Name: "Iran"}, {Code: "5020", Name: "Ethiopië"}, {Code: "5043", Name: "Irak"},
		{Code: "5048", Name: "Jemen", Since: clock.On(1990, 5, 22)}, {Code: "6013", Name: "Somalië", Since: clock.On(1960, 7, 1)},
		{Code: "6023", Name: "Afghanistan"}, {Code: "6030", Name: "Nederland"}, {Code: "6038", Name: "Oekraïne", Since: clock.On(1991, 12, 31)},
		{Code: "6043", Name: "Turkije"}, {Code: "7009", Name: "Syrië"}, {Code: "7034", Name: "Soedan"}, {Code: "9003", Name: "Eritrea"},
	},
	Municipality: {
		{Code: "0014", Name: "Groningen"}, {Code: "0193", Name: "Zwolle"}, {Code: "0202", Name: "Arnhem"}, {Code: "0268", Name: "Nijmegen"},
		{Code: "0307", Name: "Amersfoort"}, {Code: "0344", Name: "Utrecht"}, {Code: "0363", Name: "Amsterdam"}, {Code: "0392", Name: "Haarlem"},
		{Code: "0518", Name: "'s-Gravenhage"}, {Code: "0599", Name: "Rotterdam"}, {Code: "0772", Name: "Eindhoven"}, {Code: "0855", Name: "Tilburg"},
	},
}
