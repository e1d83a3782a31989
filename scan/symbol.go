package scan

// A Symbol is one code found in a picture.
type Symbol struct {
	Kind string // "qr", "datamatrix", "aztec"
	// Text is Bytes as text, by the charset that the code names in an ECI. Without one it is UTF-8 where the bytes are
	// valid UTF-8 and ISO 8859-1 where they are not. It is for people and logs; formats read Bytes.
	Text string
	// Bytes is the payload: byte segments as they stand, digits and alphanumeric characters as ASCII, kanji as the
	// Shift JIS that the code stores. Which segment a byte came from is the one thing that is lost.
	Bytes []byte
	Index int // order within the picture, from 1: by frame, then row by row, left to right
	Frame int // frame of an animation, from 0
	// Points are the four corners of the code, clockwise from the one that is its own top left, in pixels as they are
	// stored: an EXIF orientation is not applied. The third is exact only where the code is not seen at a slant. Those of a
	// code of another kind than QR are the corners of an upright box about it.
	Points []Point
	// Append is set where the code says that it is one of several (ISO/IEC 18004 §8). The parts are not joined.
	Append Append
	// Err is set where a code was found and its errors corrected, but its content breaks ISO/IEC 18004. Text and Bytes
	// are then empty.
	Err error
}

// A Point is a place in a picture in pixels, from the top left.
type Point struct{ X, Y int }

// Append is the structured append header of a code. The zero Append belongs to a code that stands alone.
type Append struct {
	Part, Parts int  // Part counts from 1
	Parity      byte // exclusive or of all bytes of the whole message, the same in every part
}
