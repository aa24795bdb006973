package lang

// This file holds the names of days and months, copied from CLDR 48.2 (Unicode licence, see NOTICE). x/text formats no
// dates, and the whole of CLDR is far too much for these languages. Names and their forms are CLDR's; in English, Somali,
// Amharic, Pashto and Sorani the day stands before the month, as it does in every letter a person holds here.

import "strings"

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
	"prs": {
		day:        [7]string{"یکشنبه", "دوشنبه", "سه\u200cشنبه", "چهارشنبه", "پنجشنبه", "جمعه", "شنبه"},
		dayShort:   [7]string{"یکشنبه", "دوشنبه", "سه\u200cشنبه", "چهارشنبه", "پنجشنبه", "جمعه", "شنبه"},
		month:      [12]string{"جنوری", "فبروری", "مارچ", "اپریل", "می", "جون", "جولای", "اگست", "سپتمبر", "اکتوبر", "نومبر", "دسمبر"},
		monthShort: [12]string{"جنوری", "فبروری", "مارچ", "اپریل", "می", "جون", "جولای", "اگست", "سپتمبر", "اکتوبر", "نومبر", "دسمبر"},
		alone:      [12]string{"جنوری", "فبروری", "مارچ", "اپریل", "می", "جون", "جولای", "اگست", "سپتمبر", "اکتوبر", "نومبر", "دسمبر"},
		long:       "{w} {d} {m}", longYear: "{w} {d} {m} {y}", short: "{w} {d} {m}", shortYear: "{w} {d} {m} {y}", monthYear: "{m} {y}",
	},
	"ps": {
		day:        [7]string{"يونۍ", "دونۍ", "درېنۍ", "څلرنۍ", "پينځنۍ", "جمعه", "اونۍ"},
		dayShort:   [7]string{"يونۍ", "دونۍ", "درېنۍ", "څلرنۍ", "پينځنۍ", "جمعه", "اونۍ"},
		month:      [12]string{"جنوري", "فبروري", "مارچ", "اپریل", "مۍ", "جون", "جولای", "اګست", "سېپتمبر", "اکتوبر", "نومبر", "دسمبر"},
		monthShort: [12]string{"جنوري", "فبروري", "مارچ", "اپریل", "مۍ", "جون", "جولای", "اګست", "سېپتمبر", "اکتوبر", "نومبر", "دسمبر"},
		alone:      [12]string{"جنوري", "فېبروري", "مارچ", "اپریل", "مۍ", "جون", "جولای", "اګست", "سپتمبر", "اکتوبر", "نومبر", "دسمبر"},
		long:       "{w}، {d} {m}", longYear: "{w}، {d} {m} {y}", short: "{w}، {d} {m}", shortYear: "{w}، {d} {m} {y}", monthYear: "{m} {y}",
	},
	"am": {
		day:        [7]string{"እሑድ", "ሰኞ", "ማክሰኞ", "ረቡዕ", "ሐሙስ", "ዓርብ", "ቅዳሜ"},
		dayShort:   [7]string{"እሑድ", "ሰኞ", "ማክሰ", "ረቡዕ", "ሐሙስ", "ዓርብ", "ቅዳሜ"},
		month:      [12]string{"ጃንዋሪ", "ፌብሩዋሪ", "ማርች", "ኤፕሪል", "ሜይ", "ጁን", "ጁላይ", "ኦገስት", "ሴፕቴምበር", "ኦክቶበር", "ኖቬምበር", "ዲሴምበር"},
		monthShort: [12]string{"ጃን", "ፌብ", "ማርች", "ኤፕሪ", "ሜይ", "ጁን", "ጁላይ", "ኦገስ", "ሴፕቴ", "ኦክቶ", "ኖቬም", "ዲሴም"},
		alone:      [12]string{"ጃንዋሪ", "ፌብሩዋሪ", "ማርች", "ኤፕሪል", "ሜይ", "ጁን", "ጁላይ", "ኦገስት", "ሴፕቴምበር", "ኦክቶበር", "ኖቬምበር", "ዲሴምበር"},
		long:       "{w}፣ {d} {m}", longYear: "{w}፣ {d} {m} {y}", short: "{w}፣ {d} {m}", shortYear: "{w}፣ {d} {m} {y}", monthYear: "{m} {y}",
	},
	"ckb": {
		day:        [7]string{"یەکشەممە", "دووشەممە", "سێشەممە", "چوارشەممە", "پێنجشەممە", "ھەینی", "شەممە"},
		dayShort:   [7]string{"یەکشەممە", "دووشەممە", "سێشەممە", "چوارشەممە", "پێنجشەممە", "ھەینی", "شەممە"},
		month:      [12]string{"کانوونی دووەم", "شوبات", "ئازار", "نیسان", "ئایار", "حوزەیران", "تەمووز", "ئاب", "ئەیلوول", "تشرینی یەکەم", "تشرینی دووەم", "کانونی یەکەم"},
		monthShort: [12]string{"کانوونی دووەم", "شوبات", "ئازار", "نیسان", "ئایار", "حوزەیران", "تەمووز", "ئاب", "ئەیلوول", "تشرینی یەکەم", "تشرینی دووەم", "کانونی یەکەم"},
		alone:      [12]string{"کانوونی دووەم", "شوبات", "ئازار", "نیسان", "ئایار", "حوزەیران", "تەمووز", "ئاب", "ئەیلوول", "تشرینی یەکەم", "تشرینی دووەم", "کانونی یەکەم"},
		long:       "{w}، {d}ی {m}", longYear: "{w}، {d}ی {m}ی {y}", short: "{w}، {d}ی {m}", shortYear: "{w}، {d}ی {m}ی {y}", monthYear: "{m} {y}",
	},
	"kmr": {
		day:        [7]string{"yekşem", "duşem", "sêşem", "çarşem", "pêncşem", "înî", "şemî"},
		dayShort:   [7]string{"yşm", "dşm", "sşm", "çşm", "pşm", "înî", "şem"},
		month:      [12]string{"rêbendan", "sibat", "adar", "nîsan", "gulan", "hezîran", "tîrmeh", "tebax", "îlon", "cotmeh", "mijdar", "berfanbar"},
		monthShort: [12]string{"rbn", "sbt", "adr", "nsn", "gln", "hzr", "trm", "tbx", "îln", "cot", "mjd", "brf"},
		alone:      [12]string{"rêbendan", "sibat", "adar", "nîsan", "gulan", "hezîran", "tîrmeh", "tebax", "îlon", "cotmeh", "mijdar", "berfanbar"},
		long:       "{w}, {d} {m}", longYear: "{w}, {d} {m} {y}", short: "{w}, {d} {m}", shortYear: "{w}, {d} {m} {y}", monthYear: "{m} {y}",
	},
	"ru": {
		day:        [7]string{"воскресенье", "понедельник", "вторник", "среда", "четверг", "пятница", "суббота"},
		dayShort:   [7]string{"вс", "пн", "вт", "ср", "чт", "пт", "сб"},
		month:      [12]string{"января", "февраля", "марта", "апреля", "мая", "июня", "июля", "августа", "сентября", "октября", "ноября", "декабря"},
		monthShort: [12]string{"янв.", "февр.", "мар.", "апр.", "мая", "июн.", "июл.", "авг.", "сент.", "окт.", "нояб.", "дек."},
		alone:      [12]string{"январь", "февраль", "март", "апрель", "май", "июнь", "июль", "август", "сентябрь", "октябрь", "ноябрь", "декабрь"},
		long:       "{w}, {d} {m}", longYear: "{w}, {d} {m} {y}\u202fг.", short: "{w}, {d} {m}", shortYear: "{w}, {d} {m} {y}\u202fг.", monthYear: "{m} {y}\u202fг.",
	},
}

// dayMonthYear is the pattern of a date without its weekday.
func (n names) dayMonthYear() string {
	p := strings.TrimSpace(strings.ReplaceAll(n.longYear, "{w}", ""))
	return strings.TrimLeft(p, "،,፣ ")
}
