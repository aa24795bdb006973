package knelpunt

// This file fills a demonstration with what structured forms say, a photograph, and what was told in other languages.

import (
	"bytes"
	"context"
	"image"
	"image/color"
	"image/draw"
	"image/jpeg"

	"reisgezel/internal/kernel/access"
	"reisgezel/internal/kernel/db"
)

// demoTold puts what was told at the first bottleneck into two other languages.
func (k *Knelpunten) demoTold(ctx context.Context, tx *db.Tx, a access.Actor, bottleneck string) error {
	ss, err := k.steps(ctx, tx, db.F(`bottleneck = ? AND told = TRUE`, bottleneck))
	for _, s := range ss {
		if err == nil {
			err = k.tellIn(ctx, tx, a, s, map[string]string{
				"en": "We spoke with the IND about the wrong interpreter. Say it at once during the interview when the language is not right, and ask that it is written down.",
				"ar": "تحدثنا مع IND عن المترجم الخطأ. إذا لم تكن اللغة صحيحة فقل ذلك فورًا أثناء المقابلة واطلب تسجيله."})
		}
	}
	return err
}

// demoDetails are what the structured forms of some signals of the demonstration say, by their place in its list.
var demoDetails = map[int]Detail{
	12: {Reception, map[string][]string{"site": {"central"}, "lack": {"bed", "wash", "warmth"}, "since": {"weeks"}, "people": {"many"}, "children": {"yes"}, "fragile": {"pregnant", "ill"}, "said": {"noplace"}}},
	13: {Reception, map[string][]string{"site": {"central"}, "lack": {"bed", "family"}, "since": {"days"}, "people": {"tens"}, "children": {"yes"}, "said": {"noplace"}}},
	14: {Reception, map[string][]string{"site": {"emergency"}, "lack": {"privacy", "needs"}, "since": {"months"}, "people": {"few"}, "children": {"no"}, "fragile": {"violence"}, "said": {"noanswer"}}},
	30: {Pushback, map[string][]string{"pair": {"hr_ba"}, "section": {"land"}, "by": {"police", "masked"}, "what": {"driven", "beaten", "taken"}, "group": {"tens"}, "hurt": {"light"}, "asked": {"yes"}, "report": {"ngo"}}},
	31: {Pushback, map[string][]string{"pair": {"gr_tr"}, "section": {"sea"}, "by": {"coast"}, "what": {"boat", "nohelp"}, "group": {"tens"}, "hurt": {"serious"}, "asked": {"yes"}}},
}

// demoPictured is the signal of the demonstration that has a photograph.
const demoPictured = 14

// demoPhoto draws one: beds in a row in a bare room.
func (k *Knelpunten) demoPhoto(ctx context.Context, tx *db.Tx, signal string) error {
	m := image.NewGray(image.Rect(0, 0, 640, 360))
	draw.Draw(m, m.Bounds(), image.NewUniform(color.Gray{Y: 200}), image.Point{}, draw.Src)
	draw.Draw(m, image.Rect(0, 240, 640, 360), image.NewUniform(color.Gray{Y: 150}), image.Point{}, draw.Src)
	for x := 20; x < 620; x += 70 {
		draw.Draw(m, image.Rect(x, 210, x+50, 300), image.NewUniform(color.Gray{Y: 90}), image.Point{}, draw.Src)
		draw.Draw(m, image.Rect(x, 210, x+50, 232), image.NewUniform(color.Gray{Y: 235}), image.Point{}, draw.Src)
	}
	var b bytes.Buffer
	if err := jpeg.Encode(&b, m, nil); err != nil {
		return err
	}
	id := db.Blind("kf")
	_, err := db.Do(ctx, tx, db.F(`INSERT INTO knelpunt_photo (id, signal, body) VALUES (?,?,?)`, id, signal, k.key().Seal(photoPlace(id), b.Bytes())))
	return err
}
