package der

// InBits reads a BIT STRING whose whole octets must be one value with the tag and nothing else, as an RSA key stands in
// its SubjectPublicKeyInfo (RFC 3279 §2.3.1).
func (v Value) InBits(tag Tag, what string) (Value, error) {
	octets, err := v.Octets(what)
	if err != nil {
		return Value{}, err
	}
	r := Reader{data: octets, base: v.Offset + len(v.Raw) - len(octets)}
	in, err := r.Read(tag, what)
	if err != nil {
		return Value{}, err
	}
	return in, r.End(what)
}
