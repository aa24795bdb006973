// Package spread gives rows as a file that a spreadsheet opens without running anything that stands in them.
package spread
