package zip_test

import (
	stdzip "archive/zip"
	"bytes"
	"encoding/binary"
	"errors"
	"io"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/travelseal/travelseal/internal/strict/zip"
)

// archive has the standard library write files in turns of name and content. DEFLATE puts the sizes behind the data.
func archive(t testing.TB, method uint16, files ...string) []byte {
	t.Helper()
	var b bytes.Buffer
	w := stdzip.NewWriter(&b)
	for i := 0; i < len(files); i += 2 {
		f, err := w.CreateHeader(&stdzip.FileHeader{Name: files[i], Method: method})
		if err != nil {
			t.Fatal(err)
		}
		if _, err := io.WriteString(f, files[i+1]); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// plain is an archive of one stored file without sizes behind it, written by hand: header, "hi", directory, end.
func plain() []byte {
	le := binary.LittleEndian
	common := []byte{20, 0, 0, 0, 0, 0, 0x21, 0x43, 0x65, 0x53, 0xac, 0x2a, 0x93, 0xd8, 2, 0, 0, 0, 2, 0, 0, 0}
	b := le.AppendUint32(nil, 0x04034b50)
	b = append(append(b, common...), 1, 0, 0, 0, 'a', 'h', 'i')
	at := len(b)
	b = le.AppendUint32(b, 0x02014b50)
	b = append(append(append(b, 20, 3), common...), 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xa4, 0x81, 0, 0, 0, 0, 'a')
	size := len(b) - at
	b = le.AppendUint32(b, 0x06054b50)
	b = append(b, 0, 0, 0, 0, 1, 0, 1, 0)
	b = le.AppendUint32(b, uint32(size))
	b = le.AppendUint32(b, uint32(at))
	return append(b, 0, 0)
}

// The places in plain.
const (
	localAt     = 0
	dataAt      = 31
	directoryAt = 33
	endAt       = directoryAt + 47
)

func read(b []byte, max, limit int) (string, error) {
	files, err := zip.Parse(b, max)
	if err != nil {
		return "", err
	}
	var s strings.Builder
	for _, f := range files {
		data, err := f.Data(limit)
		if err != nil {
			return "", err
		}
		s.WriteString(f.Name + "=" + string(data) + ";")
	}
	return s.String(), nil
}

func TestSoundArchivesAreRead(t *testing.T) {
	long := strings.Repeat("a certificate ", 500)
	for name, c := range map[string]struct {
		b    []byte
		want string
	}{
		"by hand":       {plain(), "a=hi;"},
		"deflated":      {archive(t, stdzip.Deflate, "certificate.json", long), "certificate.json=" + long + ";"},
		"stored":        {archive(t, stdzip.Store, "certificate.json", long), "certificate.json=" + long + ";"},
		"several":       {archive(t, stdzip.Deflate, "a", "1", "b", "", "é", long), "a=1;b=;é=" + long + ";"},
		"an empty file": {archive(t, stdzip.Store, "a", ""), "a=;"},
		"with a time":   {timed(t), "a=hi;"},
	} {
		if got, err := read(c.b, 3, 1<<16); err != nil || got != c.want {
			t.Errorf("%s: %q, %v", name, got, err)
		}
	}
}

// timed is an archive with an extra field, a time of day and a file's mode.
func timed(t *testing.T) []byte {
	var b bytes.Buffer
	w := stdzip.NewWriter(&b)
	h := &stdzip.FileHeader{Name: "a", Method: stdzip.Deflate, Modified: time.Date(2021, 4, 5, 6, 7, 8, 0, time.UTC)}
	h.SetMode(0o644)
	f, err := w.CreateHeader(h)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := io.WriteString(f, "hi"); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// set gives plain with other bytes at a place.
func set(at int, with ...byte) []byte {
	b := plain()
	copy(b[at:], with)
	return b
}

// both sets the same bytes in the header and in the directory, where the header's fields stand two bytes further on.
func both(field int, with ...byte) []byte {
	b := set(localAt+field, with...)
	copy(b[directoryAt+field+2:], with)
	return b
}

func TestEveryDepartureIsRefused(t *testing.T) {
	deflate := archive(t, stdzip.Deflate, "a", "hello, hello, hello")
	two := archive(t, stdzip.Store, "a", "1", "b", "2")
	repeated := bytes.ReplaceAll(two, []byte("b"), []byte("a"))
	inserted := func(at int) []byte { return slices.Insert(plain(), at, 0) }
	longer := plain() // a gap between the file and the directory that the end knows of
	longer = slices.Insert(longer, directoryAt, 0)
	longer[len(longer)-6]++
	for name, c := range map[string]struct {
		b   []byte
		err error
	}{
		"nothing":                  {nil, zip.ErrTruncated},
		"half":                     {plain()[:40], zip.ErrTruncated},
		"the last byte missing":    {plain()[:len(plain())-1], zip.ErrTruncated},
		"an empty archive":         {plain()[endAt:], zip.ErrCorrupt},
		"a byte behind it":         {append(plain(), 0), zip.ErrTrailing},
		"a second archive":         {append(plain(), plain()...), zip.ErrCorrupt},
		"a comment":                {append(set(endAt+20, 1), 'x'), zip.ErrTrailing},
		"a comment cut off":        {set(endAt+20, 1), zip.ErrTruncated},
		"a byte in front":          {inserted(0), zip.ErrCorrupt},
		"a byte in a file":         {inserted(dataAt), zip.ErrCorrupt},
		"a byte before the list":   {inserted(directoryAt), zip.ErrCorrupt},
		"a byte behind the list":   {inserted(endAt), zip.ErrCorrupt},
		"a gap that is known":      {longer, zip.ErrCorrupt},
		"another start":            {set(0, 'X'), zip.ErrCorrupt},
		"no file":                  {set(endAt+8, 0, 0, 0, 0), zip.ErrCorrupt},
		"two files announced":      {set(endAt+8, 2, 0, 2, 0), zip.ErrCorrupt},
		"too many files":           {set(endAt+8, 4, 0, 4, 0), zip.ErrLimit},
		"ten million files":        {set(endAt+8, 0xFE, 0xFF, 0xFE, 0xFF), zip.ErrLimit},
		"ZIP64 in the count":       {set(endAt+8, 0xFF, 0xFF, 0xFF, 0xFF), zip.ErrUnsupported},
		"ZIP64 in the offset":      {set(endAt+16, 0xFF, 0xFF, 0xFF, 0xFF), zip.ErrUnsupported},
		"ZIP64 in a size":          {both(18, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF), zip.ErrUnsupported},
		"ZIP64 in a header's":      {set(directoryAt+42, 0xFF, 0xFF, 0xFF, 0xFF), zip.ErrUnsupported},
		"another disk":             {set(endAt+4, 1), zip.ErrUnsupported},
		"fewer files here":         {set(endAt+10, 2), zip.ErrUnsupported},
		"a file on another disk":   {set(directoryAt+34, 1), zip.ErrUnsupported},
		"the directory elsewhere":  {set(endAt+16, 0), zip.ErrCorrupt},
		"encrypted":                {both(6, 1), zip.ErrUnsupported},
		"strongly encrypted":       {both(6, 1<<6), zip.ErrUnsupported},
		"bzip2":                    {both(8, 12), zip.ErrUnsupported},
		"stored in two lengths":    {both(22, 3), zip.ErrCorrupt},
		"a name with a slash":      {bytes.ReplaceAll(two, []byte("b"), []byte("/")), zip.ErrUnsupported},
		"a name with a backslash":  {bytes.ReplaceAll(two, []byte("b"), []byte("\\")), zip.ErrUnsupported},
		"a name out of the folder": {archive(t, stdzip.Store, "../a", "1"), zip.ErrUnsupported},
		"a folder":                 {archive(t, stdzip.Store, "a/", ""), zip.ErrUnsupported},
		"a name that is no UTF-8":  {bytes.ReplaceAll(two, []byte("b"), []byte{0xFF}), zip.ErrUnsupported},
		"no name":                  {archive(t, stdzip.Store, "", "1"), zip.ErrUnsupported},
		"two files of one name":    {repeated, zip.ErrCorrupt},
		"another name in front":    {set(localAt+30, 'b'), zip.ErrCorrupt},
		"another method in front":  {set(localAt+8, 8), zip.ErrCorrupt},
		"another time in front":    {set(localAt+10, 0), zip.ErrCorrupt},
		"other flags in front":     {set(localAt+6, 2), zip.ErrCorrupt},
		"another sum in front":     {set(localAt+14, 0), zip.ErrCorrupt},
		"another size in front":    {set(localAt+18, 1), zip.ErrCorrupt},
		"no sizes in front":        {set(localAt+14, make([]byte, 12)...), zip.ErrCorrupt},
		"an extra field too long":  {set(localAt+28, 200), zip.ErrCorrupt},
		"a name too long":          {set(directoryAt+28, 200), zip.ErrCorrupt},
		"a longer extra field":     {set(directoryAt+30, 1), zip.ErrCorrupt},
		"overlapping files":        {set(directoryAt+42, 1), zip.ErrCorrupt},
		"a size beyond the list":   {both(18, 9, 0, 0, 0, 9), zip.ErrCorrupt},
		"not an entry":             {set(directoryAt, 'X'), zip.ErrCorrupt},
		"not a header":             {set(localAt+1, 'X'), zip.ErrCorrupt},
		"another content":          {set(dataAt, 'H'), zip.ErrChecksum},
		"another sum":              {both(14, 0), zip.ErrChecksum},
		"another size behind":      {changed(deflate, []byte("PK\x07\x08"), 8), zip.ErrCorrupt},
		"another sum behind":       {changed(deflate, []byte("PK\x07\x08"), 4), zip.ErrCorrupt},
	} {
		got, err := read(c.b, 3, 100)
		var e *zip.Error
		if !errors.Is(err, c.err) || !errors.As(err, &e) || e.Offset < 0 || e.Offset > len(c.b) || e.Bare() == "" || got != "" {
			t.Errorf("%s: %q, %v; want %v", name, got, err, c.err)
		}
	}
}

// changed flips a bit some bytes behind the beginning of a record.
func changed(b, record []byte, behind int) []byte {
	b = bytes.Clone(b)
	b[bytes.Index(b, record)+behind] ^= 1
	return b
}

func TestAFileExpandsToWhatTheDirectorySays(t *testing.T) {
	zeros := archive(t, stdzip.Deflate, "a", strings.Repeat("\x00", 10_000))
	if _, err := read(zeros, 1, 9_999); !errors.Is(err, zip.ErrLimit) {
		t.Errorf("a byte beyond the limit: %v", err)
	}
	if _, err := read(zeros, 1, 10_000); err != nil {
		t.Errorf("as many as allowed: %v", err)
	}
	size := binary.LittleEndian.AppendUint32(nil, 10_000)
	for _, other := range []uint32{0, 1, 9_999, 10_001, 1 << 20} {
		lie := bytes.ReplaceAll(zeros, size, binary.LittleEndian.AppendUint32(nil, other))
		if _, err := read(lie, 1, 1<<16); err == nil || other <= 1<<16 && !errors.Is(err, zip.ErrCorrupt) || other > 1<<16 && !errors.Is(err, zip.ErrLimit) {
			t.Errorf("a size of %d for 10,000 bytes: %v", other, err)
		}
	}
	stream := changed(zeros, []byte("PK\x03\x04"), 31) // within the compressed data
	if _, err := read(stream, 1, 1<<16); err == nil {
		t.Error("a broken stream is read")
	}
}

// Every byte matters but those that say nothing about the content: who made the archive, and the file's attributes.
func TestEveryByteMattersOrSaysNothing(t *testing.T) {
	idle := map[int]bool{directoryAt + 4: true, directoryAt + 5: true}
	for i := 36; i < 42; i++ {
		idle[directoryAt+i] = true
	}
	for i := range plain() {
		for bit := range 8 {
			_, err := read(set(i, plain()[i]^1<<bit), 3, 100)
			if (err == nil) != idle[i] {
				t.Errorf("byte %d, bit %d: %v", i, bit, err)
			}
		}
	}
}

func FuzzParse(f *testing.F) {
	f.Add(plain())
	f.Add(archive(f, stdzip.Deflate, "certificate.json", "{}"))
	f.Add(archive(f, stdzip.Store, "a", "1", "b", ""))
	f.Add(archive(f, stdzip.Deflate))
	f.Fuzz(func(t *testing.T, b []byte) {
		got, err := read(b, 8, 1<<16)
		if err != nil {
			var e *zip.Error
			if !errors.As(err, &e) || e.Offset < 0 || e.Offset > len(b) {
				t.Fatalf("%v", err)
			}
			return
		}
		// What is read here, the standard library reads in the same way.
		r, err := stdzip.NewReader(bytes.NewReader(b), int64(len(b)))
		if err != nil {
			t.Fatal(err)
		}
		want := ""
		for _, file := range r.File {
			rc, err := file.Open()
			if err != nil {
				t.Fatal(err)
			}
			data, err := io.ReadAll(rc)
			if err != nil {
				t.Fatal(err)
			}
			want += file.Name + "=" + string(data) + ";"
		}
		if got != want {
			t.Errorf("%q, the standard library reads %q", got, want)
		}
	})
}
