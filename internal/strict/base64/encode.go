package base64

import "encoding/base64"

// Encode gives the one spelling of b in the padded alphabet of RFC 4648 §4.
func Encode(b []byte) string { return base64.StdEncoding.EncodeToString(b) }
