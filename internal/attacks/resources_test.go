package attacks_test

import (
	"bytes"
	"compress/flate"
	"compress/gzip"
	"compress/zlib"
	"encoding/binary"
	"errors"
	"hash/adler32"
	"io"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/travelseal/travelseal/formats"
	"github.com/travelseal/travelseal/internal/mint"
	"github.com/travelseal/travelseal/trustlist"
	"github.com/travelseal/travelseal/verify"
)

// maxAllocated is how much memory one document may cost. It takes milliseconds; maxTime only tells what ends from what
// does not, because the machine may have other work.
const (
	maxAllocated = 64 << 20
	maxTime      = 30 * time.Second
)

// bounded runs something and demands that it stays within what one document may cost. All that is allocated counts,
// whether or not it was given back, so that the bound is one of the heap too.
func bounded(t *testing.T, what string, run func()) {
	t.Helper()
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	start := time.Now()
	run()
	took := time.Since(start)
	runtime.ReadMemStats(&after)
	if n := after.TotalAlloc - before.TotalAlloc; n > maxAllocated {
		t.Errorf("%s: %d bytes were allocated", what, n)
	}
	if took > maxTime {
		t.Errorf("%s: %v", what, took)
	}
}

// exhaust is attack with a bound on what each mutant costs. The texts are built beforehand.
func exhaust(t *testing.T, v *verify.Verifier, sibling mint.HCERT, mutants ...mutant) {
	t.Helper()
	attack(t, v, sibling)
	for _, m := range mutants {
		in := formats.Text(m.doc.Build().Text)
		t.Run(m.name, func(t *testing.T) {
			t.Helper()
			bounded(t, m.name, func() { v.Inspect(t.Context(), []formats.Input{in}) })
			demand(t, v, m.name, in, m.want)
		})
	}
}

// zeros is a DEFLATE stream of some MiB of zeros, made without making them: a piece that ends on a byte is repeated.
func zeros(t *testing.T, mebibytes int) []byte {
	t.Helper()
	var piece bytes.Buffer
	w, err := flate.NewWriter(&piece, flate.BestCompression)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := w.Write(make([]byte, 1<<20)); err != nil {
		t.Fatal(err)
	}
	if err := w.Flush(); err != nil {
		t.Fatal(err)
	}
	return append(bytes.Repeat(piece.Bytes(), mebibytes), 0x01, 0, 0, 0xff, 0xff)
}

// zlibOf puts the head and the checksum of zlib around a DEFLATE stream of zeros (RFC 1950 §2.2).
func zlibOf(deflate []byte, mebibytes uint32) []byte {
	const prime = 65521 // the sum of zeros: the first half stays 1, the second counts them
	sum := (mebibytes << 20 % prime) << 16
	return binary.BigEndian.AppendUint32(append([]byte{0x78, 0xda}, deflate...), sum|1)
}

// readZlib expands a stream as the standard library does, without a limit.
func readZlib(stream []byte) ([]byte, error) {
	r, err := zlib.NewReader(bytes.NewReader(stream))
	if err != nil {
		return nil, err
	}
	return io.ReadAll(r)
}

// compressed replaces the zlib stream of a document.
func compressed(f func(stream []byte) []byte) mint.HCERT {
	return changed(vaccination, func(h *mint.HCERT) { h.Hooks.Compressed = f })
}

func TestA86_DeflateBomb(t *testing.T) {
	v := utopia(t)
	if out, err := readZlib(zlibOf(zeros(t, 2), 2)); err != nil || len(out) != 2<<20 {
		t.Fatalf("the bomb is none: %d bytes, %v", len(out), err)
	}
	limit := formats.DefaultLimits.Inflated
	room := limit - len(mint.Bomb(ut.Vaccination, 1<<16).Build().COSE) + 1<<16
	instead := func(stream []byte) mint.HCERT { return compressed(func([]byte) []byte { return stream }) }
	refused := unreadable(formats.CodeLimit)
	exhaust(t, v, mint.Bomb(ut.Vaccination, 1000),
		mutant{"as much as there is room for", mint.Bomb(ut.Vaccination, room), accepted},
		mutant{"a byte more", mint.Bomb(ut.Vaccination, room+1), refused},
		mutant{"what the largest code holds", mint.Bomb(ut.Vaccination, 2_900_000), refused},
		mutant{"600 MiB", instead(zlibOf(zeros(t, 600), 600)), refused},
		mutant{"1 GiB", instead(zlibOf(zeros(t, 1024), 1024)), refused},
	)
	p := command(t, "bomb.png", mint.PNG(mint.QR(mint.Bomb(ut.Vaccination, 1<<20).Build().Text)), "verify")
	if p.code != exitUnreadable || !strings.Contains(p.stdout, formats.CodeLimit) {
		t.Errorf("the picture of a bomb: exit code %d: %s", p.code, p.stdout)
	}
}

