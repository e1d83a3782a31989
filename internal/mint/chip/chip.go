package chip

import (
	"crypto"
	"maps"
	"slices"

	"github.com/travelseal/travelseal/internal/mint"
	"github.com/travelseal/travelseal/internal/mint/der"
	"github.com/travelseal/travelseal/internal/mint/pki"
)

// A Chip is what an issuer seals, and what a forger changes after that.
type Chip struct {
	// Groups are the files of the data groups, by number. The seal names them all, unless LDS.Entries changes that.
	Groups map[int][]byte
	LDS    LDS
	Signer *pki.Credential

	message []func(pki.Message) pki.Message
	after   []func(map[string][]byte)
}

// Of is a passport or card with the least that Doc 9303-10 §3 demands: a zone and a face.
func Of(zone string, portrait string, signer *pki.Credential) Chip {
	return Chip{
		Groups: map[int][]byte{1: DG1(zone), 2: Face(portrait)},
		LDS:    LDS{Hash: crypto.SHA256},
		Signer: signer,
	}
}

// With adds data groups or replaces them, before the seal.
func (c Chip) With(number int, content []byte) Chip {
	c.Groups = maps.Clone(c.Groups)
	c.Groups[number] = content
	return c
}

// ResignedBy gives the chip another signer.
func (c Chip) ResignedBy(signer *pki.Credential) Chip {
	c.Signer = signer
	return c
}

// Listed gives the chip after a function has worked on its security object.
func (c Chip) Listed(change func(*LDS)) Chip {
	change(&c.LDS)
	return c
}

// Hashed sets the hash of the data groups and of the message.
func (c Chip) Hashed(h crypto.Hash) Chip {
	c.LDS.Hash = h
	return c.Sealed(func(m pki.Message) pki.Message { return m.WithDigest(h) })
}

// Sealed gives the chip after a function has worked on its message, before it is signed.
func (c Chip) Sealed(change func(pki.Message) pki.Message) Chip {
	c.message = append(slices.Clone(c.message), change)
	return c
}

// Signing gives the chip after a function has worked on the SignerInfo, before it signs.
func (c Chip) Signing(change func(*pki.SignerInfo)) Chip {
	return c.Sealed(func(m pki.Message) pki.Message { return m.Signer(change) })
}

// After gives the chip after a function has worked on its files.
func (c Chip) After(change func(files map[string][]byte)) Chip {
	c.after = append(slices.Clone(c.after), change)
	return c
}

// WithoutDG takes a file away.
func (c Chip) WithoutDG(number int) Chip { return c.WithoutFile(DGName(number)) }

// WithoutFile takes a file away.
func (c Chip) WithoutFile(name string) Chip {
	return c.After(func(files map[string][]byte) { delete(files, name) })
}

// Put replaces a data group after the seal.
func (c Chip) Put(number int, content []byte) Chip { return c.PutFile(DGName(number), content) }

// Inject adds a data group that the seal does not name.
func (c Chip) Inject(number int, content []byte) Chip { return c.Put(number, content) }

// PutFile adds or replaces a file after the seal.
func (c Chip) PutFile(name string, content []byte) Chip {
	return c.After(func(files map[string][]byte) { files[name] = content })
}

// Renamed gives a file another name.
func (c Chip) Renamed(from, to string) Chip {
	return c.After(func(files map[string][]byte) {
		files[to] = files[from]
		delete(files, from)
	})
}

// FlipDG turns one bit of a data group round; bit 0 is the highest of the first byte.
func (c Chip) FlipDG(number, bit int) Chip { return c.FlipFile(DGName(number), bit) }

// FlipFile turns one bit of a file round.
func (c Chip) FlipFile(name string, bit int) Chip {
	return c.After(func(files map[string][]byte) { files[name] = mint.FlipBit(files[name], bit) })
}

// SOD works on the bytes of the EF.SOD.
func (c Chip) SOD(change func([]byte) []byte) Chip {
	return c.After(func(files map[string][]byte) { files["EF.SOD"] = change(files["EF.SOD"]) })
}

// Unwrapped leaves the tag 0x77 out, so that the file is the bare message.
func (c Chip) Unwrapped() Chip {
	return c.After(func(files map[string][]byte) { files["EF.SOD"] = c.Message().Encode() })
}

// Message is the message of the EF.SOD (Doc 9303-10 §4.6.2.2).
func (c Chip) Message() pki.Message {
	m := pki.Seal(pki.OIDLDSSecurityObject, c.LDS.Encode(c.Groups), c.Signer)
	for _, change := range c.message {
		m = change(m)
	}
	return m
}

// Files gives the files of the chip by their names: "EF.SOD", "EF.COM", "DG1", …
func (c Chip) Files() map[string][]byte {
	numbers := slices.Sorted(maps.Keys(c.Groups))
	files := map[string][]byte{
		"EF.SOD": der.Application(23, der.Raw(c.Message().Encode())).Encode(),
		"EF.COM": COM("0107", "040000", numbers...),
	}
	if len(c.LDS.Info) == 2 {
		files["EF.COM"] = COM(c.LDS.Info[0], c.LDS.Info[1], numbers...)
	}
	for _, n := range numbers {
		files[DGName(n)] = c.Groups[n]
	}
	for _, change := range c.after {
		change(files)
	}
	return files
}
