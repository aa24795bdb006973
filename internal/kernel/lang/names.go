package lang

// This file holds the names of days and months, copied from CLDR 48.2 (Unicode licence, see NOTICE). x/text formats no
// dates, and the whole of CLDR is far too much for nine languages. Names and their forms are CLDR's; in English and
// Somali the day stands before the month, as it does in every letter a person holds here.

// names are the words that dates are made of. Days begin with Sunday, months with January.
type names struct {
	day, dayShort     [7]string
	month, monthShort [12]string
	alone             [12]string // a month that stands by itself
	long              string     // pattern of a long day: {w} weekday, {d} day, {m} month
	longYear          string     // the same with {y}
	short             string     // {w} and {m} short
	shortYear         string
	monthYear         string // {m} alone and {y}
	plain             bool   // a month takes its other form only before a year (the ezafe of Farsi)
}

var dates = map[string]names{
	"nl": {
		day:        [7]string{"zondag", "maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag"},
		dayShort:   [7]string{"zo", "ma", "di", "wo", "do", "vr", "za"},
		month:      [12]string{"januari", "februari", "maart", "april", "mei", "juni", "juli", "augustus", "september", "oktober", "november", "december"},
		monthShort: [12]string{"jan", "feb", "mrt", "apr", "mei", "jun", "jul", "aug", "sep", "okt", "nov", "dec"},
		alone:      [12]string{"januari", "februari", "maart", "april", "mei", "juni", "juli", "augustus", "september", "oktober", "november", "december"},
		long:       "{w} {d} {m}", longYear: "{w} {d} {m} {y}", short: "{w} {d} {m}", shortYear: "{w} {d} {m} {y}", monthYear: "{m} {y}",
	},
	"en": {
		day:        [7]string{"Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"},
		dayShort:   [7]string{"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"},
		month:      [12]string{"January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"},
		monthShort: [12]string{"Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"},
		alone:      [12]string{"January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"},
		long:       "{w} {d} {m}", longYear: "{w} {d} {m} {y}", short: "{w} {d} {m}", shortYear: "{w} {d} {m} {y}", monthYear: "{m} {y}",
	},
	"ar": {
		day:        [7]string{"الأحد", "الاثنين", "الثلاثاء", "الأربعاء", "الخميس", "الجمعة", "السبت"},
		dayShort:   [7]string{"الأحد", "الاثنين", "الثلاثاء", "الأربعاء", "الخميس", "الجمعة", "السبت"},
		month:      [12]string{"يناير", "فبراير", "مارس", "أبريل", "مايو", "يونيو", "يوليو", "أغسطس", "سبتمبر", "أكتوبر", "نوفمبر", "ديسمبر"},
		monthShort: [12]string{"يناير", "فبراير", "مارس", "أبريل", "مايو", "يونيو", "يوليو", "أغسطس", "سبتمبر", "أكتوبر", "نوفمبر", "ديسمبر"},
		alone:      [12]string{"يناير", "فبراير", "مارس", "أبريل", "مايو", "يونيو", "يوليو", "أغسطس", "سبتمبر", "أكتوبر", "نوفمبر", "ديسمبر"},
		long:       "{w} {d} {m}", longYear: "{w} {d} {m} {y}", short: "{w} {d} {m}", shortYear: "{w} {d} {m} {y}", monthYear: "{m} {y}",
	},
	"fa": {
		day:        [7]string{"یکشنبه", "دوشنبه", "سه\u200cشنبه", "چهارشنبه", "پنجشنبه", "جمعه", "شنبه"},
		dayShort:   [7]string{"یکشنبه", "دوشنبه", "سه\u200cشنبه", "چهارشنبه", "پنجشنبه", "جمعه", "شنبه"},
		month:      [12]string{"ژانویهٔ", "فوریهٔ", "مارس", "آوریل", "مهٔ", "ژوئن", "ژوئیهٔ", "اوت", "سپتامبر", "اکتبر", "نوامبر", "دسامبر"},
		monthShort: [12]string{"ژانویه", "فوریه", "مارس", "آوریل", "مه", "ژوئن", "ژوئیه", "اوت", "سپتامبر", "اکتبر", "نوامبر", "دسامبر"},
		alone:      [12]string{"ژانویه", "فوریه", "مارس", "آوریل", "مه", "ژوئن", "ژوئیه", "اوت", "سپتامبر", "اکتبر", "نوامبر", "دسامبر"},
		long:       "{w} {d} {m}", longYear: "{w} {d} {m} {y}", short: "{w} {d} {m}", shortYear: "{w} {d} {m} {y}", monthYear: "{m} {y}", plain: true,
	},
	"ti": {
		day:        [7]string{"ሰንበት", "ሰኑይ", "ሰሉስ", "ረቡዕ", "ሓሙስ", "ዓርቢ", "ቀዳም"},
		dayShort:   [7]string{"ሰን", "ሰኑ", "ሰሉ", "ረቡ", "ሓሙ", "ዓር", "ቀዳ"},
		month:      [12]string{"ጥሪ", "ለካቲት", "መጋቢት", "ሚያዝያ", "ጉንበት", "ሰነ", "ሓምለ", "ነሓሰ", "መስከረም", "ጥቅምቲ", "ሕዳር", "ታሕሳስ"},
		monthShort: [12]string{"ጥሪ", "ለካ", "መጋ", "ሚያ", "ግን", "ሰነ", "ሓም", "ነሓ", "መስ", "ጥቅ", "ሕዳ", "ታሕ"},
		alone:      [12]string{"ጥሪ", "ለካቲት", "መጋቢት", "ሚያዝያ", "ጉንበት", "ሰነ", "ሓምለ", "ነሓሰ", "መስከረም", "ጥቅምቲ", "ሕዳር", "ታሕሳስ"},
		long:       "{w}፣ {d} {m}", longYear: "{w}፣ {d} {m} {y}", short: "{w}፣ {d} {m}", shortYear: "{w}፣ {d} {m} {y}", monthYear: "{m} {y}",
	},
	"tr": {
		day:        [7]string{"Pazar", "Pazartesi", "Salı", "Çarşamba", "Perşembe", "Cuma", "Cumartesi"},
		dayShort:   [7]string{"Paz", "Pzt", "Sal", "Çar", "Per", "Cum", "Cmt"},
		month:      [12]string{"Ocak", "Şubat", "Mart", "Nisan", "Mayıs", "Haziran", "Temmuz", "Ağustos", "Eylül", "Ekim", "Kasım", "Aralık"},
		monthShort: [12]string{"Oca", "Şub", "Mar", "Nis", "May", "Haz", "Tem", "Ağu", "Eyl", "Eki", "Kas", "Ara"},
		alone:      [12]string{"Ocak", "Şubat", "Mart", "Nisan", "Mayıs", "Haziran", "Temmuz", "Ağustos", "Eylül", "Ekim", "Kasım", "Aralık"},
		long:       "{d} {m} {w}", longYear: "{d} {m} {y} {w}", short: "{d} {m} {w}", shortYear: "{d} {m} {y} {w}", monthYear: "{m} {y}",
	},
	"so": {
		day:        [7]string{"Axad", "Isniin", "Talaado", "Arbaco", "Khamiis", "Jimco", "Sabti"},
		dayShort:   [7]string{"Axd", "Isn", "Tldo", "Arbc", "Khms", "Jmc", "Sbti"},
		month:      [12]string{"Janaayo", "Febraayo", "Maarso", "Abriil", "Maayo", "Juun", "Luulyo", "Agosto", "Sebtembar", "Oktoobar", "Noofeembar", "Diseembar"},
		monthShort: [12]string{"Jan", "Feb", "Mar", "Abr", "May", "Jun", "Lul", "Ogs", "Seb", "Okt", "Nof", "Dis"},
		alone:      [12]string{"Jannaayo", "Febraayo", "Maarso", "Abriil", "Maayo", "Juun", "Luulyo", "Ogosto", "Sebteembar", "Oktoobar", "Noofeembar", "Diseembar"},
		long:       "{w}, {d} {m}", longYear: "{w}, {d} {m} {y}", short: "{w}, {d} {m}", shortYear: "{w}, {d} {m} {y}", monthYear: "{m} {y}",
	},
	"uk": {
		day:        [7]string{"неділя", "понеділок", "вівторок", "середа", "четвер", "пʼятниця", "субота"},
		dayShort:   [7]string{"нд", "пн", "вт", "ср", "чт", "пт", "сб"},
		month:      [12]string{"січня", "лютого", "березня", "квітня", "травня", "червня", "липня", "серпня", "вересня", "жовтня", "листопада", "грудня"},
		monthShort: [12]string{"січ.", "лют.", "бер.", "квіт.", "трав.", "черв.", "лип.", "серп.", "вер.", "жовт.", "лист.", "груд."},
		alone:      [12]string{"січень", "лютий", "березень", "квітень", "травень", "червень", "липень", "серпень", "вересень", "жовтень", "листопад", "грудень"},
		long:       "{w}, {d} {m}", longYear: "{w}, {d} {m} {y}\u202fр.", short: "{w}, {d} {m}", shortYear: "{w}, {d} {m} {y}\u202fр.", monthYear: "{m} {y}\u202fр.",
	},
	"fr": {
		day:        [7]string{"dimanche", "lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi"},
		dayShort:   [7]string{"dim.", "lun.", "mar.", "mer.", "jeu.", "ven.", "sam."},
		month:      [12]string{"janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre", "novembre", "décembre"},
		monthShort: [12]string{"janv.", "févr.", "mars", "avr.", "mai", "juin", "juil.", "août", "sept.", "oct.", "nov.", "déc."},
		alone:      [12]string{"janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre", "novembre", "décembre"},
		long:       "{w} {d} {m}", longYear: "{w} {d} {m} {y}", short: "{w} {d} {m}", shortYear: "{w} {d} {m} {y}", monthYear: "{m} {y}",
	},
}
