package cert_test

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"

	"github.com/travelseal/travelseal/internal/der"
	"github.com/travelseal/travelseal/internal/vectors"
)

// A real is one certificate of a published list.
type real struct {
	from string // the list
	raw  []byte
}

// sources are the lists, by the names that the golden file gives them: patterns below the folder of the cases.
var sources = []struct{ name, pattern string }{
	{"master list DE 2022-06", "travel/masterlist/DE_2022-06-23.ml"},
	{"master list DE 2024-08", "travel/masterlist/DE_2024-08-07.ml"},
	{"master list DE 2026-05", "travel/masterlist/DE_2026-05-28.ml"},
	{"master list ICAO 2023-09", "travel/masterlist/ICAO_2023-09.ml"},
	{"master list ICAO 2025-08", "travel/masterlist/ICAO_2025-08.ml"},
	{"master list NL 2025-07", "travel/masterlist/NL_2025-07-29.ml"},
	{"master list roots", "travel/masterlist/roots/*"},
	{"CSCA of Indonesia", "travel/csca-idn/*.cer"},
	{"mdoc", "travel/mdoc-*/*"},
	{"eMRTD CSCA", "travel/emrtd-*/csca/*"},
	{"eMRTD DSC", "travel/emrtd-*/sod/*"},
	{"eMRTD SOD", "travel/emrtd-*/*SOD*"},
	{"VDS-NC CSCA", "travel/vdsnc-*/certs/*"},
	{"VDS-NC signers", "travel/vdsnc-*/cases.jsonl"},
	{"VDS and IDB signers", "travel/[iv]d[bs]-*/certs/*"},
	{"2D-Doc signers", "travel/2ddoc/*"},
	{"VICAL", "travel/vical/*"},
	{"CRL", "travel/crl/*.der"},
	{"EU health", "../trust-samples/eu/de-dsc-list.txt"},
	{"WHO health", "../trust-samples/who/did.json"},
	{"WHO health development", "../trust-samples/who/dev-did.json"},
	{"WHO anchors", "../trust-samples/who/*.pem"},
	{"WHO participants", "../trust-samples/who/participants/*.json"},
}

// armoured is base64 of something that begins as a certificate of 256 bytes or more does.
var armoured = regexp.MustCompile(`MII[A-Za-z0-9+/_\-\\\r\n]{200,}={0,2}`)

// reals gives every certificate of every list, each once a list.
var reals = sync.OnceValue(func() (all []real) {
	dir := corpusDir
	for _, s := range sources {
		seen := make(map[[32]byte]bool)
		names, _ := filepath.Glob(filepath.Join(dir, filepath.FromSlash(s.pattern)))
		for _, name := range names {
			data, err := os.ReadFile(name)
			if err != nil {
				continue
			}
			found := scan(data)
			for _, text := range armoured.FindAll(data, -1) {
				found = append(found, scan(unarmour(text))...)
			}
			if text := strings.TrimSpace(string(data)); strings.HasSuffix(name, "_base64.cbor") {
				found = append(found, scan(unarmour([]byte(text)))...)
			}
			for _, raw := range found {
				if sum := sha256.Sum256(raw); !seen[sum] {
					seen[sum] = true
					all = append(all, real{s.name, raw})
				}
			}
		}
	}
	return all
})

var corpusDir string

// corpus is reals, or skips the test where the lists are absent.
func corpus(t testing.TB) []real {
	t.Helper()
	corpusDir = vectors.Dir(t)
	return reals()
}

func unarmour(text []byte) []byte {
	plain := strings.NewReplacer("\n", "", "\r", "", `\n`, "", `\r`, "", `\`, "", "-", "+", "_", "/").Replace(string(text))
	plain = strings.TrimRight(plain, "=")
	data, err := base64.RawStdEncoding.DecodeString(plain)
	if err != nil {
		data, _ = base64.RawStdEncoding.DecodeString(plain[:len(plain)/4*4])
	}
	return data
}

// scan finds certificates by their looks, in whatever they are wrapped: SEQUENCE { SEQUENCE { [0] { INTEGER … of two bytes
// of length each.
func scan(data []byte) (found [][]byte) {
	for i := 0; i+16 < len(data); i++ {
		if data[i] != 0x30 || data[i+1] != 0x82 || data[i+4] != 0x30 {
			continue
		}
		tbs := data[i+4:]
		head := 4
		switch tbs[1] {
		case 0x82:
		case 0x81:
			head = 3
		default:
			continue
		}
		if !bytes.HasPrefix(tbs[head:], []byte{0xA0, 3, 2, 1}) && !bytes.HasPrefix(tbs[head:], []byte{0x02}) {
			continue
		}
		size := 4 + int(data[i+2])<<8 + int(data[i+3])
		if i+size > len(data) {
			continue
		}
		raw := data[i : i+size]
		if !looksLikeOne(raw) {
			continue
		}
		found = append(found, raw)
		i += size - 1
	}
	return found
}

// looksLikeOne asks for SEQUENCE { SEQUENCE, SEQUENCE, BIT STRING } and for a name, dates and a name inside.
func looksLikeOne(raw []byte) bool {
	outer, err := der.Only(raw, der.Sequence, "")
	if err != nil {
		return false
	}
	r := outer.Reader()
	tbs, err1 := r.Read(der.Sequence, "")
	_, err2 := r.Read(der.Sequence, "")
	_, err3 := r.Read(der.BitString, "")
	if err1 != nil || err2 != nil || err3 != nil {
		return false
	}
	in := tbs.Reader()
	_, _, _ = in.Optional(der.ContextOf(0), "")
	for _, tag := range []der.Tag{der.Integer, der.Sequence, der.Sequence, der.Sequence, der.Sequence, der.Sequence} {
		if _, err := in.Read(tag, ""); err != nil {
			return false
		}
	}
	return true
}
