# The few words that people use here. Everything else is plain go.

STATICCHECK = go run honnef.co/go/tools/cmd/staticcheck@v0.8.2
FUZZTIME ?= 10s
# A package and a target to fuzz: make fuzz PKG=./formats/hcert FUZZ=FuzzDecode FUZZTIME=5m
PKG ?=
FUZZ ?= Fuzz

.DEFAULT_GOAL := help
.PHONY: help build test race fuzz bench generate lint cover ci

help: ## show these words
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-10s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

build: ## build the command as ./travelseal
	go build -o travelseal ./cmd/travelseal

test: ## run all tests
	go test ./...

race: ## run all tests with the race detector
	go test -race -timeout 20m ./...

fuzz: ## fuzz one target: PKG=./formats/hcert FUZZ=FuzzDecode FUZZTIME=5m
	@test -n "$(PKG)" || { echo 'say which package: make fuzz PKG=./formats/hcert'; exit 2; }
	go test -run '^$$' -fuzz '$(FUZZ)' -fuzztime $(FUZZTIME) $(PKG)

bench: ## measure verdicts, archives and curves, each against something bare in the same run
	go test -run '^$$' -bench Verdict -benchtime 3s ./verify
	go test -run '^$$' -bench Overhead -benchtime 10x ./batch
	go test -run '^$$' -bench SHC -benchtime 3s ./formats/shc
	go test -run '^$$' -bench 'VDS|Mdoc|ParseAndCheck' -benchtime 3s ./formats/vds ./formats/mdoc ./internal/mrz
	go test -run '^$$' -bench Verdict -benchtime 3s ./formats/emrtd
	go test -run '^$$' -bench Verify -benchtime 300x ./internal/ec

generate: ## write generated code and documents again
	go generate ./...

lint: ## gofmt, go vet, staticcheck and the house rules
	@test -z "$$(gofmt -l . | tee /dev/stderr)"
	go vet ./...
	$(STATICCHECK) ./...
	go test ./internal/house

cover: ## show what share of the code the tests reach
	go test -coverprofile cover.out ./...
	go tool cover -func cover.out | tail -n 1

ci: ## everything that must hold before a change is merged
	./.ci/run
