package mint

import (
	"encoding/binary"
	"hash/crc32"
	"math/big"
	"strings"
)

// An ArchiveFile is one file of an archive.
type ArchiveFile struct {
	Name string
	Data []byte
}

// Archive writes a ZIP archive of files compressed with DEFLATE (PKWARE APPNOTE 4.3), without times, so that one content
// always makes one archive.
func Archive(files ...ArchiveFile) []byte {
	le := binary.LittleEndian
	var out, directory []byte
	for _, f := range files {
		stream := Deflate(f.Data)
		common := []byte{20, 0, 0, 0, 8, 0, 0, 0, 0, 0} // version 2.0, no flags, DEFLATE, no time
		common = le.AppendUint32(common, crc32.ChecksumIEEE(f.Data))
		common = le.AppendUint32(common, uint32(len(stream)))
		common = le.AppendUint32(common, uint32(len(f.Data)))
		common = le.AppendUint16(common, uint16(len(f.Name)))
		common = append(common, 0, 0) // no extra field

		directory = append(append(le.AppendUint32(directory, 0x02014b50), 20, 0), common...)
		directory = append(directory, make([]byte, 10)...) // no comment, first disk, no attributes
		directory = append(le.AppendUint32(directory, uint32(len(out))), f.Name...)

		out = append(append(le.AppendUint32(out, 0x04034b50), common...), f.Name...)
		out = append(out, stream...)
	}
	end := le.AppendUint32(nil, 0x06054b50)
	end = append(end, 0, 0, 0, 0, byte(len(files)), 0, byte(len(files)), 0)
	end = le.AppendUint32(end, uint32(len(directory)))
	end = le.AppendUint32(end, uint32(len(out)))
	return append(append(append(out, directory...), end...), 0, 0)
}

// Base58 encodes bytes as base58btc (draft-msporny-base58-03 §3).
func Base58(data []byte) string {
	const alphabet = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"
	n, base, digit := new(big.Int).SetBytes(data), big.NewInt(58), new(big.Int)
	var digits []byte
	for n.Sign() > 0 {
		n.DivMod(n, base, digit)
		digits = append([]byte{alphabet[digit.Int64()]}, digits...)
	}
	zeros := 0
	for zeros < len(data) && data[zeros] == 0 {
		zeros++
	}
	return strings.Repeat("1", zeros) + string(digits)
}
