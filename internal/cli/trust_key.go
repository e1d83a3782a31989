package cli

import (
	"crypto/rand"
	"fmt"

	"github.com/spf13/cobra"

	"github.com/travelseal/travelseal/trustlist/bundle"
)

func (a *app) trustKeyCommand() *cobra.Command {
	var p passphrase
	c := &cobra.Command{
		Use:   "key FILE",
		Short: "Make a key that signs bundles",
		Long: `key makes an Ed25519 key in a new file, encrypted under a passphrase (age, scrypt) and readable by its owner alone, and
the public key beside it as FILE.pub. Make each offline key on the machine of the person who keeps it, and carry only
the .pub files together.`,
		Example: "  travelseal trust key anna.key",
		Args:    cobra.ExactArgs(1),
		RunE: func(_ *cobra.Command, args []string) error {
			secret, err := p.get(a, "the new key", true)
			if err != nil {
				return err
			}
			public, err := bundle.GenerateKey(args[0], secret, rand.Reader, a.work)
			if err != nil {
				return err
			}
			id, err := bundle.KeyID(public)
			if err != nil {
				return err
			}
			fmt.Fprintf(a.stdout, "key %s\n  private, encrypted: %s\n  public:             %s.pub\n", id, escape(args[0]), escape(args[0]))
			return nil
		},
	}
	p.flags(c.Flags())
	return c
}
