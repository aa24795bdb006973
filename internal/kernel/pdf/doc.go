// Package pdf writes a paper in two languages side by side, that a screen reader can read and that prints well.
//
// Letters are shaped as their script asks: Arabic joined and from right to left, Ethiopic, Cyrillic and Latin, with words of
// another script inside. Only the glyphs that are used are embedded. Each glyph tells the letters it stands for, so that text can
// be searched and copied, and a screen reader hears what was written.
//
// The paper is tagged: headings, paragraphs, items of lists and pictures with words for them, each with its language. Its order for
// a listener is one language whole, then the other, though a reader sees them beside each other. Numbers of pages and lines
// between rows are marked as what need not be read.
//
// The same content gives the same bytes: there is no date and no id of chance in it, and nothing about who made it.
package pdf
