package httpapi_test

import (
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"strings"
	"time"

	"github.com/travelseal/travelseal/formats"
	"github.com/travelseal/travelseal/formats/hcert"
	"github.com/travelseal/travelseal/httpapi"
	"github.com/travelseal/travelseal/trustlist"
	"github.com/travelseal/travelseal/verify"
)

// Mount the service in a program of your own.
func Example() {
	trust, _ := trustlist.Load("../testdata/trust")
	set, _ := formats.NewSet(hcert.Format)
	v, _ := verify.New(verify.Config{Formats: set, Trust: trust, Policy: verify.DefaultPolicy(set.IDs()...), Now: time.Now})
	handler, err := httpapi.New(httpapi.Config{Verifier: v, Set: set})
	if err != nil {
		fmt.Println(err)
		return
	}
	server := httptest.NewServer(handler) // yours: httpapi.Server(addr, handler).ListenAndServe()
	defer server.Close()

	text, _ := os.ReadFile("../testdata/eu-dcc/forged.txt")
	answer, err := http.Post(server.URL+"/v1/verify", "text/plain", strings.NewReader(string(text)))
	if err != nil {
		fmt.Println(err)
		return
	}
	defer answer.Body.Close()
	report, _ := io.ReadAll(answer.Body)
	fmt.Println(answer.StatusCode, strings.Contains(string(report), `"verdict": "reject"`))
	// Output: 200 true
}
