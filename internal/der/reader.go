package der

// maxTag is how many identifier octets a tag may have: a chip's files use three at most.
const maxTag = 3

// A Reader walks over the values of one level. The zero Reader has nothing to read. Copying a Reader gives a second
// one at the same place.
type Reader struct {
	data []byte
	at   int // the next byte of data
	base int // where data begins in what was given to New
}

// A Value is one value: its tag and its content. It points into the bytes that it was read from.
type Value struct {
	Tag     Tag
	Content []byte
	Raw     []byte // identifier, length and content
	Offset  int    // where Raw begins in what was given to New
}

// New reads from the beginning of data.
func New(data []byte) Reader { return Reader{data: data} }

// Reader walks over what stands in a value.
func (v Value) Reader() Reader {
	return Reader{data: v.Content, base: v.Offset + len(v.Raw) - len(v.Content)}
}

// Empty reports whether everything has been read.
func (r *Reader) Empty() bool { return r.at >= len(r.data) }

// Offset is where the next value begins in what was given to [New].
func (r *Reader) Offset() int { return r.base + r.at }

// Rest is what has not been read yet.
func (r *Reader) Rest() []byte { return r.data[r.at:] }

// Peek is the tag of the next value, or 0 where there is none that can be read.
func (r *Reader) Peek() Tag {
	t, _ := readTag(r.data[r.at:])
	return t
}

// Next reads a value of any tag. What names it in errors.
func (r *Reader) Next(what string) (Value, error) {
	rest := r.data[r.at:]
	if len(rest) == 0 {
		return Value{}, r.fail(what, ErrTruncated)
	}
	tag, n := readTag(rest)
	if n == 0 {
		return Value{}, r.fail(what, ErrTag)
	}
	length, m, err := readLength(rest[n:])
	if err != nil {
		return Value{}, r.fail(what, err)
	}
	head := n + m
	if length > len(rest)-head {
		return Value{}, r.fail(what, ErrTruncated)
	}
	v := Value{Tag: tag, Content: rest[head : head+length : head+length], Raw: rest[: head+length : head+length], Offset: r.Offset()}
	r.at += head + length
	return v, nil
}

// Read reads a value that must have the tag.
func (r *Reader) Read(tag Tag, what string) (Value, error) {
	if r.Empty() {
		return Value{}, r.fail(what, ErrTruncated)
	}
	if r.Peek() != tag {
		return Value{}, r.fail(what, ErrTag)
	}
	return r.Next(what)
}

// Optional reads a value if the next one has the tag.
func (r *Reader) Optional(tag Tag, what string) (v Value, found bool, err error) {
	if r.Empty() || r.Peek() != tag {
		return Value{}, false, nil
	}
	v, err = r.Next(what)
	return v, err == nil, err
}

// End demands that nothing follows.
func (r *Reader) End(what string) error {
	if !r.Empty() {
		return r.fail(what, ErrTrailing)
	}
	return nil
}

// Only reads data that is one value with the tag and nothing else.
func Only(data []byte, tag Tag, what string) (Value, error) {
	r := New(data)
	v, err := r.Read(tag, what)
	if err != nil {
		return Value{}, err
	}
	return v, r.End(what)
}

// Inside reads a value whose content must be one value with the tag and nothing else, as EXPLICIT tagging makes it.
func (v Value) Inside(tag Tag, what string) (Value, error) {
	r := v.Reader()
	in, err := r.Read(tag, what)
	if err != nil {
		return Value{}, err
	}
	return in, r.End(what)
}

func (r *Reader) fail(what string, err error) error {
	return &Error{What: what, Offset: r.Offset(), Err: err}
}

// Fail is an error about the value.
func (v Value) Fail(what string, err error) error {
	return &Error{What: what, Offset: v.Offset, Err: err}
}

// readTag reads identifier octets; n is 0 where they are cut off, not minimal or longer than any that is used.
func readTag(b []byte) (tag Tag, n int) {
	if len(b) == 0 {
		return 0, 0
	}
	tag = Tag(b[0])
	if b[0]&0x1F != 0x1F {
		return tag, 1
	}
	for n = 1; n < maxTag && n < len(b); n++ {
		if n == 1 && b[1] == 0x80 {
			return 0, 0 // X.690 §8.1.2.4.2 c: no leading zeros. A chip's 5F01 and 5F0E would fit the short form (Doc 9303-10 §4.7)
		}
		tag = tag<<8 | Tag(b[n])
		if b[n]&0x80 == 0 {
			return tag, n + 1
		}
	}
	return 0, 0
}

// readLength reads a definite length in the shortest form (X.690 §10.1). n is how many bytes it takes.
func readLength(b []byte) (length, n int, err error) {
	if len(b) == 0 {
		return 0, 0, ErrTruncated
	}
	if b[0] < 0x80 {
		return int(b[0]), 1, nil
	}
	count := int(b[0] & 0x7F)
	if count == 0 || count > 4 {
		return 0, 0, ErrLength // indefinite, or longer than anything here
	}
	if len(b) < 1+count {
		return 0, 0, ErrTruncated
	}
	var v uint64
	for _, x := range b[1 : 1+count] {
		v = v<<8 | uint64(x)
	}
	if v < 0x80 || v>>(8*(count-1)) == 0 {
		return 0, 0, ErrLength
	}
	if v > 1<<31-1 {
		return 0, 0, ErrTruncated
	}
	return int(v), 1 + count, nil
}
