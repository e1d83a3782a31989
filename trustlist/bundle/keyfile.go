package bundle

import (
	"bytes"
	"crypto/ed25519"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"filippo.io/age"
	"filippo.io/age/armor"
)

const (
	secretPrefix = "travelseal-ed25519-secret "
	maxKeyFile   = 8 << 10
	// maxWork bounds what a key file may ask of scrypt: 2²⁰ rounds take some seconds and one gigabyte.
	maxWork = 20
	// MinPassphrase is how many bytes a passphrase has at least. Whoever copies a key file can try passphrases at leisure.
	MinPassphrase = 12
)

// A FileKey is a Signer whose key was read from a file.
type FileKey struct{ key ed25519.PrivateKey }

// Public gives the public key.
func (k *FileKey) Public() ed25519.PublicKey { return k.key.Public().(ed25519.PublicKey) }

// Sign gives the signature of a message; it cannot fail.
func (k *FileKey) Sign(message []byte) ([]byte, error) { return ed25519.Sign(k.key, message), nil }

// GenerateKey makes a key and writes it, encrypted under a passphrase (age, scrypt), to a new file that only its owner may
// read, and the public key beside it as NAME.pub. Neither file may exist. Work is the logarithm of the cost of one guess; 0
// means age's own choice.
func GenerateKey(name string, passphrase []byte, random io.Reader, work int) (ed25519.PublicKey, error) {
	if len(passphrase) < MinPassphrase {
		return nil, refuse(Form, "key", "", fmt.Sprintf("at least %d bytes", MinPassphrase), "the passphrase is too short")
	}
	public, private, err := ed25519.GenerateKey(random)
	if err != nil {
		return nil, wrap(Form, "key", "", err)
	}
	sealed, err := sealKey(private, passphrase, work)
	if err != nil {
		return nil, wrap(Form, "key", "", err)
	}
	// The key first: a .pub that stands alone would be named in a root, and nobody could sign for it.
	for _, f := range []struct {
		name string
		data []byte
		mode os.FileMode
	}{{name, sealed, 0o600}, {name + ".pub", MarshalPublic(public), 0o644}} {
		if err := writeNew(f.name, f.data, f.mode); err != nil {
			return nil, wrap(Form, "key", filepath.Base(f.name), err)
		}
	}
	return public, nil
}

// sealKey encrypts the seed of a key.
func sealKey(key ed25519.PrivateKey, passphrase []byte, work int) ([]byte, error) {
	to, err := age.NewScryptRecipient(string(passphrase))
	if err != nil {
		return nil, err
	}
	if work > 0 {
		to.SetWorkFactor(min(work, maxWork))
	}
	var out bytes.Buffer
	text := armor.NewWriter(&out)
	w, err := age.Encrypt(text, to)
	if err != nil {
		return nil, err
	}
	if _, err := io.WriteString(w, secretPrefix+hex.EncodeToString(key.Seed())+"\n"); err != nil {
		return nil, err
	}
	if err := errors.Join(w.Close(), text.Close()); err != nil {
		return nil, err
	}
	return out.Bytes(), nil
}

// ReadKey opens a key file. Errors say nothing of its content.
func ReadKey(name string, passphrase []byte) (*FileKey, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, wrap(Form, "key", filepath.Base(name), err)
	}
	defer f.Close()
	sealed, err := io.ReadAll(io.LimitReader(f, maxKeyFile+1))
	if err != nil {
		return nil, wrap(Form, "key", filepath.Base(name), err)
	}
	if len(sealed) > maxKeyFile {
		return nil, refuse(Limit, "key", filepath.Base(name), fmt.Sprintf("at most %d bytes", maxKeyFile), "too large for a key")
	}
	key, err := openKey(sealed, passphrase)
	if err != nil {
		return nil, wrap(Form, "key", filepath.Base(name), err)
	}
	return key, nil
}

func openKey(sealed, passphrase []byte) (*FileKey, error) {
	from, err := age.NewScryptIdentity(string(passphrase))
	if err != nil {
		return nil, errors.New("the passphrase is empty")
	}
	from.SetMaxWorkFactor(maxWork)
	r, err := age.Decrypt(armor.NewReader(bytes.NewReader(sealed)), from)
	if err != nil {
		var wrong *age.NoIdentityMatchError
		if errors.As(err, &wrong) {
			return nil, errors.New("the passphrase does not open it")
		}
		return nil, errors.New("not a key that \"trust key\" has made")
	}
	plain, err := io.ReadAll(io.LimitReader(r, maxKeyFile))
	if err != nil {
		return nil, errors.New("the file is damaged")
	}
	text, ok := strings.CutPrefix(strings.TrimSuffix(string(plain), "\n"), secretPrefix)
	if !ok || !isHex(text, ed25519.SeedSize) {
		return nil, errors.New("it holds no key for trust bundles")
	}
	seed, err := hex.DecodeString(text)
	if err != nil {
		return nil, err
	}
	return &FileKey{ed25519.NewKeyFromSeed(seed)}, nil
}
