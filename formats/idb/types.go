package idb

// germanTypes are Germany's kinds of documents, from 1 on.
var germanTypes = []string{
	"substitute identity document",
	"substitute passport",
	"emergency travel document",
	"temporary identity card",
	"temporary official passport",
	"temporary passport",
	"temporary diplomatic passport",
	"temporary travel document for refugees",
	"temporary travel document for stateless persons",
	"temporary travel document for foreigners",
	"permission to remain pending the decision on asylum",
	"temporary suspension of deportation",
	"arrival attestation",
	"provisional residence document",
	"temporary identity document",
	"certificate of permanent residence",
	"permit for frontier workers",
	"supplementary sheet of a residence permit",
}

func germanType(c *content, name string, value []byte) {
	if len(value) != 1 || value[0] == 0 || int(value[0]) > len(germanTypes) {
		c.breach(name, c.unknown())
		octets(c, name, value)
		return
	}
	c.add(name, germanTypes[value[0]-1])
}
