package chip

import (
	"crypto"
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"strings"

	"github.com/travelseal/travelseal/internal/mint/pki"
)

// An LDIFEntry is one entry of a download of the ICAO's directory: its kind, the state and the value in binary.
type LDIFEntry struct {
	Branch  string // dsc, crl, ml
	Country string
	Value   []byte
	Version int
	// Attribute is the name of the attribute with the value; by default what belongs to the branch.
	Attribute string
	// Encoded replaces the base64 of the value, and Lines works on the lines of the entry before they are folded.
	Encoded string
	Lines   func([]string) []string
}

// DSCEntry holds a document signer's certificate.
func DSCEntry(c *pki.Credential) LDIFEntry {
	return LDIFEntry{Branch: "dsc", Country: "UT", Value: c.Cert, Version: 11}
}

// CRLEntry holds a revocation list.
func CRLEntry(list []byte) LDIFEntry {
	return LDIFEntry{Branch: "crl", Country: "UT", Value: list, Version: 12}
}

// ListEntry holds a master list.
func ListEntry(list []byte) LDIFEntry {
	return LDIFEntry{Branch: "ml", Country: "UT", Value: list, Version: 13}
}

// branches are the classes and the attributes of the directory's branches.
var branches = map[string]struct {
	attribute string
	classes   []string
}{
	"dsc": {"userCertificate;binary", []string{"inetOrgPerson", "pkdDownload", "organizationalPerson", "top", "person"}},
	"crl": {"certificateRevocationList;binary", []string{"cRLDistributionPoint", "pkdDownload", "top"}},
	"ml":  {"pkdMasterListContent", []string{"top", "person", "pkdMasterList", "pkdDownload"}},
}

// LDIF writes a download in the form of RFC 2849: version, entries, values in base64, lines folded after 76 characters.
func LDIF(entries ...LDIFEntry) []byte {
	var b strings.Builder
	b.WriteString("version: 1\n")
	for _, e := range entries {
		b.WriteString("\n")
		for _, line := range e.lines() {
			b.WriteString(folded(line))
		}
	}
	return []byte(b.String())
}

func (e LDIFEntry) lines() []string {
	branch := branches[e.Branch]
	if e.Attribute != "" {
		branch.attribute = e.Attribute
	}
	value := base64.StdEncoding.EncodeToString(e.Value)
	if e.Encoded != "" {
		value = e.Encoded
	}
	name := hex.EncodeToString(pki.Digest(crypto.SHA1, e.Value))
	lines := []string{
		fmt.Sprintf("dn: cn=%s,o=%s,c=%s,dc=data,dc=download,dc=pkd,dc=icao,dc=int", name, e.Branch, e.Country),
		fmt.Sprintf("pkdVersion: %d", e.Version),
		branch.attribute + ":: " + value,
	}
	for _, class := range branch.classes {
		lines = append(lines, "objectClass: "+class)
	}
	lines = append(lines, "cn: "+name)
	if e.Branch != "crl" {
		lines = append(lines, "sn: 1")
	}
	if e.Lines != nil {
		lines = e.Lines(lines)
	}
	return lines
}

// folded breaks a line after 76 characters; the lines that continue it begin with a space (RFC 2849, note 2).
func folded(line string) string {
	var b strings.Builder
	width := 76
	for len(line) > width {
		b.WriteString(line[:width] + "\n ")
		line, width = line[width:], 75
	}
	return b.String() + line + "\n"
}

// Download is a sound one: all of Utopia's signers, a revocation list and the master list.
func Download() []byte {
	ut := Utopia()
	return LDIF(DSCEntry(ut.DSC), DSCEntry(ut.DSCBrainpool), DSCEntry(ut.DSCRSA), DSCEntry(ut.DSCPSS),
		CRLEntry(ut.CSCA.Revoke(pki.List(1))), ListEntry(Utopian().Encode()))
}

// BrokenDownload has a sound entry after each kind of broken one: a value that is no base64, one that is cut off, one that is no
// certificate, a list in the branch of certificates, an entry without a value, an unknown branch, and a line that is none.
func BrokenDownload() []byte {
	ut := Utopia()
	good := DSCEntry(ut.DSC)
	base64Broken, cut, other, swapped, empty, unknown, noLine := good, good, good, good, good, good, good
	base64Broken.Encoded = "MII*" + base64.StdEncoding.EncodeToString(ut.DSC.Cert)[4:]
	cut.Value = ut.DSC.Cert[:len(ut.DSC.Cert)-7]
	other.Value = []byte("no certificate")
	swapped.Value = Utopian().Encode()
	empty.Lines = func(lines []string) []string { return append(lines[:2], lines[3:]...) }
	unknown.Branch, unknown.Attribute = "nc", "userCertificate;binary"
	noLine.Lines = func(lines []string) []string { return append(lines, "neither a name nor a value") }
	return LDIF(base64Broken, DSCEntry(ut.DSC), cut, DSCEntry(ut.DSCBrainpool), other, DSCEntry(ut.DSCRSA),
		swapped, empty, unknown, noLine, DSCEntry(ut.DSCPSS))
}
