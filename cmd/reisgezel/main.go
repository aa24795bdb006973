// Command reisgezel runs the house: a demonstration, the real thing, or one of its tools.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"syscall"

	"reisgezel/internal/app"
	"reisgezel/internal/kernel/deident"
)

const usage = `reisgezel, the software of an organisation that travels with refugees

  reisgezel demo    [--listen ADDRESS] [--data FOLDER] [--people N]   the whole, with invented people
  reisgezel setup   [settings] --name NAME --email ADDRESS            make the first administrator
  reisgezel serve   [settings]                                        the real thing
  reisgezel terms   FILE.csv                                          compute legal terms from a table
  reisgezel rules check FOLDER                                        prove a folder of rules: sources, texts, examples
  reisgezel names eval --index INDEX.tsv --queries PAIRS.tsv [--json] [--baselines] [--postgres DSN]
                                                                      measure how well names are found
  reisgezel names compare NAME NAME                                   two names: one person, and why
  reisgezel names enlarge --index INDEX.tsv --to N                    make a larger table, always the same one
  reisgezel warn FILE.csv [--improved] [--b 5] [--w 3] [--alpha 0.05] …
                                                                      which weeks hold more than was to be expected
  reisgezel deidentify [--known FILE] < text                          mask whatever could lead to a person; 3 when somebody must look
  reisgezel log verify [settings]                                     prove that the access log is whole
  reisgezel person  export ID [settings]                              everything that is kept of one person, as JSON
  reisgezel person  erase ID --sure [settings]                        forget one person, for good
  reisgezel settings                                                  every setting with its meaning

Without --data a demonstration leaves nothing behind.
`

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	err := app.Run(ctx, os.Args[1:], os.Stdin, os.Stdout, os.Stderr, os.Getenv)
	stop()
	switch {
	case err == nil:
	case errors.Is(err, flag.ErrHelp), errors.Is(err, app.ErrUsage):
		fmt.Fprint(os.Stderr, usage)
		os.Exit(2)
	case errors.Is(err, deident.ErrLook):
		os.Exit(3)
	default:
		fmt.Fprintln(os.Stderr, "reisgezel: "+err.Error())
		os.Exit(1)
	}
}
