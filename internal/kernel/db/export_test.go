package db

// ReadersMost lets tests take every connection there is.
var ReadersMost = readersMost

// SlowMost is how many connections come on top of them.
const SlowMost = slowMost
