// Package states knows the codes of states and organisations that ICAO documents carry: three letters (ICAO Doc 9303-3,
// eighth edition, §5) where certificates and other schemes have two (ISO 3166-1 alpha-2).
package states

// iso is ISO 3166-1: every alpha-3 code in use, followed by its alpha-2 code. Codes have been withdrawn over the years;
// only those in use are here, so that a new document under an old one stands out.
const iso = "" +
	"ABWAW AFGAF AGOAO AIAAI ALAAX ALBAL ANDAD AREAE ARGAR ARMAM ASMAS ATAAQ ATFTF ATGAG AUSAU AUTAT AZEAZ BDIBI " +
	"BELBE BENBJ BESBQ BFABF BGDBD BGRBG BHRBH BHSBS BIHBA BLMBL BLRBY BLZBZ BMUBM BOLBO BRABR BRBBB BRNBN BTNBT " +
	"BVTBV BWABW CAFCF CANCA CCKCC CHECH CHLCL CHNCN CIVCI CMRCM CODCD COGCG COKCK COLCO COMKM CPVCV CRICR CUBCU " +
	"CUWCW CXRCX CYMKY CYPCY CZECZ DEUDE DJIDJ DMADM DNKDK DOMDO DZADZ ECUEC EGYEG ERIER ESHEH ESPES ESTEE ETHET " +
	"FINFI FJIFJ FLKFK FRAFR FROFO FSMFM GABGA GBRGB GEOGE GGYGG GHAGH GIBGI GINGN GLPGP GMBGM GNBGW GNQGQ GRCGR " +
	"GRDGD GRLGL GTMGT GUFGF GUMGU GUYGY HKGHK HMDHM HNDHN HRVHR HTIHT HUNHU IDNID IMNIM INDIN IOTIO IRLIE IRNIR " +
	"IRQIQ ISLIS ISRIL ITAIT JAMJM JEYJE JORJO JPNJP KAZKZ KENKE KGZKG KHMKH KIRKI KNAKN KORKR KWTKW LAOLA LBNLB " +
	"LBRLR LBYLY LCALC LIELI LKALK LSOLS LTULT LUXLU LVALV MACMO MAFMF MARMA MCOMC MDAMD MDGMG MDVMV MEXMX MHLMH " +
	"MKDMK MLIML MLTMT MMRMM MNEME MNGMN MNPMP MOZMZ MRTMR MSRMS MTQMQ MUSMU MWIMW MYSMY MYTYT NAMNA NCLNC NERNE " +
	"NFKNF NGANG NICNI NIUNU NLDNL NORNO NPLNP NRUNR NZLNZ OMNOM PAKPK PANPA PCNPN PERPE PHLPH PLWPW PNGPG POLPL " +
	"PRIPR PRKKP PRTPT PRYPY PSEPS PYFPF QATQA REURE ROURO RUSRU RWARW SAUSA SDNSD SENSN SGPSG SGSGS SHNSH SJMSJ " +
	"SLBSB SLESL SLVSV SMRSM SOMSO SPMPM SRBRS SSDSS STPST SURSR SVKSK SVNSI SWESE SWZSZ SXMSX SYCSC SYRSY TCATC " +
	"TCDTD TGOTG THATH TJKTJ TKLTK TKMTM TLSTL TONTO TTOTT TUNTN TURTR TUVTV TWNTW TZATZ UGAUG UKRUA UMIUM URYUY " +
	"USAUS UZBUZ VATVA VCTVC VENVE VGBVG VIRVI VNMVN VUTVU WLFWF WSMWS YEMYE ZAFZA ZMBZM ZWEZW "

// entry is the length of one entry of iso: three letters, two, and a blank.
const entry = 3 + 2 + 1

// further are the codes that Doc 9303-3 §5 has beside those of ISO 3166-1, or that its documents carry, with the
// two letters that the certificates of the same issuer carry.
var further = map[string]string{
	"D":   "DE", // Germany, in machine readable zones
	"EUE": "EU", // the European Union's laissez-passer
	"GBD": "GB", // the classes of British nationals
	"GBN": "GB",
	"GBO": "GB",
	"GBP": "GB",
	"GBS": "GB",
	"RKS": "KS", // Kosovo; its country certificates have KS
	"UNA": "UN", // the United Nations' specialised agencies
	"UNO": "UN",
	"UTO": "UT", // Utopia, the country of specimens
}

var alpha2 = func() map[string]string {
	table := make(map[string]string, len(iso)/entry+len(further))
	for at := 0; at < len(iso); at += entry {
		table[iso[at:at+3]] = iso[at+3 : at+5]
	}
	for code, short := range further {
		table[code] = short
	}
	return table
}()

// Alpha2 gives the two letters for the code of a state or organisation as ICAO documents write it, in capitals. ok is
// false for a code that is not known here; codes for stateless persons, refugees and the like name no state.
func Alpha2(code string) (short string, ok bool) {
	short, ok = alpha2[code]
	return short, ok
}

// ISO is Alpha2 for the codes of ISO 3166-1 alone, as schemes use them that know nothing of ICAO's.
func ISO(code string) (short string, ok bool) {
	if _, more := further[code]; more {
		return "", false
	}
	return Alpha2(code)
}
