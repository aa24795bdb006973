package db

// ReadersMost lets tests take every connection there is.
var ReadersMost = readersMost
