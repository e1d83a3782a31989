package der

// A writer writes in DER what a meter has measured and found sound.
type writer struct {
	data  []byte
	sizes []int // of the contents of constructed values, in the order in which they begin
	out   []byte
}

// value writes the value that begins at a byte, and says where it ends.
func (w *writer) value(at int) (end int) {
	tag, length, body := w.head(at)
	if !tag.Constructed() {
		w.begin(tag, length)
		w.out = append(w.out, w.data[body:body+length]...)
		return body + length
	}
	size := w.size()
	if tag == pieces {
		w.begin(OctetString, size)
		return w.join(length, body)
	}
	w.begin(tag, size)
	for at = body; !w.ended(length, body, at); {
		at = w.value(at)
	}
	return after(length, at)
}

// join writes the octets of the pieces of a string, without their tags and lengths.
func (w *writer) join(length, body int) (end int) {
	at := body
	for !w.ended(length, body, at) {
		tag, n, inner := w.head(at)
		if tag == pieces {
			w.size()
			at = w.join(n, inner)
			continue
		}
		w.out = append(w.out, w.data[inner:inner+n]...)
		at = inner + n
	}
	return after(length, at)
}

// size is the size of the content of the constructed value that begins next.
func (w *writer) size() int {
	n := w.sizes[0]
	w.sizes = w.sizes[1:]
	return n
}

// ended reports whether the content of a constructed value ends at a byte. A length of -1 is indefinite.
func (w *writer) ended(length, body, at int) bool {
	if length < 0 {
		return w.data[at] == 0 && w.data[at+1] == 0
	}
	return at == body+length
}

// after is where a value ends whose content ends at a byte.
func after(length, at int) int {
	if length < 0 {
		return at + 2 // the end of contents
	}
	return at
}

// head reads a tag and a length that the meter has read before.
func (w *writer) head(at int) (tag Tag, length, body int) {
	tag, n := readTag(w.data[at:])
	b := w.data[at+n:]
	switch {
	case b[0] < 0x80:
		return tag, int(b[0]), at + n + 1
	case b[0] == 0x80:
		return tag, -1, at + n + 1
	}
	k := 1 + int(b[0]&0x7F)
	for _, x := range b[1:k] {
		length = length<<8 | int(x)
	}
	return tag, length, at + n + k
}

// begin writes a tag and a length in the form that DER has.
func (w *writer) begin(tag Tag, length int) {
	for shift := 8 * (tagSize(tag) - 1); shift >= 0; shift -= 8 {
		w.out = append(w.out, byte(tag>>shift))
	}
	if length < 0x80 {
		w.out = append(w.out, byte(length))
		return
	}
	n := lengthSize(length) - 1
	w.out = append(w.out, 0x80|byte(n))
	for shift := 8 * (n - 1); shift >= 0; shift -= 8 {
		w.out = append(w.out, byte(length>>shift))
	}
}

// headSize is how long a tag and a length are in DER.
func headSize(tag Tag, length int) int { return tagSize(tag) + lengthSize(length) }

func tagSize(tag Tag) int {
	n := 1
	for ; tag > 0xFF; tag >>= 8 {
		n++
	}
	return n
}

func lengthSize(length int) int {
	if length < 0x80 {
		return 1
	}
	n := 1
	for ; length > 0; length >>= 8 {
		n++
	}
	return n
}
