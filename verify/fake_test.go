package verify_test

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/travelseal/travelseal/formats"
	"github.com/travelseal/travelseal/trustlist"
	"github.com/travelseal/travelseal/verify"
)

// today is the moment of every test, and the documents and lists that tests make are dated around it.
var today = time.Date(2026, 11, 1, 12, 0, 0, 0, time.UTC)

const day = 24 * time.Hour

// The kinds of document of these tests. Their formats decode nothing: each gives the Document that the test put together,
// so that every state that a decoder can report is one line away.
const (
	card   formats.ID = "fake-card"   // one part right under one seal
	chip   formats.ID = "fake-chip"   // parts reached by digests, and one that it needs
	device formats.ID = "fake-device" // a holder's seal beside the issuer's
	paper  formats.ID = "fake-paper"  // never carries a seal, like a printed MRZ
)

// A world is a Verifier with its trust list and the documents that its formats can decode.
type world struct {
	verify.Config
	documents map[string]*formats.Document
}

// newWorld is a world that accepts every kind of document under a list of yesterday with these signers.
func newWorld(t testing.TB, signers ...signer) *world {
	t.Helper()
	w := &world{documents: make(map[string]*formats.Document)}
	list := []formats.Format{w.format(card, false), w.format(chip, false), w.format(device, false), w.format(paper, true)}
	set, err := formats.NewSet(list...)
	if err != nil {
		t.Fatal(err)
	}
	w.Config = verify.Config{
		Formats: set, Trust: trust(t, signers...), Policy: verify.DefaultPolicy(set.IDs()...),
		Now: func() time.Time { return today }, Version: "test",
	}
	return w
}

// format is a fake format. Its Inputs are texts of the form "<ID> <number>".
func (w *world) format(id formats.ID, unsealed bool) formats.Format {
	return formats.Format{
		ID: id, Title: "Fake document " + string(id), Spec: "these tests", Unsealed: unsealed,
		Detect: func(in formats.Input) bool {
			text, ok := in.Lone()
			return ok && strings.HasPrefix(string(text), string(id)+" ")
		},
		Decode: func(in formats.Input, _ formats.Options) (*formats.Document, error) {
			text, _ := in.Lone()
			if d, ok := w.documents[string(text)]; ok {
				return d, nil
			}
			return nil, &formats.Error{Format: id, Code: formats.CodePayload, Step: "fake", Offset: -1, Err: fmt.Errorf("no such document")}
		},
	}
}

// input gives the Input that decodes to the document.
func (w *world) input(d *formats.Document) formats.Input {
	text := string(d.Format) + " " + strconv.Itoa(len(w.documents))
	w.documents[text] = d
	return formats.Text(text)
}

func (w *world) inputs(documents ...*formats.Document) []formats.Input {
	var list []formats.Input
	for _, d := range documents {
		list = append(list, w.input(d))
	}
	return list
}

func (w *world) verifier(t testing.TB) *verify.Verifier {
	t.Helper()
	v, err := verify.New(w.Config)
	if err != nil {
		t.Fatal(err)
	}
	return v
}

// inspect checks documents as one case.
func (w *world) inspect(t testing.TB, documents ...*formats.Document) *verify.Report {
	t.Helper()
	return w.verifier(t).Inspect(context.Background(), w.inputs(documents...))
}

// one checks one document by itself.
func (w *world) one(t testing.TB, d *formats.Document) verify.DocumentReport {
	t.Helper()
	return w.inspect(t, d).Documents[0]
}

// trust is a list of yesterday with the anchors of some signers.
func trust(t testing.TB, signers ...signer) *trustlist.Snapshot {
	t.Helper()
	return trustWith(t, trustlist.Info{Name: "test list", Version: 7, Created: today.Add(-day)}, nil, signers...)
}

func trustWith(t testing.TB, info trustlist.Info, revoked *trustlist.Revocations, signers ...signer) *trustlist.Snapshot {
	t.Helper()
	var anchors []trustlist.Anchor
	for _, s := range signers {
		anchors = append(anchors, s.Anchor)
	}
	list, err := trustlist.New(info, anchors, nil, revoked)
	if err != nil {
		t.Fatal(err)
	}
	return list
}

// expect compares a document's status and verdict, and demands findings with these codes.
func expect(t *testing.T, d verify.DocumentReport, status verify.Status, verdict verify.Verdict, codes ...verify.Code) {
	t.Helper()
	if d.Status != status || d.Verdict != verdict {
		t.Errorf("%s, %s; want %s, %s. Findings: %v", d.Status, d.Verdict, status, verdict, codesOf(d.Findings))
	}
	for _, c := range codes {
		if !slices.Contains(codesOf(d.Findings), c) {
			t.Errorf("the finding %s is missing among %v", c, codesOf(d.Findings))
		}
	}
}

func codesOf(findings []verify.Finding) []verify.Code {
	var list []verify.Code
	for _, f := range findings {
		list = append(list, f.Code)
	}
	return list
}

// effectOf gives the effect of the first finding with a code.
func effectOf(t *testing.T, findings []verify.Finding, code verify.Code) verify.Effect {
	t.Helper()
	for _, f := range findings {
		if f.Code == code {
			return f.Effect
		}
	}
	t.Errorf("the finding %s is missing among %v", code, codesOf(findings))
	return 0
}
