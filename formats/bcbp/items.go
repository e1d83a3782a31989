package bcbp

// An item is one element of data of Resolution 792, by its name there, and how many characters it takes.
type item struct {
	name string
	size int
	// rule says what is wrong with a text in its place, or ""; nil takes every text.
	rule func(text string) string
}

// The items in which more than their own text is of interest.
var (
	passengerName  = item{"passenger_name", 20, nameRule}
	carrier        = item{"operating_carrier", 3, designatorRule}
	flight         = item{"flight_number", 5, flightRule}
	from           = item{"from_airport", 3, airportRule}
	to             = item{"to_airport", 3, airportRule}
	issuingCarrier = item{"issuing_carrier", 3, designatorRule}
	fieldSize      = item{name: "size of the variable field", size: 2}
	uniqueSize     = item{name: "size of the conditional items of the pass", size: 2}
	repeatedSize   = item{name: "size of the conditional items of the leg", size: 2}
	versionNumber  = item{"version", 1, versionRule}
)

// The names of what is no item of the tables.
const (
	airlineUse      = "airline_use"
	beyondTheTables = "further_items"
)

// legItems are the mandatory items of each leg (Resolution 792, Attachment A, "mandatory items, repeated").
var legItems = []item{
	{"booking_reference", 7, alphanumericRule},
	from,
	to,
	carrier,
	flight,
	{"day_of_year", 3, dayRule},
	{"compartment", 1, alphanumericRule},
	{"seat", 4, alphanumericRule},
	{"sequence_number", 5, alphanumericRule},
	{"passenger_status", 1, alphanumericRule},
}

// uniqueItems are the conditional items that stand once, with the first leg. A pass may end them after any of them.
var uniqueItems = []item{
	{"passenger_description", 1, alphanumericRule},
	{"source_of_check_in", 1, alphanumericRule},
	{"source_of_issue", 1, alphanumericRule},
	{"day_of_issue", 4, issueRule},
	{"document_type", 1, alphanumericRule},
	issuingCarrier,
	{"baggage_tag", 13, alphanumericRule},
	{"baggage_tag_2", 13, alphanumericRule},
	{"baggage_tag_3", 13, alphanumericRule},
}

// repeatedItems are the conditional items of each leg, which may end after any of them. Fast track is there since version 5.
var repeatedItems = []item{
	{"airline_numeric_code", 3, alphanumericRule},
	{"document_number", 10, alphanumericRule},
	{"selectee", 1, alphanumericRule},
	{"document_verification", 1, alphanumericRule},
	{"marketing_carrier", 3, designatorRule},
	{"frequent_flyer_airline", 3, designatorRule},
	{"frequent_flyer_number", 16, alphanumericRule},
	{"id_ad_indicator", 1, alphanumericRule},
	{"baggage_allowance", 3, alphanumericRule},
	{"fast_track", 1, alphanumericRule},
}
