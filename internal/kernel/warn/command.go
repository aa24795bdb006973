package warn

// This file is the command `reisgezel warn FILE.csv`.

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"strconv"
	"strings"
)

// ErrUsage says that the command was not understood.
var ErrUsage = errors.New("usage")

// Command judges a table. Bad rows and parameters are an error; the good rows are judged all the same.
func Command(args []string, out, errs io.Writer) error {
	p := Defaults()
	for _, a := range args {
		if a == "--improved" || a == "-improved" {
			p = Improved() // whatever else is said goes on top of it
		}
	}
	fs := flag.NewFlagSet("warn", flag.ContinueOnError)
	fs.SetOutput(errs)
	fs.Bool("improved", false, "begin from the settings of Noufaily and others (2013) instead of those of the reference implementation")
	fs.IntVar(&p.B, "b", p.B, "years back")
	fs.IntVar(&p.W, "w", p.W, "weeks on either side of the same week in earlier years")
	fs.IntVar(&p.NoPeriods, "noPeriods", p.NoPeriods, "season groups")
	fs.IntVar(&p.PastWeeksNotIncluded, "pastWeeksNotIncluded", p.PastWeeksNotIncluded, "latest weeks that do not count; -1 is w")
	fs.Float64Var(&p.WeightsThreshold, "weightsThreshold", p.WeightsThreshold, "residual above which a past week weighs less")
	fs.BoolVar(&p.Reweight, "reweight", p.Reweight, "let past outbreaks weigh less")
	fs.Float64Var(&p.Alpha, "alpha", p.Alpha, "how often a week without an outbreak may lie above the bound")
	fs.BoolVar(&p.Trend, "trend", p.Trend, "look for a trend")
	fs.Float64Var(&p.PThresholdTrend, "pThresholdTrend", p.PThresholdTrend, "how unlikely a trend must be by chance; 1 always uses it")
	fs.StringVar(&p.PowerTrans, "powertrans", p.PowerTrans, "2/3, 1/2 or none, for the delta threshold")
	fs.BoolVar(&p.PopulationOffset, "populationOffset", p.PopulationOffset, "counts are in proportion to the exposure")
	fs.StringVar((*string)(&p.ThresholdMethod), "thresholdMethod", string(p.ThresholdMethod), "delta, nbPlugin or muan")
	fs.IntVar(&p.Freq, "freq", p.Freq, "weeks in a year, where weeks are running numbers")
	fs.Func("limit54", fmt.Sprintf("no judgement with fewer than so many counts in the latest so many weeks (default %d,%d)", p.Limit[0], p.Limit[1]), func(s string) error {
		cases, period, _ := strings.Cut(s, ",")
		var e1, e2 error
		p.Limit[0], e1 = strconv.Atoi(strings.TrimSpace(cases))
		p.Limit[1], e2 = strconv.Atoi(strings.TrimSpace(period))
		if e1 != nil || e2 != nil {
			return fmt.Errorf("write it as 5,4")
		}
		return nil
	})
	var files []string
	for rest := args; ; { // flags may stand before and after the file
		if err := fs.Parse(rest); err != nil {
			return err
		}
		if fs.NArg() == 0 {
			break
		}
		files, rest = append(files, fs.Arg(0)), fs.Args()[1:]
	}
	if len(files) != 1 {
		return ErrUsage
	}
	if err := p.Check(); err != nil {
		return err
	}
	f, err := os.Open(files[0])
	if err != nil {
		return err
	}
	defer f.Close()
	series, bad := ReadTable(f)
	if faults := (RowErrors{}); bad != nil && !errors.As(bad, &faults) {
		return bad
	}
	if err := WriteTable(out, series, JudgeTable(series, p)); err != nil {
		return err
	}
	return bad
}
