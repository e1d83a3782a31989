package mrz

// layouts is the table. Kinds of the same shape are told apart by choose; the first of a shape takes what fits no other.
var layouts = []layout{
	{ // Doc 9303-4 §4.2.2, §4.2.4
		name: "TD3", lines: 2, width: 44, codes: "P",
		fields: [fieldCount]place{
			code: {1, 1, 2}, state: {1, 3, 5}, name: {1, 6, 44},
			number: {2, 1, 9}, nationality: {2, 11, 13}, birth: {2, 14, 19}, sex: {2, 21, 21}, expires: {2, 22, 27},
			optional: {2, 29, 42},
		},
		digits: []digit{
			{name: DigitNumber, at: place{2, 10, 10}, where: spot(2, 10), over: []place{{2, 1, 9}}, blank: true},
			{name: DigitBirth, at: place{2, 20, 20}, where: spot(2, 20), over: []place{{2, 14, 19}}},
			{name: DigitExpires, at: place{2, 28, 28}, where: spot(2, 28), over: []place{{2, 22, 27}}},
			{name: DigitOptional, at: place{2, 43, 43}, where: spot(2, 43), over: []place{{2, 29, 42}}, blank: true},
			{name: DigitComposite, at: place{2, 44, 44}, where: spot(2, 44), composite: true,
				over: []place{{2, 1, 10}, {2, 14, 20}, {2, 22, 43}}},
		},
	},
	{ // Doc 9303-5 §4.2.2, §4.2.4
		name: "TD1", lines: 3, width: 30, codes: "ACI",
		fields: [fieldCount]place{
			code: {1, 1, 2}, state: {1, 3, 5}, number: {1, 6, 14}, optional: {1, 16, 30},
			birth: {2, 1, 6}, sex: {2, 8, 8}, expires: {2, 9, 14}, nationality: {2, 16, 18}, optionalMiddle: {2, 19, 29},
			name: {3, 1, 30},
		},
		digits: []digit{
			{name: DigitNumber, at: place{1, 15, 15}, where: spot(1, 15), over: []place{{1, 6, 14}}, blank: true, long: true},
			{name: DigitBirth, at: place{2, 7, 7}, where: spot(2, 7), over: []place{{2, 1, 6}}},
			{name: DigitExpires, at: place{2, 15, 15}, where: spot(2, 15), over: []place{{2, 9, 14}}},
			{name: DigitComposite, at: place{2, 30, 30}, where: spot(2, 30), composite: true,
				over: []place{{1, 6, 30}, {2, 1, 7}, {2, 9, 15}, {2, 19, 29}}},
		},
	},
	{ // Doc 9303-6 §4.2.2, §4.2.4
		name: "TD2", lines: 2, width: 36, codes: "ACI",
		fields: [fieldCount]place{
			code: {1, 1, 2}, state: {1, 3, 5}, name: {1, 6, 36},
			number: {2, 1, 9}, nationality: {2, 11, 13}, birth: {2, 14, 19}, sex: {2, 21, 21}, expires: {2, 22, 27},
			optional: {2, 29, 35},
		},
		digits: []digit{
			{name: DigitNumber, at: place{2, 10, 10}, where: spot(2, 10), over: []place{{2, 1, 9}}, blank: true, long: true},
			{name: DigitBirth, at: place{2, 20, 20}, where: spot(2, 20), over: []place{{2, 14, 19}}},
			{name: DigitExpires, at: place{2, 28, 28}, where: spot(2, 28), over: []place{{2, 22, 27}}},
			{name: DigitComposite, at: place{2, 36, 36}, where: spot(2, 36), composite: true,
				over: []place{{2, 1, 10}, {2, 14, 20}, {2, 22, 35}}},
		},
	},
	{ // Doc 9303-7: the zone of Format-A. A visa has no composite check digit, and none covers its optional data.
		name: "MRV-A", lines: 2, width: 44, codes: "V",
		fields: [fieldCount]place{
			code: {1, 1, 2}, state: {1, 3, 5}, name: {1, 6, 44},
			number: {2, 1, 9}, nationality: {2, 11, 13}, birth: {2, 14, 19}, sex: {2, 21, 21}, expires: {2, 22, 27},
			optional: {2, 29, 44},
		},
		digits: visaDigits,
	},
	{ // Doc 9303-7: the zone of Format-B.
		name: "MRV-B", lines: 2, width: 36, codes: "V",
		fields: [fieldCount]place{
			code: {1, 1, 2}, state: {1, 3, 5}, name: {1, 6, 36},
			number: {2, 1, 9}, nationality: {2, 11, 13}, birth: {2, 14, 19}, sex: {2, 21, 21}, expires: {2, 22, 27},
			optional: {2, 29, 36},
		},
		digits: visaDigits,
	},
	{ // The French card of 1988 to 2021, which is older than Doc 9303-6. It prints neither an expiry nor a nationality.
		name: "FRA-ID", lines: 2, width: 36, codes: "I", issuer: "IDFRA", issued: true,
		fields: [fieldCount]place{
			code: {1, 1, 2}, state: {1, 3, 5}, name: {1, 6, 30}, office: {1, 31, 36},
			number: {2, 1, 12}, given: {2, 14, 27}, birth: {2, 28, 33}, sex: {2, 35, 35},
		},
		digits: []digit{
			{name: DigitNumber, at: place{2, 13, 13}, where: spot(2, 13), over: []place{{2, 1, 12}}},
			{name: DigitBirth, at: place{2, 34, 34}, where: spot(2, 34), over: []place{{2, 28, 33}}},
			{name: DigitComposite, at: place{2, 36, 36}, where: spot(2, 36), composite: true,
				over: []place{{1, 1, 36}, {2, 1, 35}}},
		},
	},
}

var visaDigits = []digit{
	{name: DigitNumber, at: place{2, 10, 10}, where: spot(2, 10), over: []place{{2, 1, 9}}, blank: true},
	{name: DigitBirth, at: place{2, 20, 20}, where: spot(2, 20), over: []place{{2, 14, 19}}},
	{name: DigitExpires, at: place{2, 28, 28}, where: spot(2, 28), over: []place{{2, 22, 27}}},
}
