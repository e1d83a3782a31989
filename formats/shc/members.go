package shc

import "github.com/travelseal/travelseal/internal/strict/json"

// members are those members of a resource that any of the types that are read has. One pass over a resource finds them,
// whatever its type is and wherever that stands.
type members struct {
	resourceType, modifier                                 json.Value
	status, code, vaccineCode, person, performer, location json.Value
	personField                                            string
	occurrence, effective, period, issued, onset, recorded json.Value
	name, birthDate, gender, identifier                    json.Value // Patient
	lot, manufacturer, protocol, subpotent                 json.Value // Immunization
	valueConcept, valueQuantity, valueString, valueNumber  json.Value // Observation
	conclusion, conclusionCode                             json.Value // DiagnosticReport
	clinicalStatus, verificationStatus, abatement          json.Value // Condition
}

func (r *reading) members(i at, body json.Value, f *members) {
	for name, v := range body.Members() {
		switch name {
		case "resourceType":
			f.resourceType = v
		case "modifierExtension":
			f.modifier = v
		case "status":
			f.status = v
		case "code":
			f.code = v
		case "vaccineCode":
			f.vaccineCode = v
		case "patient", "subject":
			f.person, f.personField = v, name
		case "performer":
			f.performer = v
		case "location":
			f.location = v
		case "occurrenceDateTime":
			f.occurrence = v
		case "effectiveDateTime", "effectiveInstant":
			f.effective = v
		case "effectivePeriod":
			f.period = v
		case "issued":
			f.issued = v
		case "onsetDateTime":
			f.onset = v
		case "recordedDate":
			f.recorded = v
		case "name":
			f.name = v
		case "birthDate":
			f.birthDate = v
		case "gender":
			f.gender = v
		case "identifier":
			f.identifier = v
		case "lotNumber":
			f.lot = v
		case "manufacturer":
			f.manufacturer = v
		case "protocolApplied":
			f.protocol = v
		case "isSubpotent":
			f.subpotent = v
		case "valueCodeableConcept":
			f.valueConcept = v
		case "valueQuantity":
			f.valueQuantity = v
		case "valueString", "valueDateTime":
			f.valueString = v
		case "valueInteger", "valueBoolean":
			f.valueNumber = v
		case "conclusion":
			f.conclusion = v
		case "conclusionCode":
			f.conclusionCode = v
		case "clinicalStatus":
			f.clinicalStatus = v
		case "verificationStatus":
			f.verificationStatus = v
		case "abatementDateTime":
			f.abatement = v
		case "id", "text":
			r.tolerate(notMinimal, i.field(name), "a member that codes leave out")
		case "meta":
			r.checkMeta(i, v)
		}
	}
}

// checkMeta notes metadata other than security labels, the only kind that codes keep.
func (r *reading) checkMeta(i at, meta json.Value) {
	ok := meta.Kind() == json.Object
	for name := range meta.Members() {
		ok = ok && name == "security"
	}
	if !ok {
		r.tolerate(notMinimal, i.field("meta"), "metadata other than security labels")
	}
}
