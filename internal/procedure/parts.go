package procedure

// This file is what procedure lends to others.

import "embed"

// Texts are the words of procedure.
//
//go:embed text/*.json
var Texts embed.FS
