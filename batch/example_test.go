package batch_test

import (
	"context"
	"fmt"
	"os"
	"strings"
	"time"

	"github.com/travelseal/travelseal/batch"
	"github.com/travelseal/travelseal/formats"
	"github.com/travelseal/travelseal/formats/hcert"
	"github.com/travelseal/travelseal/trustlist"
	"github.com/travelseal/travelseal/verify"
)

// Check an archive from a stream. Files does the same for files, and survives being killed.
func ExampleJob_Stream() {
	text, _ := os.ReadFile("../testdata/eu-dcc/vaccination.txt")
	archive := fmt.Sprintf("{\"id\":\"a\",\"text\":%q}\n{\"id\":\"b\",\"text\":\"HC1:NOTHING\"}\n", text)
	trust, _ := trustlist.Load("../testdata/trust")
	set, _ := formats.NewSet(hcert.Format)
	job := batch.Job{Workers: 2, Verify: verify.Config{
		Formats: set, Trust: trust, Policy: verify.DefaultPolicy(set.IDs()...), Now: time.Now,
	}}
	var out strings.Builder
	counts, err := job.Stream(context.Background(), strings.NewReader(archive), &out)
	fmt.Println(counts.Accept, counts.Refer, counts.Reject, counts.Error, err)
	fmt.Println(strings.Count(out.String(), "\n"), "lines")
	// Output:
	// 1 1 0 0 <nil>
	// 2 lines
}
