package emrtd

import (
	"crypto"
	"errors"

	"github.com/travelseal/travelseal/formats"
	"github.com/travelseal/travelseal/internal/cms"
	"github.com/travelseal/travelseal/internal/der"
	"github.com/travelseal/travelseal/internal/lds"
)

// bareSOD is the first byte of a message without the tag of EF.SOD around it.
const bareSOD = byte(der.Sequence)

// profile is what an EF.SOD demands (Doc 9303-10 §4.6.2.2). SHA-1 is read here, and noted, because genuine passports have
// it; whether it is enough is for a policy.
var profile = cms.Profile{ContentType: der.MustOID("2.23.136.1.1.1"), SHA1: true}

// limits are those of an EF.SOD, and the caller's where these are narrower.
func (r *reading) limits() der.Limits {
	l := cms.SODLimits
	l.Elements = min(l.Elements, r.o.Limits.OrDefault().Items)
	return l
}

// readSOD takes the signed message out of EF.SOD. The tag of the file has a length of DER, as chips write it; where it has
// another, the whole is turned into DER.
func (r *reading) readSOD() error {
	if r.sod == nil {
		return nil
	}
	file := der.New(r.sod.Data)
	first := file.Peek()
	v, err := file.Next("EF.SOD")
	rest := file.Rest()
	if errors.Is(err, der.ErrLength) {
		var whole []byte
		if whole, rest, r.deviations, err = der.Normalize(r.sod.Data, r.limits()); err == nil {
			again := der.New(whole)
			v, err = again.Next("EF.SOD")
		}
	}
	switch {
	case err != nil:
		return r.failDER("EF.SOD", err)
	case len(rest) > 0 && !(isPadding(rest) && r.tolerate(padding.Name, "EF.SOD", afterEnd)):
		return r.fail(formats.CodeTrailing, "EF.SOD", len(r.sod.Data)-len(rest), der.ErrTrailing)
	case first == lds.TagSOD:
		r.message = v.Content
	case first != der.Sequence:
		return r.fail(formats.CodeEnvelope, "EF.SOD", 0, errors.New("it does not begin with its tag"))
	case !r.tolerate(bare.Name, "EF.SOD", "the signed message stands without the tag of the file"):
		return r.fail(formats.CodeEnvelope, "EF.SOD", 0, errors.New("the tag of the file is missing"))
	default:
		r.message = v.Raw
	}
	return nil
}

// afterEnd is what a check says of padding.
const afterEnd = "zeros or FF after its end"

// isPadding reports whether bytes are what is left of a file's space: all zeros, or all FF.
func isPadding(b []byte) bool {
	for _, x := range b {
		if x != b[0] {
			return false
		}
	}
	return len(b) == 0 || b[0] == 0 || b[0] == 0xFF
}

// readMessage takes the signed message apart.
func (r *reading) readMessage() error {
	if r.sod == nil {
		return nil
	}
	sd, err := cms.Parse(r.message, r.limits())
	if err == nil {
		r.seal, r.binding, err = sd.Seal(profile)
	}
	if err != nil {
		if fe := (*formats.Error)(nil); errors.As(err, &fe) {
			fe.Format = r.id
		}
		return err
	}
	r.signed = sd.Signers[0].SigningTime
	for _, d := range append(r.deviations, sd.Deviations...) {
		if err := r.depart(d); err != nil {
			return err
		}
	}
	r.content = sd.Content
	return nil
}

// depart notes how the message departs from its specification, or refuses it where that is not tolerated.
func (r *reading) depart(d der.Deviation) error {
	text := d.Where
	for _, known := range departures {
		if known.code == d.Code {
			text = known.text
		}
	}
	if !r.tolerate(d.Code, "EF.SOD", text) {
		return r.fail(formats.CodeNonCanonical, "EF.SOD, "+d.Where, d.Offset, errors.New(text+" ("+d.Code+")"))
	}
	return nil
}

// readObject reads the security object: the digests of the data groups.
func (r *reading) readObject() error {
	if r.sod == nil {
		return nil
	}
	o, err := lds.ParseSecurityObject(r.content)
	if de := (*der.Error)(nil); errors.As(err, &de) {
		// What the issuer sealed is not cut off by a bad reading: whatever is wrong with it is wrong with the content.
		return r.fail(formats.CodePayload, "security object, "+de.What, de.Offset, de.Err)
	}
	if o.Hash == crypto.SHA1 && !r.tolerate(weakDigests.Name, "EF.SOD", "the digests of the data groups are of SHA-1") {
		return r.fail(formats.CodePayload, "security object", -1, errors.New("its digests are of SHA-1"))
	}
	r.object = o
	return nil
}

// path leads from the signed bytes to the security object, and on to a data group where one is given.
func (r *reading) path(g lds.Group, file []byte) []formats.Binding {
	path := make([]formats.Binding, 0, 2)
	if r.binding.Hash != 0 {
		path = append(path, r.binding)
	}
	if g.Exists() {
		path = append(path, formats.Binding{Hash: r.object.Hash, Digest: r.object.Sum(g), Data: file})
	}
	return path
}

// sealsAs reports whether the security object names the digest of a data group's file.
func (r *reading) sealsAs(g lds.Group, file []byte) bool {
	sum := r.object.Sum(g)
	if sum == nil {
		return false
	}
	h := r.object.Hash.New()
	h.Write(file)
	return string(h.Sum(nil)) == string(sum)
}
