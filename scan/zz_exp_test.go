package scan

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"sort"
	"testing"
	"time"
)

type man struct {
	File, Category string
	Codes          []struct{ Symbology, Text string }
}

func manifest(dir string) (out []man) {
	f, _ := os.Open(dir + "/manifest.jsonl")
	sc := bufio.NewScanner(f)
	sc.Buffer(nil, 1<<24)
	for sc.Scan() {
		var m man
		json.Unmarshal(sc.Bytes(), &m)
		out = append(out, m)
	}
	return
}

func TestExp(t *testing.T) {
	dir := os.Getenv("QRDIR")
	type st struct {
		n, codes, read, extra int
		ms                    []float64
		dec                   []float64
	}
	cats := map[string]*st{}
	for _, m := range manifest(dir) {
		data, err := os.ReadFile(filepath.Join(dir, m.File))
		if err != nil {
			t.Fatal(err)
		}
		c := cats[m.Category]
		if c == nil {
			c = &st{}
			cats[m.Category] = c
		}
		l := Limits{}.orDefault()
		t0 := time.Now()
		fr, err := openPicture(context.Background(), data, l)
		t1 := time.Now()
		if err != nil {
			fmt.Println(m.File, err)
			continue
		}
		sy, err := readFrames(context.Background(), fr, l)
		d := time.Since(t1)
		c.ms = append(c.ms, float64(d.Microseconds())/1000)
		c.dec = append(c.dec, float64(t1.Sub(t0).Microseconds())/1000)
		c.n++
		got := 0
		for _, w := range m.Codes {
			if w.Symbology != "qr" {
				continue
			}
			c.codes++
			for _, s := range sy {
				if s.Text == w.Text {
					c.read++
					got++
					break
				}
			}
		}
		c.extra += len(sy) - got
	}
	var names []string
	for n := range cats {
		names = append(names, n)
	}
	sort.Strings(names)
	tc, tr := 0, 0
	for _, n := range names {
		c := cats[n]
		sort.Float64s(c.ms)
		sort.Float64s(c.dec)
		fmt.Printf("%-20s n=%d codes=%d read=%d extra=%d  med %.1f max %.1f ms  dec max %.1f\n", n, c.n, c.codes, c.read, c.extra, c.ms[len(c.ms)/2], c.ms[len(c.ms)-1], c.dec[len(c.dec)-1])
		tc += c.codes
		tr += c.read
	}
	fmt.Println("total", tr, tc)
}

// pairs: a clean code beside another picture
func TestPairs(t *testing.T) {
	dir := os.Getenv("QRDIR")
	ms := manifest(dir)
	load := func(f string) gray {
		data, _ := os.ReadFile(filepath.Join(dir, f))
		fr, err := openPicture(context.Background(), data, Limits{}.orDefault())
		if err != nil {
			return gray{}
		}
		return fr[0]
	}
	clean := load("qr_clean_001.png")
	var ct string
	for _, m := range ms {
		if m.File == "qr_clean_001.png" {
			ct = m.Codes[0].Text
		}
	}
	alone, both, onlyA, onlyB, pend := 0, 0, 0, 0, 0
	for _, m := range ms {
		if len(m.Codes) != 1 || m.Codes[0].Symbology != "qr" || m.Codes[0].Text == ct {
			continue
		}
		b := load(m.File)
		if b.w == 0 {
			continue
		}
		canvas := newGray(clean.w+b.w+40, max(clean.h, b.h))
		canvas.fill(imageRect(canvas))
		for y := range clean.h {
			copy(canvas.row(y), clean.row(y))
		}
		for y := range b.h {
			copy(canvas.row(y)[clean.w+40:], b.row(y))
		}
		s1, _ := readFrames(context.Background(), []gray{b.clone()}, Limits{}.orDefault())
		okAlone := false
		for _, s := range s1 {
			okAlone = okAlone || s.Text == m.Codes[0].Text
		}
		s2, _ := readFrames(context.Background(), []gray{canvas}, Limits{}.orDefault())
		a, bb := false, false
		for _, s := range s2 {
			a = a || s.Text == ct
			bb = bb || s.Text == m.Codes[0].Text
		}
		if okAlone {
			alone++
			switch {
			case a && bb:
				both++
			case a:
				onlyA++
				fmt.Println("only clean read:", m.File)
			case bb:
				onlyB++
			}
		}
	}
	fmt.Println("alone", alone, "both", both, "onlyclean", onlyA, "onlyB", onlyB, pend)
}
