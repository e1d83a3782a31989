package mint

// Exemption makes a complete Austrian certificate of exemption from vaccination (schema AT-1.0.0), of Maren.
func Exemption(s Signer) HCERT {
	return sealed(s, "AT1:", ClaimHCERT, 1, Map{
		{Text("ver"), Text("AT-1.0.0")},
		{Text("nam"), Maren.name()},
		{Text("dob"), Text(Maren.Birth)},
		{Text("ve"), Array{Map{
			{Text("tg"), covid19},
			{Text("du"), Text("2058-12-31")},
			{Text("co"), Text(s.Country)},
			{Text("is"), utopianIssuer},
			{Text("ci"), Maren.identifier()},
		}}},
	})
}

// Light makes a complete Swiss light certificate, of Jonas: it says who holds a certificate, and not which.
func Light(s Signer) HCERT {
	return sealed(s, "LT1:", ClaimLight, 1, Map{
		{Text("ver"), Text("1.0.0")},
		{Text("nam"), Jonas.name()},
		{Text("dob"), Text(Jonas.Birth)},
	})
}
