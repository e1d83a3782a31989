package scan

import "bytes"

// A signature is the first bytes of a kind of file; '?' stands for any byte.
type signature struct{ magic, media string }

// signatures are matched at offset 0 only. A file that is several things at once is what its first bytes say, so that
// every reader of this project takes it for the same thing.
var signatures = []signature{
	{"\x89PNG\r\n\x1a\n", "image/png"},
	{"\xff\xd8\xff", "image/jpeg"},
	{"GIF87a", "image/gif"},
	{"GIF89a", "image/gif"},
	{"RIFF????WEBP", "image/webp"},
	{"II*\x00", "image/tiff"},
	{"MM\x00*", "image/tiff"},
	{"BM????\x00\x00\x00\x00", "image/bmp"},
	{"\x00\x00\x00\x0cjP  \r\n\x87\n", "image/jp2"},
	{"\xff\x4f\xff\x51", "image/jp2"},
	{"\x00\x00\x00\x0cJXL \r\n\x87\n", "image/jxl"},
	{"\xff\x0a", "image/jxl"},
	{"%PDF-", "application/pdf"},
	{"PK\x03\x04", "application/zip"},
	{"PK\x05\x06", "application/zip"},
	{"\x1f\x8b\x08", "application/gzip"},
}

// brands are the major brands of ISO/IEC 14496-12 files that hold still pictures.
var brands = map[string]string{
	"heic": "image/heic", "heix": "image/heic", "heim": "image/heic", "heis": "image/heic",
	"hevc": "image/heic", "hevx": "image/heic", "mif1": "image/heic", "msf1": "image/heic",
	"avif": "image/avif", "avis": "image/avif",
}

// Media tells what a file is by its first bytes only; 512 are enough. It is "" for text and for what is not known.
// It never looks further, so a PNG with a PDF behind it is a PNG.
func Media(head []byte) string {
	for _, s := range signatures {
		if s.matches(head) {
			return s.media
		}
	}
	if len(head) >= 12 && string(head[4:8]) == "ftyp" {
		return brands[string(head[8:12])]
	}
	if isSVG(head) {
		return "image/svg+xml"
	}
	return ""
}

func (s signature) matches(head []byte) bool {
	if len(head) < len(s.magic) {
		return false
	}
	for i := 0; i < len(s.magic); i++ {
		if s.magic[i] != '?' && s.magic[i] != head[i] {
			return false
		}
	}
	return true
}

// isSVG looks for the root element after what XML permits before it.
func isSVG(head []byte) bool {
	head = head[:min(len(head), 512)]
	head = bytes.TrimLeft(bytes.TrimPrefix(head, []byte("\xef\xbb\xbf")), " \t\r\n")
	if bytes.HasPrefix(head, []byte("<?xml")) || bytes.HasPrefix(head, []byte("<!")) {
		return bytes.Contains(head, []byte("<svg"))
	}
	return bytes.HasPrefix(head, []byte("<svg"))
}