func TestA87_BrokenDeflate(t *testing.T) {
	last := func(b []byte, n int) []byte { return b[: len(b)-n : len(b)-n] }
	var gzipped bytes.Buffer
	w := gzip.NewWriter(&gzipped)
	if _, err := w.Write(vaccination.Build().COSE); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	message := vaccination.Build().COSE
	dictionary := func(b []byte) []byte { // RFC 1950 §2.2, FDICT
		id := binary.BigEndian.AppendUint32([]byte{0x78, 0xbb}, adler32.Checksum(message))
		return append(id, b[2:]...)
	}
	refused, cut := unreadable(formats.CodeEncoding), unreadable(formats.CodeTruncated)
	exhaust(t, utopia(t), vaccination,
		mutant{"twice", compressed(mint.Zlib), unreadable(formats.CodeEnvelope)},
		mutant{"not at all", compressed(func([]byte) []byte { return message }), refused},
		mutant{"gzip", compressed(func([]byte) []byte { return gzipped.Bytes() }), refused},
		mutant{"raw", compressed(func(b []byte) []byte { return last(b[2:], 4) }), refused},
		mutant{"preset dictionary", compressed(dictionary), refused},
		mutant{"another method", compressed(func(b []byte) []byte { return append([]byte{0x77, 0x9f}, b[2:]...) }), refused},
		mutant{"window too large", compressed(func(b []byte) []byte { return append([]byte{0x88, 0x1c}, b[2:]...) }), refused},
		mutant{"head's check", compressed(func(b []byte) []byte { return mint.FlipBit(b, 15) }), refused},
		mutant{"Adler-32 differs", compressed(func(b []byte) []byte { return mint.FlipBit(b, 8*len(b)-1) }), refused},
		mutant{"Adler-32 of nothing", compressed(func(b []byte) []byte { return append(last(b, 4), 0, 0, 0, 1) }), refused},
		mutant{"no Adler-32", compressed(func(b []byte) []byte { return last(b, 4) }), cut},
		mutant{"half an Adler-32", compressed(func(b []byte) []byte { return last(b, 2) }), cut},
		mutant{"half the stream", compressed(func(b []byte) []byte { return b[:len(b)/2] }), cut},
		mutant{"head alone", compressed(func(b []byte) []byte { return b[:2] }), cut},
		mutant{"reserved kind of block", compressed(func([]byte) []byte { return []byte{0x78, 0x9c, 0x07, 0, 0, 0, 1} }), refused},
		mutant{"distance before the beginning", compressed(func([]byte) []byte {
			return []byte{0x78, 0x9c, 0x63, 0x00, 0x12, 0x00, 0, 0, 0, 1}
		}), refused},
		mutant{"stored lengths that differ", compressed(func([]byte) []byte {
			return []byte{0x78, 0x9c, 0x01, 4, 0, 4, 0, 1, 2, 3, 4, 0, 0, 0, 1}
		}), refused},
	)
}

func TestA89_TextOfMillionsOfPoints(t *testing.T) {
	text := func(f func(string) string) mint.HCERT {
		return changed(vaccination, func(h *mint.HCERT) { h.Hooks.Text = f })
	}
	limit := formats.DefaultLimits.Input
	refused := unreadable(formats.CodeLimit)
	exhaust(t, utopia(t), vaccination,
		mutant{"ten million points", text(func(string) string { return "HC1:" + strings.Repeat(".", 10_000_000) }), refused},
		mutant{"ten million points behind it", text(func(s string) string { return s + strings.Repeat(".", 10_000_000) }), refused},
		mutant{"a byte beyond the limit", text(func(string) string { return "HC1:" + strings.Repeat("0", limit-3) }), refused},
		mutant{"as many as are read", text(func(string) string { return "HC1:" + strings.Repeat("0", limit-4) }), unreadable(formats.CodeEncoding)},
		mutant{"points of no format", text(func(string) string { return strings.Repeat(".", limit) }), unreadable(formats.CodeUnknownFormat)},
	)
}

