package chip

import (
	"strconv"

	"github.com/travelseal/travelseal/internal/mint/der"
)

// groupTags are the tags of the data groups 1 to 16 (ICAO Doc 9303-10 §4.6, table of the tags).
var groupTags = []byte{0x61, 0x75, 0x63, 0x76, 0x65, 0x66, 0x67, 0x68, 0x69, 0x6a, 0x6b, 0x6c, 0x6d, 0x6e, 0x6f, 0x70}

// DGName is the name of a data group's file.
func DGName(number int) string { return "DG" + strconv.Itoa(number) }

// group puts the tag of a data group around its content.
func group(number int, body ...der.Value) []byte {
	return der.Tagged([]byte{groupTags[number-1]}, body...).Encode()
}

// object is a data object of one or two bytes of tag with a content of bytes.
func object(tag uint16, content []byte) der.TLV {
	if tag > 0xff {
		return der.Tagged([]byte{byte(tag >> 8), byte(tag)}, der.Raw(content))
	}
	return der.Tagged([]byte{byte(tag)}, der.Raw(content))
}

func text(tag uint16, s string) der.TLV { return object(tag, []byte(s)) }

// COM is an EF.COM (Doc 9303-10 §4.6.1): the version of the LDS, "0107", that of Unicode, "040000", and the tags of the groups.
func COM(lds, unicode string, groups ...int) []byte {
	var tags []byte
	for _, n := range groups {
		tags = append(tags, groupTags[n-1])
	}
	return der.Tagged([]byte{0x60}, text(0x5f01, lds), text(0x5f36, unicode), object(0x5c, tags)).Encode()
}
