//go:build unix

package shc_test

import (
	"bytes"
	"compress/flate"
	"encoding/base64"
	"encoding/json"
	"io"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/go-jose/go-jose/v4"

	"github.com/travelseal/travelseal/formats"
	"github.com/travelseal/travelseal/formats/shc"
	"github.com/travelseal/travelseal/internal/byturns"
	"github.com/travelseal/travelseal/internal/mint"
	"github.com/travelseal/travelseal/trustlist"
	"github.com/travelseal/travelseal/verify"
)

// cardTrust is a list of the one issuer of these tests.
func cardTrust(tb testing.TB) *trustlist.Snapshot {
	tb.Helper()
	name := filepath.Join(tb.TempDir(), "list.json")
	if err := os.WriteFile(name, mint.CardTrust(), 0o600); err != nil {
		tb.Fatal(err)
	}
	list, err := trustlist.Load(name)
	if err != nil {
		tb.Fatal(err)
	}
	return list
}

func fixed(at time.Time) func() time.Time { return func() time.Time { return at } }

// straight is what a program does that joins go-jose and encoding/json without more: no limits, no strictness, no trust
// list, no report. A bundle of FHIR holds resources of several types, so that each is read in two steps: its type, then the
// struct of that type.
type straight struct{ keys jose.JSONWebKeySet }

type straightCard struct {
	Iss string  `json:"iss"`
	Nbf float64 `json:"nbf"`
	Exp float64 `json:"exp"`
	VC  struct {
		Type              []string `json:"type"`
		RID               string   `json:"rid"`
		CredentialSubject struct {
			FHIRVersion string `json:"fhirVersion"`
			FHIRBundle  struct {
				Entry []struct {
					FullURL  string          `json:"fullUrl"`
					Resource json.RawMessage `json:"resource"`
				} `json:"entry"`
			} `json:"fhirBundle"`
		} `json:"credentialSubject"`
	} `json:"vc"`

	patients      []straightPatient
	immunizations []straightImmunization
}

type straightPatient struct {
	Name []struct {
		Family string   `json:"family"`
		Given  []string `json:"given"`
	} `json:"name"`
	BirthDate string `json:"birthDate"`
}

type straightImmunization struct {
	Status      string `json:"status"`
	VaccineCode struct {
		Coding []struct {
			System string `json:"system"`
			Code   string `json:"code"`
		} `json:"coding"`
	} `json:"vaccineCode"`
	Patient struct {
		Reference string `json:"reference"`
	} `json:"patient"`
	OccurrenceDateTime string `json:"occurrenceDateTime"`
	LotNumber          string `json:"lotNumber"`
	Performer          []struct {
		Actor struct {
			Display string `json:"display"`
		} `json:"actor"`
	} `json:"performer"`
}

func (s straight) read(text string) (card straightCard, err error) {
	digits := strings.TrimPrefix(text, "shc:/")
	var token strings.Builder
	for i := 0; i+1 < len(digits); i += 2 {
		n, err := strconv.Atoi(digits[i : i+2])
		if err != nil {
			return card, err
		}
		token.WriteByte(byte(n + '-'))
	}
	message, err := jose.ParseSignedCompact(token.String(), []jose.SignatureAlgorithm{jose.ES256})
	if err != nil {
		return card, err
	}
	payload, err := message.Verify(s.keys)
	if err != nil {
		return card, err
	}
	plain, err := io.ReadAll(flate.NewReader(bytes.NewReader(payload)))
	if err != nil {
		return card, err
	}
	if err := json.Unmarshal(plain, &card); err != nil {
		return card, err
	}
	for _, e := range card.VC.CredentialSubject.FHIRBundle.Entry {
		if err := card.add(e.Resource); err != nil {
			return card, err
		}
	}
	return card, nil
}

