package verify_test

import (
	"context"
	"errors"
	"fmt"
	"os"
	"time"

	"github.com/travelseal/travelseal/formats"
	"github.com/travelseal/travelseal/formats/hcert"
	"github.com/travelseal/travelseal/formats/mrz"
	"github.com/travelseal/travelseal/heuristics"
	"github.com/travelseal/travelseal/trustlist"
	"github.com/travelseal/travelseal/verify"
)

// Open one certificate: it succeeds only where a trusted issuer sealed it and nothing speaks against it.
func Example() {
	text, _ := os.ReadFile("../testdata/eu-dcc/vaccination.txt")
	trust, _ := trustlist.Load("../testdata/trust")
	set, _ := formats.NewSet(hcert.Format)
	v, _ := verify.New(verify.Config{Formats: set, Trust: trust, Policy: verify.DefaultPolicy(set.IDs()...), Now: time.Now})
	verified, err := v.Open(context.Background(), formats.Bytes(text))
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(verified.Claims().Subjects[0].Names[0].Family, verified.Anchor().Country)
	// Output: Achterberg-Lindqvist UT
}

// A document that is not accepted gives an error with the whole report: what was found, and what to do next.
func ExampleNotVerifiedError() {
	text, _ := os.ReadFile("../testdata/eu-dcc/forged.txt")
	trust, _ := trustlist.Load("../testdata/trust")
	set, _ := formats.NewSet(hcert.Format)
	v, _ := verify.New(verify.Config{Formats: set, Trust: trust, Policy: verify.DefaultPolicy(set.IDs()...), Now: time.Now})
	_, err := v.Open(context.Background(), formats.Bytes(text))
	var not *verify.NotVerifiedError
	if errors.As(err, &not) {
		d := not.Report.Documents[0]
		fmt.Println(not.Report.Verdict, d.Status, d.Findings[0].Code)
		fmt.Println(d.Findings[0].Next)
	}
	// Output:
	// reject invalid seal.mismatch
	// Do not rely on this document. Refer to a trained colleague. The traveller may explain and show other evidence.
}

// A certificate and the passport's printed lines are one case: the lines are compared, and vouch for nothing.
func ExampleVerifier_OpenCase() {
	certificate, _ := os.ReadFile("../testdata/eu-dcc/vaccination.txt")
	lines, _ := os.ReadFile("../testdata/mrz/passport.txt")
	trust, _ := trustlist.Load("../testdata/trust")
	set, _ := formats.NewSet(hcert.Format, mrz.Format)
	v, _ := verify.New(verify.Config{
		Formats: set, Trust: trust, Policy: verify.DefaultPolicy(set.IDs()...), Rules: heuristics.All(), Now: time.Now,
	})
	c, err := v.OpenCase(context.Background(), formats.Bytes(certificate), formats.Bytes(lines))
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, d := range c.Documents() {
		fmt.Println(d.Format(), d.Claims().Events[0].Kind)
	}
	// Output: eu-dcc vaccination
}
