package formats

// An Input is everything that was read from one document: the payload of one barcode, the text of one file, or the
// files of one chip. Several documents of one traveller are several Inputs.
type Input struct {
	// Source says where the bytes came from ("picture.png#1"). It is shown in reports and never interpreted.
	Source string
	Files  []File
	// Err is set where the bytes could not even be read to a payload: a picture without a code, a file over the limit. The
	// Input then stands in the report with this reason, so that one unreadable file never hides the others.
	Err *Error
}

// A File is one named piece of an Input. Name is "" for a lone barcode or text, and the specification's own name for
// the files of a chip: "EF.SOD", "DG1". Names within one Input are unique; Set.Decode refuses repeated ones.
type File struct {
	Name string
	Data []byte
}

// Text makes the Input of one barcode or text file.
func Text(s string) Input { return Bytes([]byte(s)) }

// Bytes makes the Input of one barcode with binary content. The bytes are not copied: a Document decoded from the
// Input points into them and must not outlive them.
func Bytes(b []byte) Input { return Input{Files: []File{{Data: b}}} }

// Lone gives the bytes of an Input that is a single unnamed file, as barcodes are.
func (in Input) Lone() ([]byte, bool) {
	if len(in.Files) != 1 || in.Files[0].Name != "" {
		return nil, false
	}
	return in.Files[0].Data, true
}

// Size is the number of bytes in all files.
func (in Input) Size() int {
	n := 0
	for _, f := range in.Files {
		n += len(f.Data)
	}
	return n
}

// repeatedName gives a name that two files share.
func (in Input) repeatedName() (string, bool) {
	for i, f := range in.Files {
		for _, g := range in.Files[:i] {
			if f.Name == g.Name {
				return f.Name, true
			}
		}
	}
	return "", false
}