func (c *straightCard) add(resource []byte) error {
	var kind struct {
		ResourceType string `json:"resourceType"`
	}
	if err := json.Unmarshal(resource, &kind); err != nil {
		return err
	}
	switch kind.ResourceType {
	case "Patient":
		c.patients = append(c.patients, straightPatient{})
		return json.Unmarshal(resource, &c.patients[len(c.patients)-1])
	case "Immunization":
		c.immunizations = append(c.immunizations, straightImmunization{})
		return json.Unmarshal(resource, &c.immunizations[len(c.immunizations)-1])
	}
	return nil
}

// BenchmarkSHC measures the complete verdict on a card of two doses, from the numerals of its code to the Report, against
// the straight pipeline over the same numerals and key. Both run by turns within one benchmark and are measured in CPU
// time of the process, garbage collection included, so that their ratio holds on a machine whose speed drifts;
// "x-of-straight" is the rate of verdicts over the rate of the pipeline.
func BenchmarkSHC(b *testing.B) {
	c := vaccination()
	c.Hooks.Compress = deflated
	text := c.Build().Text
	in := formats.Text(text)
	set, err := formats.NewSet(shc.Format)
	if err != nil {
		b.Fatal(err)
	}
	v, err := verify.New(verify.Config{Formats: set, Trust: cardTrust(b), Policy: verify.DefaultPolicy(shc.ID), Now: fixed(mint.AsOf)})
	if err != nil {
		b.Fatal(err)
	}
	pipeline := straight{keys: keySet(b)}
	ctx := b.Context()
	verdict := func() {
		if v.Inspect(ctx, []formats.Input{in}).Verdict != verify.Accept {
			b.Fatal("not accepted")
		}
	}
	read := func() {
		card, err := pipeline.read(text)
		if err != nil || len(card.immunizations) != 2 {
			b.Fatal(err)
		}
	}
	turns := byturns.Run(b, verdict, read)
	turns.Report(b, "verdict", "straight", "x-of-straight", turns.Rate())
	b.ReportMetric(testing.AllocsPerRun(100, verdict), "allocs/verdict")
	b.ReportMetric(testing.AllocsPerRun(100, read), "allocs/straight")
}

// deflated compresses as issuers' libraries do, which is smaller than what mint writes and the same work for both sides.
func deflated(data []byte) []byte {
	var out bytes.Buffer
	w, err := flate.NewWriter(&out, flate.BestCompression)
	if err != nil {
		panic(err)
	}
	_, _ = w.Write(data) // into memory
	_ = w.Close()
	return out.Bytes()
}

// keySet is the issuer's key as it is published.
func keySet(b *testing.B) jose.JSONWebKeySet {
	b.Helper()
	return jose.JSONWebKeySet{Keys: []jose.JSONWebKey{{Key: issuer.Key.Public(), KeyID: string(issuer.KID), Algorithm: "ES256", Use: "sig"}}}
}

// The two sides of the benchmark must read the same card, or their ratio means nothing.
func TestTheStraightPipelineReadsTheSameCard(t *testing.T) {
	text := vaccination().Build().Text
	card, err := straight{keys: jose.JSONWebKeySet{Keys: []jose.JSONWebKey{{Key: issuer.Key.Public(), KeyID: string(issuer.KID), Algorithm: "ES256"}}}}.read(text)
	if err != nil {
		t.Fatal(err)
	}
	doc := decode(t, vaccination(), formats.Options{})
	dose := card.immunizations[1]
	e := claimsOf(doc).Events[1]
	if card.Iss != doc.Seals[0].Signer.Issuer || dose.OccurrenceDateTime != e.When.String() || dose.VaccineCode.Coding[0].Code != e.Product.Code ||
		dose.Performer[0].Actor.Display != e.Place || card.patients[0].BirthDate != claimsOf(doc).Subjects[0].Birth.String() {
		t.Errorf("%+v, %+v", card, claimsOf(doc))
	}
	if _, err := base64.RawURLEncoding.DecodeString(string(issuer.KID)); err != nil || len(issuer.KID) != 43 {
		t.Errorf("the key ID is no thumbprint: %q", issuer.KID)
	}
}
