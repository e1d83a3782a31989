package conformance

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"fmt"
	"strings"
	"testing"

	"github.com/travelseal/travelseal/internal/lds"
	"github.com/travelseal/travelseal/internal/vectors"
)

// TestDataGroups runs every case of one file of a chip, without a seal.
func TestDataGroups(t *testing.T) {
	cases := vectors.Travel(t, "emrtd-dg")
	list, ran, used := readListing(t), make(map[string]bool), make(map[string]bool)
	tests := 0
	for _, vc := range cases {
		t.Run(vc.ID, func(t *testing.T) {
			ran[vc.ID] = true
			c := &comparison{t: t, id: vc.ID, list: list, used: used}
			compareGroup(c, vc)
			tests += c.tests
		})
	}
	list.unused(t, ran, used)
	t.Logf("%d cases, %d expectations compared, %d of them listed as disagreements", len(cases), tests, len(used))
}

func compareGroup(c *comparison, vc vectors.TravelCase) {
	for _, f := range chipFiles(c.t, vc).Files {
		got, err := groupFields(f.Name, f.Data)
		c.same("decode", (err == nil) == *vc.Expect.Decode, "decodes: %v, expected %v", err, *vc.Expect.Decode)
		for name, raw := range vc.Expect.Fields {
			want := strings.Trim(string(raw), `"`)
			c.same(name, got[name] == want, "read as %q, expected %q", got[name], want)
		}
	}
}

// groupFields reads one file and gives the source's fields.
func groupFields(name string, file []byte) (map[string]string, error) {
	got := make(map[string]string)
	images := func(i int, data []byte) {
		sum := sha256.Sum256(data)
		got[fmt.Sprintf("image%d_sha256", i)] = hex.EncodeToString(sum[:])
	}
	switch name {
	case "EF.COM":
		com, err := lds.ParseCOM(file)
		if err != nil {
			return nil, err
		}
		got["ldsVersion"], got["unicodeVersion"] = com.LDSVersion, com.UnicodeVersion
		for _, g := range com.Groups {
			got["tags_hex"] += fmt.Sprintf("%02x", uint32(g.Tag()))
		}
		return got, nil
	case "DG1":
		zone, err := lds.Zone(file)
		got["mrz"] = string(zone)
		return got, err
	case "DG2":
		list, _, err := lds.Faces(file)
		for i, f := range list {
			images(i, f.Image.Data)
		}
		return got, err
	case "DG3":
		list, err := lds.Templates(3, file)
		for i, t := range list {
			images(i, fingerprint(t.Block.Content))
		}
		return got, err
	case "DG5", "DG7":
		g := lds.Group(name[2] - '0')
		list, err := lds.Pictures(g, file)
		for i, m := range list {
			images(i, m.Data)
		}
		return got, err
	case "DG11":
		_, err := lds.ParsePersonal(file)
		return got, err
	case "DG12":
		_, err := lds.ParseDocument(file)
		return got, err
	case "DG14":
		_, err := lds.Protocols(file)
		return got, err
	case "DG15":
		_, err := lds.ChipKey(file)
		return got, err
	}
	return nil, fmt.Errorf("the runner does not know the file %s", name)
}

// fingerprint is the first picture of a finger image record (ISO/IEC 19794-4:2005 §7): after a header of 32 bytes, and one of
// 14 bytes whose first four count them and the picture. The library does not read it; this is for the runner alone.
func fingerprint(record []byte) []byte {
	const header, view = 32, 14
	if len(record) < header+view || string(record[:4]) != "FIR\x00" {
		return nil
	}
	length := int(binary.BigEndian.Uint32(record[header:]))
	if length < view || header+length > len(record) {
		return nil
	}
	return record[header+view : header+length]
}