func TestA90_DepthAndNumber(t *testing.T) {
	outside := func(value mint.Item) mint.HCERT {
		return changed(vaccination, func(h *mint.HCERT) { h.Unprotected = mint.Map{{mint.Text("x"), value}} })
	}
	protected := func(value mint.Item) mint.HCERT {
		return changed(vaccination, func(h *mint.HCERT) { h.Protected = mint.Add(h.Protected, mint.Text("x"), value) })
	}
	claim := func(value mint.Item) mint.HCERT { return vaccination.AddClaim(mint.Text("x"), value) }
	whole := func(b []byte) mint.HCERT {
		return changed(vaccination, func(h *mint.HCERT) { h.Hooks.COSE = func([]byte) []byte { return b } })
	}
	numbers := make(mint.Map, 60_000)
	for i := range numbers {
		numbers[i] = mint.Pair{mint.Int(i), mint.Int(0)}
	}
	tags := bytes.Repeat([]byte{0xc1}, 10_000)
	indefinite := append(bytes.Repeat([]byte{0x9f}, 10_000), bytes.Repeat([]byte{0xff}, 10_000)...)
	refused := unreadable(formats.CodeLimit)
	exhaust(t, utopia(t), vaccination,
		mutant{"ten thousand arrays outside", outside(mint.Nested(10_000, mint.Null{})), refused},
		mutant{"ten thousand arrays in the header", protected(mint.Nested(10_000, mint.Null{})), refused},
		mutant{"ten thousand arrays in a claim", claim(mint.Nested(10_000, mint.Null{})), refused},
		mutant{"ten thousand tags", claim(mint.Raw(append(bytes.Clone(tags), 0xf6))), refused},
		mutant{"nothing but arrays", whole(bytes.Repeat([]byte{0x81}, 200_000)), refused},
		mutant{"nothing but tags", whole(bytes.Repeat([]byte{0xd2}, 200_000)), refused},
		mutant{"ten thousand open arrays", claim(mint.Raw(indefinite)), unreadable(formats.CodeNonCanonical)},
		mutant{"map of 60,000", claim(numbers), refused},
		mutant{"map of 60,000 outside", outside(numbers), refused},
		mutant{"array of 200,000", claim(mint.Raw(append([]byte{0x9a, 0, 3, 0x0d, 0x40}, make([]byte, 200_000)...))), refused},
		mutant{"array that announces 2 to the 32nd", claim(mint.Head{Major: 4, Argument: 1 << 32}), refused},
		mutant{"map that announces 2 to the 63rd", claim(mint.Head{Major: 5, Argument: 1 << 63}), refused},
		mutant{"array that announces all there are", claim(mint.Head{Major: 4, Argument: 1<<64 - 1}), refused},
		mutant{"array of 9,000 that are not there", claim(mint.Head{Major: 4, Argument: 9000}), unreadable(formats.CodeTruncated)},
		mutant{"text that announces 2 to the 32nd", claim(mint.Head{Major: 3, Argument: 1 << 32}), unreadable(formats.CodeTruncated)},
		mutant{"bytes that announce 2 to the 63rd", claim(mint.Head{Major: 2, Argument: 1 << 63}), unreadable(formats.CodeTruncated)},
		mutant{"Sign1 that announces 2 to the 32nd", whole([]byte{0xd2, 0x9a, 0xff, 0xff, 0xff, 0xff}), refused},
		mutant{"open map for a time", vaccination.SetClaim(mint.IndefMap{}, mint.ClaimExpires), unreadable(formats.CodeNonCanonical)},
		mutant{"open bytes for a time", vaccination.SetClaim(mint.IndefBytes{}, mint.ClaimExpires), unreadable(formats.CodeNonCanonical)},
		mutant{"thousands of entries", vaccination.Set(mint.Array(slices.Repeat([]mint.Item{mint.Map{}}, 5000)), "v"), doubted(verify.ContentSchema)},
	)
}

func TestA90_DepthAndNumberOfATrustList(t *testing.T) {
	sibling := list(mint.Anchors(ut.Vaccination)...)
	attack(t, trusting(t, sibling), vaccination)
	for name, data := range map[string]string{
		"arrays":        strings.Repeat("[", 1_000_000),
		"objects":       strings.Repeat(`{"a":`, 1_000_000),
		"in a member":   `{"schema":` + strings.Repeat("[", 1_000_000) + strings.Repeat("]", 1_000_000) + "}",
		"three million": `{"schema":"travelseal.trust/1","anchors":[` + strings.Repeat("{},", 3_000_000) + `{}]}`,
	} {
		dir := folder(t, []byte(data))
		bounded(t, name, func() {
			_, err := trustlist.Load(dir)
			var le *trustlist.LoadError
			if err == nil || !errors.As(err, &le) {
				t.Errorf("%s: error %v", name, err)
			}
		})
	}
}
