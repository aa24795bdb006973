package names

// This file lists given names whose forms in two languages are too far apart for sounds: Mykola is Nikolai. It is
// short on purpose: whatever the sounds can tell, they tell better. Short names that people are called by stand with the
// long one: Katya is Ekaterina.

import "strings"

// forms holds one name per line, folded. A word stands in one line only.
const forms = `
mykola nikolai kolya kolja коля nikolay nikolaj nikolaï mikalai mikalay mikola микола николай мікалай
volodymyr vladimir vova volodya volodja вова володя uladzimir vladimer wladimir volodimir володимир владимир уладзімір
dmytro dmitry dima dmietri дима діма dmitri dmitrii dmitriy dzmitry dzmitryi дмитро дмитрий дмитрий дзмітрый
hryhorii hryhoriy grigory grigori grigoriy ryhor rygor григорій григорий рыгор
serhii serhiy seryozha serjozja сережа сергійко sergei sergey serguei siarhei siarhey sjarhej сергій сергей сяргей
yevhen yevhenii zhenya zjenja женя yevheniy evgeny evgeni evgenii yevgeny yauhen yauheni jauhen євген євгеній евгений яўген
oleksandr alexander sasha sasja sascha саша aleksandr aliaksandr alyaksandr iskandar iskander олександр александр аляксандр اسكندر
oleksii oleksiy alexey aleksei aleksey aliaksei alexei олексій алексей аляксей
mykhailo mikhail misha misja миша michael mikael mikhael mikhaïl mihail mykhaylo mihailo михайло михаил міхаіл
olena elena lena лена alena yelena helena ielena олена елена алена
olha olga olya olja оля volha wolha ольга вольга
hanna anna anya anja аня anne ганна анна حنا
petro pyotr petr piotr piatro peter петро петр пётр
pavlo pavel paul pawel павло павел павал
ivan ioann yan jan johannes yohannes yohanes yuhanna иван іван ዮሐንስ يوحنا
kateryna ekaterina katya katja катя yekaterina katsiaryna catherine катерина екатерина кацярына
tetiana tatiana tanya tanja таня tatyana tatsiana tetyana тетяна татьяна таццяна
ihor igor ihar ігор игорь ігар
oleh oleg aleh олег алег
yurii yuri yury yuriy iurii george georgi georgy georgii giorgi girgis jirjis юрий юрій георгий
mohammed mohammad mihemed mehemed mihemmed hama heme محەمەد حەمە muhammad muhammed mohamed mehmet mahomed mahamed muhammet maxamed mahammad mohamad mohamet mamadou mohd محمد
ahmed ahmad ehmed ئەحمەد ahmet axmed achmed احمد
omar umar emer عومەر omer oumar عمر
yusuf yousef usiv usif youssef joseph yosef yousif yosief josef يوسف ዮሴፍ
ibrahim abraham birahim brahim abrahim ebrahim abraha ابراهيم ኣብርሃም አብርሃም
yaqub yaqoub jacob yakob yakub yacoub يعقوب ያዕቆብ
isa issa eissa ciise iisa عيسى عيسي
musa moussa mousa moses muse muuse موسى موسي ሙሴ
ismail ismael simail esmail esmaeil ismaeel ismaciil اسماعيل
ishaq isaac isaak yitzhak ishak eshaq isaq isxaaq اسحق اسحاق ይስሓቅ ይስሐቅ
daud dawud dawit david dawood daoud daawuud داود داوود ዳዊት
sulayman suleiman sileman سلێمان solomon suleyman soleiman selomon solomon saleban saleebaan سليمان ሰለሞን ሰሎሞን
yahya yihya john yuhya يحيى يحيي
maryam mariam maria mary miriam meryem mariya مريم ማርያም мария марія
zakaria zakariya zekarias zacharias zakariyya زكريا ዘካርያስ
ilyas elias eliyas ilias الياس ኤልያስ
`

// formGroup tells the group of a folded word.
var formGroup = func() map[string]uint16 {
	t := map[string]uint16{}
	for i, line := range strings.Split(strings.TrimSpace(forms), "\n") {
		for _, w := range strings.Fields(line) {
			t[fold(w)] = uint16(i + 1)
		}
	}
	return t
}()

func fold(w string) string {
	ws := split(w)
	if len(ws) == 0 {
		return w
	}
	return string(ws[0].text)
}

func formOf(p *part) uint16 { return formGroup[p.text] }
