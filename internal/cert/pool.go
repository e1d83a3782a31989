package cert

// A Pool is a set of trusted CA certificates, as a master list or a relying party's own choice gives it. It is not changed
// after it was made and may be used from several goroutines. The zero Pool trusts nobody.
type Pool struct {
	byKeyID, byName map[string][]pooled
	all             map[string]*Certificate // by what they are, byte for byte
}

// A pooled is a certificate of a pool with the key of its subject's name, which takes long to make.
type pooled struct {
	*Certificate
	name string
}

// NewPool makes a pool. It takes whatever it is given: who puts a certificate here says that it is a CA's. Whether one may
// issue is asked where it would have to ([Pool.Path]), so that a list can be loaded that has a useless certificate among
// good ones.
func NewPool(cas []*Certificate) *Pool {
	p := &Pool{
		byKeyID: make(map[string][]pooled, len(cas)), byName: make(map[string][]pooled, len(cas)),
		all: make(map[string]*Certificate, len(cas)),
	}
	for _, c := range cas {
		if c == nil || p.all[string(c.Raw)] != nil {
			continue
		}
		p.all[string(c.Raw)] = c
		e := pooled{c, c.Subject.key()}
		if len(c.SubjectKeyID) > 0 {
			p.byKeyID[string(c.SubjectKeyID)] = append(p.byKeyID[string(c.SubjectKeyID)], e)
		}
		if e.name != "" {
			p.byName[e.name] = append(p.byName[e.name], e)
		}
	}
	return p
}

// Len is how many certificates the pool has.
func (p *Pool) Len() int { return len(p.all) }

// Has reports whether exactly this certificate is in the pool.
func (p *Pool) Has(c *Certificate) bool { return p.all[string(c.Raw)] != nil }

// issuers gives the candidates for the issuer of c: first those that both its key identifier and its name point to, then
// those of the key identifier, then those of the name. A key identifier is a hint and no proof (RFC 5280 §4.2.1.1), and
// after a change of name it is all there is.
func (p *Pool) issuers(c *Certificate) []*Certificate {
	name := c.Issuer.key()
	var both, rest []*Certificate
	if len(c.AuthorityKeyID) > 0 {
		for _, ca := range p.byKeyID[string(c.AuthorityKeyID)] {
			if name != "" && ca.name == name {
				both = append(both, ca.Certificate)
			} else {
				rest = append(rest, ca.Certificate)
			}
		}
	}
	if name == "" {
		return rest
	}
	for _, ca := range p.byName[name] {
		if len(c.AuthorityKeyID) == 0 || string(ca.SubjectKeyID) != string(c.AuthorityKeyID) {
			rest = append(rest, ca.Certificate)
		}
	}
	return append(both, rest...)
}
