# The commands of the house. `make` alone lists them.
.PHONY: help demo test pages pages-are-current staticcheck race bench-http bench-recompute nightly screenshots names-learn

RACE = ./internal/kernel/db ./internal/kernel/names ./internal/kernel/web ./internal/kernel/privacy ./internal/kernel/audit ./internal/contact

help: ## this list
	@grep -E '^[a-z-]+:.*##' Makefile | sed 's/:.*##/\t/'

demo: ## start the whole with invented people
	go run ./cmd/reisgezel demo

test: ## all tests
	go test -timeout 60m ./...

pages: ## write the Go code of all templ pages again
	cd tools && go tool templ generate -path ..

pages-are-current: ## fail when a templ page was changed without writing its code again
	@cd tools && go tool templ generate -path .. >/dev/null 2>&1
	@git diff --exit-code --stat -- '*_templ.go' || { echo "run: make pages"; exit 1; }

staticcheck: ## the linter
	cd tools && go build -o ../build/staticcheck honnef.co/go/tools/cmd/staticcheck
	./build/staticcheck ./...

race: ## the race detector, on what has goroutines
	go test -race -short $(RACE)

bench-http: ## speed through the real server: make bench-http PEOPLE=100000
	go run ./cmd/bench-http --people $(or $(PEOPLE),100000)

names-learn: ## learn what spellings of names are worth again, out of public pairs: make names-learn PAIRS=FOLDER
	REISGEZEL_NAMES=$(abspath $(PAIRS)) REISGEZEL_LEARN=costs go test -count=1 -run TestLearnCosts -v ./internal/kernel/names
	go run ./cmd/reisgezel names enlarge --index $(PAIRS)/table100k.tsv > $(or $(TMPDIR),/tmp)/names-million.tsv
	REISGEZEL_NAMES=$(abspath $(PAIRS)) REISGEZEL_TABLE=$(or $(TMPDIR),/tmp)/names-million.tsv REISGEZEL_LEARN=glance go test -count=1 -timeout 60m -run TestLearnGlance -v ./internal/kernel/names
	REISGEZEL_NAMES=$(abspath $(PAIRS)) REISGEZEL_LEARN=model REISGEZEL_WRITE=1 go test -count=1 -timeout 60m -run TestLearnModel -v ./internal/kernel/names

bench-recompute: ## derive every track anew after a change of the rules: make bench-recompute PEOPLE=1000000 STORE=FOLDER
	go test ./internal/procedure -run '^$$' -bench 'Derive|Recompute' -benchtime 1x -timeout 2h -people $(or $(PEOPLE),20000) -store '$(STORE)'

build/node_modules: ## what the browser tests need: a driver and the accessibility checker
	@mkdir -p build && cd build && npm install --silent --no-save --no-package-lock --prefix . playwright-core@1.64.1 axe-core@4.14.1 >/dev/null

nightly: build/node_modules ## the long ones: power cuts, property tests, fuzzing, a million people
	REISGEZEL_LONG=1 go test -timeout 4h ./...
	for t in $$(grep -rl 'rapid.Check' internal --include='*_test.go' | xargs -n1 dirname | sort -u); do \
	  go test -timeout 1h -run 'Test' ./$$t -rapid.checks=2000 || exit 1; done
	for t in $$(grep -rlE '^func Fuzz' internal --include='*_test.go' | xargs -n1 dirname | sort -u); do \
	  for f in $$(grep -hoE '^func Fuzz[A-Za-z0-9]+' $$t/*_test.go | cut -d' ' -f2); do go test -run '^$$' -fuzz "^$$f$$" -fuzztime 10m ./$$t || exit 1; done; done
	REISGEZEL_SLOW=1 go test -count=1 -run PoorLine ./internal/app
	$(MAKE) bench-http PEOPLE=1000000
	$(MAKE) bench-recompute PEOPLE=1000000
