package translation

// This file is what translation lends: its words and its migrations.

import (
	"embed"
)

// Texts are the words of this capability.
//
//go:embed text/*.json
var Texts embed.FS

// Schema is the migration line.
//
//go:embed schema/*.sql
var Schema embed.FS
