package lds_test

import (
	"bytes"
	"testing"

	"github.com/travelseal/travelseal/internal/der"
	"github.com/travelseal/travelseal/internal/lds"
	mint "github.com/travelseal/travelseal/internal/mint/der"
)

func TestAPortraitIsHandedOnAsItIs(t *testing.T) {
	for media, c := range map[string]struct {
		dataType byte
		picture  []byte
	}{"image/jpeg": {0, jpeg}, "image/jp2": {1, jp2}, "image/x-jp2-codestream": {1, j2k}} {
		for _, points := range []int{0, 3} {
			list, deviations, err := lds.Faces(faces(record(portrait(1, c.dataType, points, c.picture))))
			if err != nil || len(list) != 1 || len(deviations) != 0 {
				t.Fatalf("%s: %+v, %+v, %v", media, list, deviations, err)
			}
			f := list[0]
			if f.Image.MediaType != media || !bytes.Equal(f.Image.Data, c.picture) || f.Standard != "ISO/IEC 19794-5" || f.Kind != 1 {
				t.Errorf("%s: %+v", media, f)
			}
			if f.Width != 413 || f.Height != 531 || f.Image.Width != 413 || f.Image.Height != 531 {
				t.Errorf("%s: %d × %d, and %d × %d in the picture", media, f.Width, f.Height, f.Image.Width, f.Image.Height)
			}
		}
	}
}

func TestSeveralPortraitsKeepTheirOrder(t *testing.T) {
	one := record(portrait(1, 0, 0, jpeg), portrait(2, 1, 1, jp2))
	file := biometrics(0x75, 2, template(raw(0x5F2E, string(one))), template(raw(0x7F2E, string(record(portrait(0, 1, 0, j2k))))))
	list, _, err := lds.Faces(file)
	if err != nil || len(list) != 3 || list[0].Kind != 1 || list[1].Kind != 2 || list[2].Kind != 0 || list[2].Image.MediaType != "image/x-jp2-codestream" {
		t.Errorf("%+v, %v", list, err)
	}
}

func TestAPictureIsWhatItsFirstBytesSay(t *testing.T) {
	for dataType, picture := range map[byte][]byte{0: j2k, 1: jpeg} {
		list, deviations, err := lds.Faces(faces(record(portrait(1, dataType, 0, picture))))
		if err != nil || len(list) != 1 || len(deviations) != 1 || deviations[0].Code != lds.ImageType.Name {
			t.Errorf("%+v, %+v, %v", list, deviations, err)
		}
	}
}

func TestFaceRecordsAreRefusedForAReason(t *testing.T) {
	good := record(portrait(1, 0, 0, jpeg))
	set := func(at int, b ...byte) []byte {
		c := bytes.Clone(good)
		copy(c[at:], b)
		return c
	}
	for name, c := range map[string]struct {
		file  []byte
		cause error
	}{
		"an unknown record":               {faces([]byte("FIR\x00010\x00")), lds.ErrVersion},
		"an empty record":                 {faces(nil), lds.ErrVersion},
		"a header cut off":                {faces(good[:13]), der.ErrTruncated},
		"the edition of 2011":             {faces(set(4, '0', '3', '0', 0)), lds.ErrVersion},
		"a record longer than it says":    {faces(append(bytes.Clone(good), 0)), der.ErrLength},
		"a record shorter than it says":   {faces(good[:len(good)-1]), der.ErrLength},
		"a length of everything":          {faces(set(8, 0xFF, 0xFF, 0xFF, 0xFF)), der.ErrLength},
		"no portraits":                    {faces(record()), lds.ErrEmpty},
		"more portraits announced":        {faces(set(12, 0, 2)), der.ErrTruncated},
		"65535 portraits announced":       {faces(set(12, 0xFF, 0xFF)), der.ErrTruncated},
		"fewer portraits announced":       {faces(set(12, 0, 0)), der.ErrTrailing},
		"a portrait beyond the record":    {faces(set(14, 0, 1, 0, 0)), der.ErrTruncated},
		"a portrait of no length":         {faces(set(14, 0, 0, 0, 0)), der.ErrLength},
		"a portrait too short for itself": {faces(set(14, 0, 0, 0, 31)), der.ErrLength},
		"feature points beyond the end":   {faces(set(18, 0xFF, 0xFF)), der.ErrLength},
		"no picture":                      {faces(record(portrait(1, 0, 0, nil))), lds.ErrImage},
		"a PNG":                           {faces(record(portrait(1, 0, 0, []byte("\x89PNG\r\n\x1a\n")))), lds.ErrImage},
		"17 portraits":                    {faces(record(bytes.Split(bytes.Repeat(append(portrait(1, 0, 0, jpeg), "|cut|"...), 17), []byte("|cut|"))[:17]...)), der.ErrLimit},
	} {
		got, _, err := lds.Faces(c.file)
		refused(t, name, got, err, c.cause, c.file)
	}
}

