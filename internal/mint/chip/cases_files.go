package chip

import (
	"crypto"
	"strings"

	"github.com/travelseal/travelseal/internal/mint"
	"github.com/travelseal/travelseal/internal/mint/der"
	"github.com/travelseal/travelseal/internal/mint/pki"
)

// fileCases are changes to the files of a sealed chip.
func fileCases() []Case {
	good := Good()
	authentic := func(code string) mint.Want { return mint.Want{Status: "authentic", Verdict: "refer", Code: code} }
	missing := mint.Want{Status: "indeterminate", Verdict: "refer", Code: "part.missing"}
	unsealed := authentic("part.unsealed")
	swap := func(s string) string { return strings.Replace(s, "MAREN", "KAREN", 1) }
	wrongDigit := strings.Replace(mint.Maren.Passport("UT0017243", "F").TD3(), "840719", "840791", 1)
	tobias := Of(mint.Tobias.Passport("UT0017244", "M").TD3(), "tobias", Utopia().DSC)
	return []Case{
		{"dg1-altered", "One letter of the name in the zone was changed after sealing.",
			good.After(func(f map[string][]byte) { f["DG1"] = []byte(swap(string(f["DG1"]))) }), altered},
		{"dg2-exchanged", "The face is that of another person.", good.Put(2, Face("another")), altered},
		{"dg2-flipped", "One bit of the picture is the other way round.", good.FlipDG(2, 8*200), altered},
		{"dg1-missing", "The zone was not given.", good.WithoutDG(1), missing},
		{"dg2-missing", "The face was not given.", good.WithoutDG(2), authentic("part.missing")},
		{"dg1-renamed", "The zone lies under the name of a group that the seal does not name.",
			good.Renamed("DG1", "DG13"), missing},
		{"dg15-injected", "A key of active authentication that the seal does not name.",
			good.Inject(15, DG15(pki.NewKey(pki.P256, "forger"))), unsealed},
		{"dg11-injected", "Personal details that the seal does not name.",
			good.Inject(11, DG11(Detail{Name: "KAREN"})), unsealed},
		{"dg14-unlisted", "The issuer's own key of chip authentication, which the seal does not name.",
			good.With(14, DG14(pki.NewKey(pki.P256, "chip"))).Listed(func(l *LDS) { l.Entries = Unlisting(14) }), unsealed},
		{"dg2-unlisted", "The seal does not name the face.",
			GoodBrainpool().Listed(func(l *LDS) { l.Entries = Unlisting(2) }), unsealed},
		{"sod-other", "The EF.SOD is that of another passport of the same signer.",
			good.PutFile("EF.SOD", tobias.Files()["EF.SOD"]), altered},
		{"zone-digit", "The issuer sealed a zone whose check digit is wrong.",
			good.With(1, DG1(wrongDigit)), authentic("check.mismatch")},
		{"zone-short", "The issuer sealed a zone of one line.", good.With(1, DG1(strings.Split(wrongDigit, "\n")[0])), authentic("content.schema")},
		{"face-cut", "The issuer sealed a group whose face record is cut off.",
			good.With(2, DG2(FaceRecord(Portrait("maren"))[:60])), authentic("content.schema")},
	}
}

// listCases are wrong forms of the LDS Security Object, sealed by the issuer.
func listCases() []Case {
	good := Good()
	listed := func(change func(*LDS)) Chip { return good.Listed(change) }
	zero := make([]byte, 32)
	return []Case{
		{"lds-version-2", "Version 2 of the security object, which there is not.",
			listed(func(l *LDS) { l.Version = 2 }), payload},
		{"lds-version-minus-1", "Version −1 of the security object.", listed(func(l *LDS) { l.Version = -1 }), payload},
		{"lds-v1-bare", "Version 1 without the versions of LDS and Unicode.", listed(func(l *LDS) { l.Version = 1 }), payload},
		{"lds-v0-info", "Version 0 with the versions of LDS and Unicode.",
			listed(func(l *LDS) { l.Info = []string{"0108", "040000"} }), payload},
		{"lds-group-twice", "The first group is named twice, with two hashes.",
			listed(func(l *LDS) { l.Entries = Listing(1, zero) }), payload},
		{"lds-group-0", "A group 0.", listed(func(l *LDS) { l.Entries = Listing(0, zero) }), payload},
		{"lds-group-17", "A group 17.", listed(func(l *LDS) { l.Entries = Listing(17, zero) }), payload},
		{"lds-hash-length", "A hash of 20 bytes where SHA-256 is named.",
			listed(func(l *LDS) { l.Entries = Listing(3, zero[:20]) }), payload},
		{"lds-empty", "No group is named.", listed(func(l *LDS) { l.Entries = func([]Entry) []Entry { return nil } }), payload},
		{"lds-md5", "The groups are hashed by MD5.", listed(func(l *LDS) { l.Hash = crypto.MD5 }), payload},
		{"lds-hash-other", "SHA-512 is named, and the hashes are those of SHA-256.",
			listed(func(l *LDS) { l.HashID = pki.HashID(crypto.SHA512) }), payload},
		{"lds-trailing", "An element after the last of the security object.",
			listed(func(l *LDS) { l.Elements = pki.Tail(0x05, 0x00) }), payload},
		{"lds-trailing-bytes", "Bytes after the security object, within what is signed.",
			good.Sealed(func(m pki.Message) pki.Message {
				m.Content = append(m.Content, 0, 0)
				return m
			}), payload},
		{"lds-padded-number", "The number of a group with a zero before it.", listed(func(l *LDS) {
			l.Entries = func(list []Entry) []Entry {
				list[0].Number = der.IntBytes(0, 1)
				return list
			}
		}), payload},
	}
}
