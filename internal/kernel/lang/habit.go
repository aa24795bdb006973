package lang

// This file is about the calendar somebody counts their days in: the solar one of Iran and Afghanistan, the Ethiopian one, that of
// Umm al-Qura. Names of months are CLDR 48's (see NOTICE); the Kurdish and Arabic ones of the solar calendar are not,
// for it has none.

import (
	"context"

	"reisgezel/internal/kernel/clock"
)

// Common is the choice of no other calendar than the common one.
const Common = "common"

// Calendars are the other calendars somebody can choose, as clock.InCalendar names them.
var Calendars = []string{"solar", "ethiopian", "qura"}

// moons are the names of months by calendar and language; those under "" are for a language that has none of its own.
var moons = map[string]map[string][]string{
	"solar": {
		"":    {"Farvardin", "Ordibehesht", "Khordad", "Tir", "Mordad", "Shahrivar", "Mehr", "Aban", "Azar", "Dey", "Bahman", "Esfand"},
		"fa":  {"فروردین", "اردیبهشت", "خرداد", "تیر", "مرداد", "شهریور", "مهر", "آبان", "آذر", "دی", "بهمن", "اسفند"},
		"prs": {"حمل", "ثور", "جوزا", "سرطان", "اسد", "سنبله", "میزان", "عقرب", "قوس", "جدی", "دلو", "حوت"},
		"ps":  {"وری", "غویی", "غبرگولی", "چنگاښ", "زمری", "وږی", "تله", "لړم", "لیندۍ", "مرغومی", "سلواغه", "کب"},
		"ckb": {"خاکەلێوە", "گوڵان", "جۆزەردان", "پووشپەڕ", "گەلاوێژ", "خەرمانان", "ڕەزبەر", "گەڵاڕێزان", "سەرماوەز", "بەفرانبار", "ڕێبەندان", "ڕەشەمە"},
		"ar":  {"فروردين", "أرديبهشت", "خرداد", "تير", "مرداد", "شهريور", "مهر", "آبان", "آذر", "دي", "بهمن", "إسفند"},
	},
	"ethiopian": {
		"":   {"Meskerem", "Tekemt", "Hedar", "Tahsas", "Ter", "Yekatit", "Megabit", "Miazia", "Genbot", "Sene", "Hamle", "Nehasse", "Pagumen"},
		"am": {"መስከረም", "ጥቅምት", "ኅዳር", "ታኅሣሥ", "ጥር", "የካቲት", "መጋቢት", "ሚያዝያ", "ግንቦት", "ሰኔ", "ሐምሌ", "ነሐሴ", "ጳጉሜን"},
		"ti": {"መስከረም", "ጥቅምቲ", "ሕዳር", "ታሕሳስ", "ጥሪ", "ለካቲት", "መጋቢት", "ሚያዝያ", "ጉንበት", "ሰነ", "ሓምለ", "ነሓሰ", "ጳጉሜን"},
	},
	"qura": {
		"":    {"Muharram", "Safar", "Rabi I", "Rabi II", "Jumada I", "Jumada II", "Rajab", "Shaban", "Ramadan", "Shawwal", "Dhu al-Qadah", "Dhu al-Hijjah"},
		"ar":  {"محرم", "صفر", "ربيع الأول", "ربيع الآخر", "جمادى الأولى", "جمادى الآخرة", "رجب", "شعبان", "رمضان", "شوال", "ذو القعدة", "ذو الحجة"},
		"fa":  {"محرم", "صفر", "ربیع\u200cالاول", "ربیع\u200cالثانی", "جمادی\u200cالاول", "جمادی\u200cالثانی", "رجب", "شعبان", "رمضان", "شوال", "ذیقعده", "ذیحجه"},
		"prs": {"محرم", "صفر", "ربیع\u200cالاول", "ربیع\u200cالثانی", "جمادی\u200cالاول", "جمادی\u200cالثانی", "رجب", "شعبان", "رمضان", "شوال", "ذیقعده", "ذیحجه"},
		"kmr": {"muherem", "sefer", "rebîʿulewel", "rebîʿulaxer", "cemazîyelewel", "cemazîyelaxer", "receb", "şeʿban", "remezan", "şewal", "zîlqeʿde", "zilhece"},
		"am":  {"ሙሀረም", "ሳፈር", "ረቢዑል አወል", "ረቢዑል አኺር", "ጀማደል አወል", "ጀማደል አኺር", "ረጀብ", "ሻእባን", "ረመዳን", "ሸዋል", "ዙልቂዳህ", "ዙልሂጃህ"},
	},
}

// Habit is the calendar in which days are told beside the common one: the one somebody chose, or that of their language; empty when
// there is none.
func Habit(ctx context.Context) string {
	s := of(ctx)
	switch {
	case s.calendar == Common:
		return ""
	case s.calendar != "":
		return s.calendar
	}
	return s.lang.Calendar
}

// InHabit is a day in that calendar, and the name of its month in the language; without one, or where that calendar does not
// reach, the name is empty.
func InHabit(ctx context.Context, d clock.Date) (clock.Told, string) {
	calendar := Habit(ctx)
	told := clock.InCalendar(calendar, d)
	if told.Month == 0 {
		return told, ""
	}
	names, ok := moons[calendar][Of(ctx).Tag]
	if !ok {
		names = moons[calendar][""]
	}
	return told, names[told.Month-1]
}
