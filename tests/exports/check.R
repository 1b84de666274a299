# Reads a release as R users do: readr, haven, read.delim. Usage: Rscript check.R RELEASE
# Types, labels, missing values and rows must be those of the CSV files; arrow is not in Debian.

suppressPackageStartupMessages({
  library(haven)
  library(readr)
})
release <- commandArgs(trailingOnly = TRUE)[1]
checks <- 0
check <- function(holds, ...) {
  checks <<- checks + 1
  if (!isTRUE(holds)) {
    message("error: ", paste(..., collapse = " "))
    quit(status = 1)
  }
}
path <- function(name) file.path(release, name)

for (table in c("events", "reports", "claims", "documents", "actors", "dyad_month")) {
  text <- read_csv(path(paste0(table, ".csv")), na = "", trim_ws = FALSE, progress = FALSE,
    col_types = cols(.default = "c"))
  check(nrow(problems(text)) == 0, table, "cannot be read without problems")
  dta <- read_dta(path(paste0(table, ".dta")))
  check(nrow(dta) == nrow(text) && nrow(dta) > 0, table, "rows", nrow(dta), nrow(text))
  check(all(names(dta) %in% names(text)), table, "columns")
  for (name in names(dta)) {
    column <- dta[[name]]
    check(nchar(attr(column, "label")) > 0 && nchar(attr(column, "label")) <= 80, table, name, "label")
    there <- !is.na(text[[name]])
    if (is.character(column)) {
      check(identical(column[there], text[[name]][there]), table, name, "text")
      check(all(column[!there] == ""), table, name, "missing text")
    } else if (is.labelled(column)) {
      labels <- as.character(as_factor(column))
      twin <- text[[paste0(name, "_label")]]
      numbers <- suppressWarnings(as.numeric(text[[name]]))
      same <- if (all(is.na(numbers))) text[[name]] else twin
      check(identical(labels[there], same[there]) && all(is.na(labels[!there])), table, name, "labels")
    } else if (inherits(column, "Date")) {
      check(identical(format(column[there]), text[[name]][there]) && all(is.na(column[!there])), table, name, "days")
    } else {
      check(all(column[there] == as.numeric(text[[name]][there])), table, name, "numbers")
      check(all(is.na(column[!there])), table, name, "missing numbers")
    }
  }
}

# The recipe of the codebook.
events <- read_csv(path("events.csv"), na = "", trim_ws = FALSE, progress = FALSE, col_types = cols(
  event_date = "D", year = "i", yearmonth = "i", quad_class = "i", plover_score = "d", latitude = "d",
  longitude = "d", n_reports = "i", n_outlets = "i", n_texts = "i", confidence = "d", .default = "c"))
check(nrow(problems(events)) == 0, "the recipe of the codebook has problems")
check(inherits(events$event_date, "Date") && is.integer(events$quad_class), "types of the recipe")
check(all(is.na(events$event_date) == is.na(events$year)), "missing days")

for (set in c(gdelt = 61, icews = 20, polecat = 40, petrarch = 8)) {
  name <- names(which(c(gdelt = 61, icews = 20, polecat = 40, petrarch = 8) == set))
  rows <- read.delim(path(paste0(name, ".tsv")), header = name %in% c("icews", "polecat"), quote = "",
    colClasses = "character", na.strings = if (name == "polecat") "None" else "", check.names = FALSE, comment.char = "")
  check(ncol(rows) == set && nrow(rows) > 0, name, "columns", ncol(rows))
}
cat(sprintf("R %s, readr %s, haven %s: %d checks\n", getRversion(), packageVersion("readr"), packageVersion("haven"), checks))
