package mint

// The members of the claim hcert that the WHO's certificates stand in (SMART Trust, logical model HCert).
const (
	MemberDDCCVaccination, MemberDDCCTest, MemberDVC = 3, 4, -6
)

// Codes and systems of the WHO's certificates.
const (
	snomed      = Text("http://snomed.info/sct")
	loinc       = Text("http://loinc.org")
	iso3166     = Text("urn:iso:std:iso:3166")
	utopianCode = Text("http://health.ut.example/codes")
	stamaril    = Text("YellowFeverProductd8a09f80301dc05e124f99ffe7711fc0") // a product of the WHO's catalogue
	oralPolio   = Text("PolioVaccineOralOPVBivalProduct16e883911ea0108b8213bc213c9972fe")
)

func coding(code, system Text) Map {
	return Map{{Text("code"), code}, {Text("system"), system}}
}

// full is a name that is not divided.
func (p Person) full() Text { return Text(p.Given + " " + p.Family) }

// DDCCVaccination makes a complete certificate of vaccination by the core data set of WHO DDCC:VS, of Maren.
func DDCCVaccination(s Signer) HCERT {
	return sealed(s, "HC1:", ClaimHCERT, MemberDDCCVaccination, Map{
		{Text("name"), Maren.full()},
		{Text("birthDate"), Text(Maren.Birth)},
		{Text("sex"), Text("female")},
		{Text("identifier"), Map{{Text("value"), Text("UT-84719")}}},
		{Text("certificate"), ddccMetadata(Maren)},
		{Text("vaccination"), Map{
			{Text("vaccine"), coding(mRNAVaccine, snomed)},
			{Text("brand"), coding("UTOVAC", utopianCode)},
			{Text("manufacturer"), coding("UTB", utopianCode)},
			{Text("maholder"), coding("UTH", utopianCode)},
			{Text("lot"), Text("UB-2025-117")},
			{Text("date"), Text("2025-10-03")},
			{Text("validFrom"), Text("2025-10-17")},
			{Text("dose"), Int(2)},
			{Text("totalDoses"), Int(3)},
			{Text("country"), coding("UTO", iso3166)},
			{Text("centre"), Text("Harbour Clinic, Amaurot")},
			{Text("practitioner"), Map{{Text("value"), Text("HW-4471")}}},
			{Text("disease"), coding(covid19, snomed)},
			{Text("nextDose"), Text("2026-10")},
		}},
	})
}

// DDCCTest makes a complete certificate of a negative test by the core data set of WHO DDCC:TR, of Tobias.
func DDCCTest(s Signer) HCERT {
	return sealed(s, "HC1:", ClaimHCERT, MemberDDCCTest, Map{
		{Text("name"), Tobias.full()},
		{Text("birthDate"), Text(Tobias.Birth)},
		{Text("certificate"), ddccMetadata(Tobias)},
		{Text("test"), ddccTest()},
	})
}

func ddccMetadata(p Person) Map {
	return Map{
		{Text("issuer"), Map{{Text("identifier"), Map{{Text("value"), utopianIssuer}}}}},
		{Text("hcid"), Map{{Text("value"), Text("UT-HC-" + p.ID)}}},
		{Text("version"), Text("RC-2-draft")},
		{Text("period"), Map{{Text("start"), Text("2026-01-15")}, {Text("end"), Text("2058-12-31")}}},
	}
}

func ddccTest() Map {
	return Map{
		{Text("pathogen"), coding(covid19, snomed)},
		{Text("type"), coding(naat, loinc)},
		{Text("brand"), coding("UD-PCR-4", utopianCode)},
		{Text("manufacturer"), coding("UD", utopianCode)},
		{Text("origin"), coding("258500001", snomed)},
		{Text("date"), Text("2026-01-14T08:15:00Z")},
		{Text("result"), coding(notDetected, snomed)},
		{Text("centre"), coding("LAB-7", utopianCode)},
		{Text("country"), coding("UTO", iso3166)},
	}
}

// DDCCPilot makes a complete certificate of vaccination as the pilot of WHO DDCC laid it out, of Brigid: its members
// stand at the root of the token, which has no other claims.
func DDCCPilot(s Signer) HCERT {
	return pilot(s, Brigid, Map{
		{Text("vaccine"), coding(mRNAVaccine, snomed)},
		{Text("brand"), coding("UTOVAC", utopianCode)},
		{Text("manufacturer"), coding("UTB", utopianCode)},
		{Text("ma_holder"), coding("UTH", utopianCode)},
		{Text("lot"), Text("UB-2025-117")},
		{Text("date"), Text("2025-10-03")},
		{Text("vaccine_valid"), Text("2025-10-17")},
		{Text("dose"), Int(1)},
		{Text("total_doses"), Int(2)},
		{Text("country"), coding("UTO", iso3166)},
		{Text("centre"), Text("Harbour Clinic, Amaurot")},
		{Text("hw"), Text("HW-4471")},
		{Text("disease"), coding(covid19, snomed)},
		{Text("due_date"), Text("2025-11-14")},
	})
}

// DDCCPilotTest makes a complete certificate of a test as the pilot laid it out, of Tobias.
func DDCCPilotTest(s Signer) HCERT { return pilot(s, Tobias, Map{{Text("test"), ddccTest()}}) }

func pilot(s Signer, p Person, event Map) HCERT {
	h := sealed(s, "HC1:", ClaimHCERT, 0, Map{})
	h.At = []any{}
	h.Claims = append(Map{
		{Text("name"), p.full()},
		{Text("birthDate"), Text(p.Birth)},
		{Text("sex"), coding("female", "http://hl7.org/fhir/administrative-gender")},
		{Text("identifier"), Text("UT-79328")},
		{Text("hcid"), Text("UT-HC-" + p.ID)},
		{Text("pha"), utopianIssuer},
		{Text("valid_from"), Text("2026-01-15")},
		{Text("valid_until"), Text("2058-12-31")},
	}, event...)
	return h
}
