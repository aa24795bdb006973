# Writes series.csv, invented counts, and reference.csv, what the R package surveillance says of them:
#   Rscript reference.R     (Debian: r-cran-surveillance)
# The tests read both, so that no R is needed to run them.
suppressMessages(library(surveillance))
set.seed(20261124)
season <- function(n) 1 + 0.4 * sin(2 * pi * (1:n) / 52.18)
nb <- function(mu, phi) rnbinom(length(mu), mu = mu, size = mu / (phi - 1))
days <- function(from, n) seq(as.Date(from), by = "week", length.out = n)

make <- list()
n <- 470; pop <- round(20000 * (1 + 0.3 * sin((1:n) / 60)) + 8 * (1:n))
y <- nb(pop / 2000 * season(n), 1.8); y[300:306] <- y[300:306] * 4; y[440] <- 60
make$exposure <- list(y = y, week = as.character(days("2016-01-04", n)), pop = pop, dates = TRUE, from = 270)
n <- 420; y <- nb(6 * season(n) * (1 + (1:n) / 500), 1.3); y[c(120:124, 330)] <- 40
make$numbers <- list(y = y, week = as.character(1:n), pop = rep(1, n), dates = FALSE, from = 264)
n <- 440; y <- rpois(n, 0.8); y[400:403] <- c(3, 5, 6, 4)
make$sparse <- list(y = y, week = as.character(days("2017-03-01", n)), pop = rep(1, n), dates = TRUE, from = 270)
n <- 430; y <- nb(150 * season(n), 9); y[200] <- 900; y[c(50, 51, 160, 390)] <- NA
make$gaps <- list(y = y, week = as.character(days("2015-12-28", n)), pop = rep(1, n), dates = TRUE, from = 270)

improved <- list(noPeriods = 10, pastWeeksNotIncluded = 26, pThresholdTrend = 1)
settings <- list(
  default = list(),
  improved = c(improved, thresholdMethod = "nbPlugin"),
  muan = c(improved, thresholdMethod = "muan", alpha = 0.01),
  delta10 = c(improved, thresholdMethod = "delta", b = 4, alpha = 0.1),
  half = list(powertrans = "1/2", b = 3, w = 2, reweight = FALSE))

series <- NULL; said <- NULL
for (name in names(make)) {
  m <- make[[name]]
  epoch <- if (m$dates) as.numeric(as.Date(m$week)) else seq_along(m$y)
  s <- new("sts", epoch = epoch, observed = matrix(m$y, ncol = 1), populationFrac = matrix(m$pop, ncol = 1), freq = 52, epochAsDate = m$dates, start = c(2016, 1))
  series <- rbind(series, data.frame(week = m$week, series = name, count = m$y, exposure = m$pop)[!is.na(m$y), ])
  for (set in names(settings)) {
    range <- m$from:length(m$y)
    r <- suppressWarnings(farringtonFlexible(s, control = c(list(range = range, populationOffset = TRUE), settings[[set]])))
    near <- range %in% unlist(lapply(which(is.na(m$y)), function(i) i:(i + 3))) # it judges no week near a gap; we do
    said <- rbind(said, data.frame(settings = set, series = name, week = m$week[range], expected = as.vector(r@control$expected), upper = as.vector(r@upperbound), alarm = as.vector(r@alarm))[!near, ])
  }
}
write.csv(series, "series.csv", row.names = FALSE, quote = FALSE)
write.csv(format(said, digits = 10, trim = TRUE), "reference.csv", row.names = FALSE, quote = FALSE)