func TestTemplatesAreRefusedForAReason(t *testing.T) {
	good := template(raw(0x5F2E, string(record(portrait(1, 0, 0, jpeg)))))
	header := tag(0xA1)
	for name, c := range map[string]struct {
		file  []byte
		cause error
	}{
		"no templates":                  {biometrics(0x75, 0), lds.ErrEmpty},
		"another group":                 {biometrics(0x63, 1, good), der.ErrTag},
		"no group template":             {tag(0x75, good).Encode(), der.ErrTag},
		"no number":                     {tag(0x75, tag(0x7F61, good)).Encode(), der.ErrTag},
		"more announced":                {biometrics(0x75, 2, good), der.ErrTruncated},
		"fewer announced":               {biometrics(0x75, 1, good, good), der.ErrTrailing},
		"17 announced":                  {biometrics(0x75, 17, good), der.ErrRange},
		"a negative number":             {biometrics(0x75, -1, good), der.ErrRange},
		"secure messaging":              {biometrics(0x75, 1, tag(0x7F60, tag(0x7D))), der.ErrTag},
		"no header":                     {biometrics(0x75, 1, tag(0x7F60, raw(0x5F2E, ""))), der.ErrTag},
		"no record":                     {biometrics(0x75, 1, tag(0x7F60, header)), der.ErrTruncated},
		"another record":                {biometrics(0x75, 1, tag(0x7F60, header, raw(0x5F2D, ""))), der.ErrTag},
		"two records":                   {biometrics(0x75, 1, tag(0x7F60, header, raw(0x5F2E, ""), raw(0x5F2E, ""))), der.ErrTrailing},
		"a header cut off":              {biometrics(0x75, 1, tag(0x7F60, raw(0xA1, "\x81\x05"), raw(0x5F2E, ""))), der.ErrTruncated},
		"something after the templates": {tag(0x75, tag(0x7F61, mint.Int(1), good), mint.Null()).Encode(), der.ErrTrailing},
		"something after the file":      {append(biometrics(0x75, 1, good), 0), der.ErrTrailing},
	} {
		got, _, err := lds.Faces(c.file)
		refused(t, name, got, err, c.cause, c.file)
	}
}

// The issuer of a holder without fingers fills the group with a random number (Doc 9303-10 §4.7.3).
func TestAGroupMayHaveNoTemplates(t *testing.T) {
	for name, file := range map[string][]byte{"none": biometrics(0x63, 0), "a random number": biometrics(0x63, 0, raw(0x53, "\x01\x02"))} {
		list, err := lds.Templates(3, file)
		if err != nil || len(list) != 0 {
			t.Errorf("%s: %+v, %v", name, list, err)
		}
	}
	list, err := lds.Templates(3, biometrics(0x63, 1, template(raw(0x5F2E, "FIR"))))
	if err != nil || len(list) != 1 || string(list[0].Block.Content) != "FIR" || string(list[0].Type) != "\x02" || string(list[0].Format) != "\x00\x08" ||
		string(list[0].Owner) != "\x01\x01" || string(list[0].Subtype) != "\x00" {
		t.Errorf("%+v, %v", list, err)
	}
}
