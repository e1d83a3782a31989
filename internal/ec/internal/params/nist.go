package params

// nist gives the prime curves of FIPS 186-4 D.1.2.
func nist() []Domain {
	return []Domain{
		{
			Name: "P-192", OID: "1.2.840.10045.3.1.1", Field: "p192",
			P: number("fffffffffffffffffffffffffffffffeffffffffffffffff"),
			A: number("fffffffffffffffffffffffffffffffefffffffffffffffc"),
			B: number("64210519e59c80e70fa7e9ab72243049feb8deecc146b9b1"),
			X: number("188da80eb03090f67cbf20eb43a18800f4ff0afd82ff1012"),
			Y: number("07192b95ffc8da78631011ed6b24cdd573f977a11e794811"),
			N: number("ffffffffffffffffffffffff99def836146bc9b1b4d22831"),
		},
		{
			Name: "P-224", OID: "1.3.132.0.33", Field: "p224",
			P: number("ffffffffffffffffffffffffffffffff000000000000000000000001"),
			A: number("fffffffffffffffffffffffffffffffefffffffffffffffffffffffe"),
			B: number("b4050a850c04b3abf54132565044b0b7d7bfd8ba270b39432355ffb4"),
			X: number("b70e0cbd6bb4bf7f321390b94a03c1d356c21122343280d6115c1d21"),
			Y: number("bd376388b5f723fb4c22dfe6cd4375a05a07476444d5819985007e34"),
			N: number("ffffffffffffffffffffffffffff16a2e0b8f03e13dd29455c5c2a3d"),
		},
		{
			Name: "P-256", OID: "1.2.840.10045.3.1.7", Field: "p256",
			P: number("ffffffff00000001000000000000000000000000ffffffffffffffffffffffff"),
			A: number("ffffffff00000001000000000000000000000000fffffffffffffffffffffffc"),
			B: number("5ac635d8aa3a93e7b3ebbd55769886bc651d06b0cc53b0f63bce3c3e27d2604b"),
			X: number("6b17d1f2e12c4247f8bce6e563a440f277037d812deb33a0f4a13945d898c296"),
			Y: number("4fe342e2fe1a7f9b8ee7eb4a7c0f9e162bce33576b315ececbb6406837bf51f5"),
			N: number("ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551"),
		},
		{
			Name: "P-384", OID: "1.3.132.0.34", Field: "p384",
			P: number("fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffeffffffff0000000000000000ffffffff"),
			A: number("fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffeffffffff0000000000000000fffffffc"),
			B: number("b3312fa7e23ee7e4988e056be3f82d19181d9c6efe8141120314088f5013875ac656398d8a2ed19d2a85c8edd3ec2aef"),
			X: number("aa87ca22be8b05378eb1c71ef320ad746e1d3b628ba79b9859f741e082542a385502f25dbf55296c3a545e3872760ab7"),
			Y: number("3617de4a96262c6f5d9e98bf9292dc29f8f41dbd289a147ce9da3113b5f0b8c00a60b1ce1d7e819d7a431d7c90ea0e5f"),
			N: number("ffffffffffffffffffffffffffffffffffffffffffffffffc7634d81f4372ddf581a0db248b0a77aecec196accc52973"),
		},
		{
			Name: "P-521", OID: "1.3.132.0.35", Field: "p521",
			P: number("01ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff" +
				"ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff"),
			A: number("01ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff" +
				"fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffc"),
			B: number("0051953eb9618e1c9a1f929a21a0b68540eea2da725b99b315f3b8b489918ef109" +
				"e156193951ec7e937b1652c0bd3bb1bf073573df883d2c34f1ef451fd46b503f00"),
			X: number("00c6858e06b70404e9cd9e3ecb662395b4429c648139053fb521f828af606b4d3d" +
				"baa14b5e77efe75928fe1dc127a2ffa8de3348b3c1856a429bf97e7e31c2e5bd66"),
			Y: number("011839296a789a3bc0045c8a5fb42c7d1bd998f54449579b446817afbd17273e66" +
				"2c97ee72995ef42640c550b9013fad0761353c7086a272c24088be94769fd16650"),
			N: number("01ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff" +
				"fa51868783bf2f966b7fcc0148f709a5d03bb5c9b8899c47aebb6fb71e91386409"),
		},
	}
}
