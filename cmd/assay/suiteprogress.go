package main

import (
	"fmt"
	"os"

	"github.com/mattn/go-isatty"
	"github.com/schollz/progressbar/v3"

	"assay/suite"
)

// suiteBar shows how many cases are done on a terminal, and nothing elsewhere.
type suiteBar struct {
	bar    *progressbar.ProgressBar
	failed int
}

func (a *app) suiteProgress(cases int) *suiteBar {
	b := &suiteBar{}
	if f, ok := a.errOut.(*os.File); ok && isatty.IsTerminal(f.Fd()) {
		b.bar = progressbar.NewOptions(cases, progressbar.OptionSetWriter(a.errOut), progressbar.OptionShowCount(), progressbar.OptionClearOnFinish(),
			progressbar.OptionSetElapsedTime(true), progressbar.OptionSetPredictTime(true), progressbar.OptionFullWidth())
	}
	return b
}

func (b *suiteBar) step(o suite.Outcome) {
	if o.Status == suite.Fail {
		b.failed++
	}
	if b.bar != nil {
		b.bar.Describe(fmt.Sprintf("%d failed", b.failed))
		b.bar.Add(1)
	}
}

func (b *suiteBar) end() {
	if b.bar != nil {
		b.bar.Finish()
		b.bar = nil
	}
}
