package dossier

// This file holds the names of the demonstration: common names, typed in, in their own script beside the Latin one.

// people is one group of names and what goes with it.
type people struct {
	origin, tongue, second string
	share                  int // of a hundred
	men, women, last       []string
	rule                   string // how names are made: "father" (own, father, grandfather), "full" (own, father, family) or "family" (own, family)
	shared                 bool   // a wife takes the family name
}

var peoples = []people{
	{origin: "Syrië", tongue: "ar", share: 30, rule: "family",
		men:   []string{"Ahmad|أحمد", "Mohammad|محمد", "Khaled|خالد", "Omar|عمر", "Yusuf|يوسف", "Samer|سامر", "Hassan|حسن", "Ibrahim|إبراهيم", "Mahmoud|محمود", "Anas|أنس", "Bilal|بلال", "Tarek|طارق", "Nabil|نبيل", "Fadi|فادي", "Rami|رامي", "Mustafa|مصطفى", "Abdullah|عبد الله", "Ziad|زياد", "Wael|وائل", "Majd|مجد", "Adnan|عدنان", "Hadi|هادي", "Amjad|أمجد", "Basel|باسل", "Yamen|يامن", "Firas|فراس", "Kinan|كنان", "Louay|لؤي"},
		women: []string{"Reem|ريم", "Fatima|فاطمة", "Amal|أمل", "Hala|هالة", "Nour|نور", "Rahaf|رهف", "Layla|ليلى", "Samira|سميرة", "Hanan|حنان", "Rania|رانيا", "Maryam|مريم", "Dima|ديما", "Salma|سلمى", "Huda|هدى", "Alaa|آلاء", "Ghada|غادة", "Yara|يارا", "Lina|لينا", "Batoul|بتول", "Sana|سناء", "Khadija|خديجة", "Asmaa|أسماء", "Wafaa|وفاء", "Joudi|جودي", "Shahd|شهد", "Nisreen|نسرين"},
		last:  []string{"al-Khatib|الخطيب", "al-Ahmad|الأحمد", "Haddad|حداد", "al-Hassan|الحسن", "Darwish|درويش", "Khalil|خليل", "al-Masri|المصري", "Sabbagh|صباغ", "Najjar|نجار", "al-Halabi|الحلبي", "Shami|شامي", "Issa|عيسى", "Saleh|صالح", "Mansour|منصور", "al-Ali|العلي", "al-Omar|العمر", "Hamdan|حمدان", "Kassab|قصاب", "al-Saleh|الصالح", "Barakat|بركات", "Zein|زين", "al-Homsi|الحمصي", "Khoury|خوري", "Daher|ضاهر", "al-Jasem|الجاسم", "Suleiman|سليمان", "al-Dimashqi|الدمشقي"}},
	{origin: "Eritrea", tongue: "ti", second: "ar", share: 16, rule: "father",
		men:   []string{"Tesfay|ተስፋይ", "Mebrahtu|መብራህቱ", "Yonas|ዮናስ", "Filmon|ፊልሞን", "Dawit|ዳዊት", "Berhane|ብርሃነ", "Kidane|ኪዳነ", "Haile|ሃይለ", "Tekle|ተክለ", "Habtom|ሃብቶም", "Samuel|ሳሙኤል", "Abraham|ኣብርሃም", "Goitom|ጎይቶም", "Merhawi|መርሃዊ"},
		women: []string{"Selam|ሰላም", "Rahel|ራሄል", "Senait|ሰናይት", "Luwam|ሉዋም", "Feven|ፌቨን", "Helen|ሄለን", "Saba|ሳባ", "Mehret|ምሕረት", "Winta|ዊንታ", "Bisrat|ብስራት", "Eden|ኤደን", "Ruta|ሩታ"},
		last:  []string{"Gebremedhin|ገብረመድህን", "Woldu|ወልዱ", "Ghebre|ገብረ", "Asmerom|ኣስመሮም"}},
	{origin: "Afghanistan", tongue: "prs", second: "ps", share: 11, rule: "family",
		men:   []string{"Hamid|حمید", "Farid|فرید", "Rahim|رحیم", "Mirwais|میرویس", "Najib|نجیب", "Qasim|قاسم", "Habib|حبیب", "Zaman|زمان", "Reza|رضا", "Karim|کریم"},
		women: []string{"Farzaneh|فرزانه", "Zahra|زهرا", "Shirin|شیرین", "Parwana|پروانه", "Laila|لیلا", "Nasrin|نسرین", "Masuma|معصومه", "Fereshta|فرشته", "Sediqa|صدیقه"},
		last:  []string{"Noori|نوری", "Ahmadi|احمدی", "Rahimi|رحیمی", "Hosseini|حسینی", "Karimi|کریمی", "Amiri|امیری", "Sharifi|شریفی", "Haidari|حیدری", "Yusufzai|یوسفزی"}},
	{origin: "Iran", tongue: "fa", share: 6, rule: "family",
		men:   []string{"Arash|آرش", "Behrouz|بهروز", "Kaveh|کاوه", "Siamak|سیامک", "Omid|امید", "Navid|نوید"},
		women: []string{"Mahsa|مهسا", "Nasim|نسیم", "Azadeh|آزاده", "Parisa|پریسا", "Roya|رؤیا", "Setareh|ستاره"},
		last:  []string{"Rostami|رستمی", "Jafari|جعفری", "Moradi|مرادی", "Kazemi|کاظمی", "Tehrani|تهرانی"}},
	{origin: "Irak", tongue: "ar", second: "ckb", share: 6, rule: "full",
		men:   []string{"Ali|علي", "Hussein|حسين", "Mustafa|مصطفى", "Haider|حيدر", "Saif|سيف", "Karrar|كرار", "Ammar|عمار", "Laith|ليث", "Qasim|قاسم"},
		women: []string{"Zainab|زينب", "Sara|سارة", "Shahad|شهد", "Rusul|رسل", "Hiba|هبة", "Noor|نور", "Tabarak|تبارك", "Suhad|سهاد"},
		last:  []string{"al-Jubouri|الجبوري", "al-Dulaimi|الدليمي", "al-Saadi|الساعدي", "al-Obaidi|العبيدي", "al-Tamimi|التميمي", "al-Zubaidi|الزبيدي"}},
	{origin: "Jemen", tongue: "ar", share: 5, rule: "full",
		men:   []string{"Abdullah|عبدالله", "Saleh|صالح", "Hamza|حمزة", "Faris|فارس", "Nasser|ناصر", "Yahya|يحيى", "Ahmed|أحمد", "Walid|وليد"},
		women: []string{"Arwa|أروى", "Bushra|بشرى", "Afrah|أفراح", "Taqwa|تقوى", "Ibtisam|ابتسام", "Nadia|نادية", "Samar|سمر"},
		last:  []string{"al-Hamdani|الهمداني", "al-Sanani|الصنعاني", "al-Qadhi|القاضي", "al-Yafei|اليافعي", "al-Adani|العدني"}},
	{origin: "Turkije", tongue: "tr", share: 6, rule: "family", shared: true,
		men:   []string{"Yusuf", "Mehmet", "Emre", "Deniz", "Kemal", "Murat", "Okan", "Selim", "İbrahim"},
		women: []string{"Elif", "Zeynep", "Ayşe", "Özlem", "Nazlı", "Esra", "Gülşen", "Sevgi"},
		last:  []string{"Demir", "Yılmaz", "Kaya", "Öztürk", "Şahin", "Doğan", "Aslan", "Çelik"}},
	{origin: "Turkije", tongue: "ku", second: "tr", share: 5, rule: "family", shared: true,
		men:   []string{"Baran", "Serhat", "Azad", "Botan", "Welat", "Rêzan", "Agit", "Ciwan"},
		women: []string{"Berfin", "Rojda", "Gülistan", "Dilan", "Zelal", "Hêvî", "Rojîn", "Evîn"},
		last:  []string{"Aydın", "Yıldız", "Kaplan", "Bulut", "Taş", "Güneş", "Toprak"}},
	{origin: "Somalië", tongue: "so", share: 6, rule: "father",
		men:   []string{"Abdi", "Mohamed", "Hassan", "Ali", "Omar", "Ahmed", "Yusuf", "Farah", "Warsame", "Ismail"},
		women: []string{"Hodan", "Ayaan", "Fadumo", "Halima", "Ifrah", "Nasra", "Sahra", "Ubah", "Khadija"},
		last:  []string{"Nur", "Jama", "Aden", "Guled"}},
	{origin: "Oekraïne", tongue: "uk", second: "ru", share: 7, rule: "family", shared: true,
		men:   []string{"Oleksandr|Олександр", "Andriy|Андрій", "Taras|Тарас", "Mykola|Микола", "Dmytro|Дмитро", "Serhiy|Сергій"},
		women: []string{"Oksana|Оксана", "Olena|Олена", "Iryna|Ірина", "Natalia|Наталія", "Yulia|Юлія", "Sofia|Софія", "Halyna|Галина"},
		last:  []string{"Kovalenko|Коваленко", "Shevchenko|Шевченко", "Bondarenko|Бондаренко", "Tkachenko|Ткаченко", "Melnyk|Мельник", "Kravchuk|Кравчук"}},
	{origin: "Ethiopië", tongue: "am", second: "om", share: 2, rule: "father",
		men:   []string{"Abebe|አበበ", "Tadesse|ታደሰ", "Getachew|ጌታቸው", "Bekele|በቀለ", "Mulugeta|ሙሉጌታ", "Dereje|ደረጀ", "Solomon|ሰለሞን", "Girma|ግርማ"},
		women: []string{"Almaz|አልማዝ", "Tigist|ትዕግስት", "Hirut|ሂሩት", "Meseret|መሠረት", "Aster|አስቴር", "Bethlehem|ቤተልሔም", "Genet|ገነት"},
		last:  []string{"Wolde|ወልደ", "Gebre|ገብረ", "Desta|ደስታ"}},
}
