// Package app puts the house together: it is the only place that knows every capability, and it holds no rule of its
// own. modules.go is the table of contents; reading it is reading the system.
package app
