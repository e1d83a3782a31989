package mint

// base45Alphabet is the alphabet of RFC 9285 §4, the same as that of a QR code's alphanumeric mode.
const base45Alphabet = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:"

// Base45 encodes bytes as RFC 9285 §4 says: two bytes in three characters, a last single byte in two, the least
// significant character first.
func Base45(data []byte) string {
	out := make([]byte, 0, (len(data)+1)/2*3)
	for ; len(data) >= 2; data = data[2:] {
		n := int(data[0])<<8 | int(data[1])
		out = append(out, base45Alphabet[n%45], base45Alphabet[n/45%45], base45Alphabet[n/45/45])
	}
	if len(data) == 1 {
		n := int(data[0])
		out = append(out, base45Alphabet[n%45], base45Alphabet[n/45])
	}
	return string(out)
}
