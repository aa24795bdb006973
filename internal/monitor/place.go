package monitor

// This file holds the twelve provinces as a map of tiles: about where they lie, for the eye and for the scan.

// Tile is a province: where its tile stands, and the middle of it in kilometres of the Dutch grid.
type Tile struct {
	Place, Short string
	Col, Row     int // from 1
	X, Y         float64
}

// Tiles are the provinces. Places that are none of them, such as an embassy abroad, stand in the list beside the map.
var Tiles = []Tile{
	{"groningen", "GR", 4, 1, 248, 583},
	{"friesland", "FR", 3, 1, 183, 574},
	{"drenthe", "DR", 4, 2, 239, 546},
	{"noordholland", "NH", 2, 2, 118, 511},
	{"flevoland", "FL", 3, 2, 171, 503},
	{"overijssel", "OV", 4, 3, 225, 498},
	{"utrecht", "UT", 3, 3, 141, 455},
	{"gelderland", "GE", 4, 4, 195, 452},
	{"zuidholland", "ZH", 2, 3, 93, 446},
	{"noordbrabant", "NB", 3, 4, 149, 395},
	{"zeeland", "ZE", 2, 4, 46, 391},
	{"limburg", "LI", 4, 5, 192, 344},
}
