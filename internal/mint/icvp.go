package mint

// YellowFever makes a complete certificate of vaccination against yellow fever as WHO SMART ICVP 0.3.0 lays out its
// payload, of Maren. It has no end, because it counts for life.
func YellowFever(s Signer) HCERT {
	return sealed(s, "HC1:", ClaimHCERT, MemberDVC, Map{
		{Text("n"), Maren.full()},
		{Text("dob"), Text(Maren.Birth)},
		{Text("s"), Text("female")},
		{Text("ntl"), Text("UTO")},
		{Text("nid"), Text("UT7042681")},
		{Text("ndt"), Text("PPN")},
		{Text("v"), Map{
			{Text("vp"), stamaril},
			{Text("dt"), Text("2025-10-03")},
			{Text("cn"), Text("Dr Ophelia Brandt")},
			{Text("is"), Text("UT-MOH")},
			{Text("bo"), Text("YF-25-0417")},
			{Text("vls"), Text("2025-10-13")},
		}},
	}).DropClaim(ClaimExpires)
}

// NewYellowFever makes the same certificate as the requirements of 2026 lay it out: with a version.
func NewYellowFever(s Signer) HCERT {
	return sealed(s, "HC1:", ClaimHCERT, MemberDVC, Map{
		{Text("n"), Maren.full()},
		{Text("dob"), Text(Maren.Birth)},
		{Text("s"), Text("female")},
		{Text("nt"), Text("UTO")},
		{Text("id"), Text("UT7042681")},
		{Text("dt"), Text("PPN")},
		{Text("vx"), Map{
			{Text("vp"), stamaril},
			{Text("dv"), Text("2025-10-03")},
			{Text("is"), Text("UT-MOH")},
			{Text("bo"), Text("YF-25-0417")},
		}},
		{Text("v"), Text("1")},
	}).DropClaim(ClaimExpires)
}

// Polio makes a complete certificate of vaccination against poliomyelitis, of Pippa, a child, with an end.
func Polio(s Signer) HCERT {
	return sealed(s, "HC1:", ClaimHCERT, MemberDVC, Map{
		{Text("n"), Pippa.full()},
		{Text("dob"), Text(Pippa.Birth)},
		{Text("s"), Text("female")},
		{Text("ntl"), Text("UTO")},
		{Text("gn"), Maren.full()},
		{Text("v"), Map{
			{Text("vp"), oralPolio},
			{Text("dt"), Text("2025-12-01")},
			{Text("is"), Text("UT-MOH")},
			{Text("bo"), Text("OPV-25-2203")},
			{Text("vls"), Text("2025-12-29")},
			{Text("vle"), Text("2026-12-01")},
		}},
	})
}

// EarlyDVC makes a complete certificate of vaccination against yellow fever as SMART ICVP 0.1.0 laid it out, of Jonas: the
// disease, the dose and the manufacturer are named.
func EarlyDVC(s Signer) HCERT {
	return sealed(s, "HC1:", ClaimHCERT, MemberDVC, Map{
		{Text("n"), Jonas.full()},
		{Text("dob"), Text(Jonas.Birth)},
		{Text("s"), Text("male")},
		{Text("ntl"), Text("UTO")},
		{Text("nid"), Text("UT7042724")},
		{Text("v"), Map{
			{Text("dn"), Text("1")},
			{Text("tg"), Text("1D47")},
			{Text("vp"), Text("XM0N24")},
			{Text("mp"), Text("UT-YF-1")},
			{Text("ma"), Text("Utopia Biologicals")},
			{Text("mid"), Text("UTB")},
			{Text("dt"), Text("2024-02-09")},
			{Text("bo"), Text("YF-24-0093")},
			{Text("vls"), Text("2024-02-19")},
			{Text("cn"), Text("Dr Ophelia Brandt")},
		}},
	}).DropClaim(ClaimExpires)
}
