package scan_test

import (
	"bufio"
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/travelseal/travelseal/scan"
)

// A vector is what this test needs of one line of a cases.jsonl.
type vector struct {
	ID     string `json:"id"`
	Format string `json:"format"`
	Input  struct {
		File string `json:"file"`
	} `json:"input"`
	Hard   bool `json:"scan_hard"`
	Expect struct {
		Text    string `json:"qr_text"`
		Decodes *bool  `json:"picture_decode"`
	} `json:"expect"`
}

func vectors(t *testing.T, folder string) (out []vector) {
	t.Helper()
	f, err := os.Open(filepath.Join(folder, "cases.jsonl"))
	if err != nil {
		t.Skipf("the shared vectors are not here: %v", err)
	}
	defer f.Close()
	lines := bufio.NewScanner(f)
	lines.Buffer(nil, 16<<20)
	for lines.Scan() {
		var v vector
		if err := json.Unmarshal(lines.Bytes(), &v); err != nil {
			t.Fatal(err)
		}
		if v.Input.File != "" && v.Format == "eu-dcc" {
			out = append(out, v)
		}
	}
	if err := lines.Err(); err != nil {
		t.Fatal(err)
	}
	return out
}

func TestPicturesOfTheSharedVectors(t *testing.T) {
	root := os.Getenv("TRAVELSEAL_VECTORS")
	if root == "" {
		root = filepath.Join("..", "..", "shared", "vectors")
	}
	for _, suite := range []string{"dgc-testdata", "dcc-quality-assurance", "hcert-testdata"} {
		t.Run(suite, func(t *testing.T) {
			folder := filepath.Join(root, "health", suite)
			var read, all, hardRead, hard int
			var times []time.Duration
			for _, v := range vectors(t, folder) {
				t.Run(v.ID, func(t *testing.T) {
					data, err := os.ReadFile(filepath.Join(folder, filepath.FromSlash(v.Input.File)))
					if err != nil {
						t.Fatal(err)
					}
					start := time.Now()
					symbols, err := scan.Read(context.Background(), data, scan.Limits{})
					times = append(times, time.Since(start))
					asWanted := err == nil && len(symbols) == 1 && string(symbols[0].Bytes) == symbols[0].Text
					switch {
					case v.Expect.Decodes != nil && !*v.Expect.Decodes:
						asWanted = err != nil && symbols == nil
					case v.Expect.Text != "":
						asWanted = asWanted && symbols[0].Text == v.Expect.Text
					default:
						asWanted = asWanted && strings.HasPrefix(symbols[0].Text, "HC1:")
					}
					if v.Hard {
						hard++
						if asWanted {
							hardRead++
						}
						return
					}
					all++
					if !asWanted {
						t.Fatalf("%d symbols, error %v", len(symbols), err)
					}
					read++
				})
			}
			slices.Sort(times)
			t.Logf("%d of %d as expected, and %d of %d hard ones; median %v, slowest %v",
				read, all, hardRead, hard, times[len(times)/2], times[len(times)-1])
		})
	}
}
