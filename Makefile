# The commands of this project. What they print is for people: Indonesian.
# Needs Python 3.11 or newer, make and git; everything else is installed into .venv.

.DEFAULT_GOAL := help
.PHONY: help run test bench format chromium libreoffice poppler

VENV := .venv
BIN := $(VENV)/bin
# What is installed is remembered in these files: installing happens again only when a list of packages changed.
FOR_RUN := $(VENV)/.terpasang
FOR_TEST := $(VENV)/.terpasang-uji
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check

# The first of these that is new enough.
NEW_ENOUGH := import sys; sys.exit(sys.version_info < (3, 11))
PYTHON ?= $(shell for name in python3 python3.14 python3.13 python3.12 python3.11 python; do \
	"$$name" -c '$(NEW_ENOUGH)' >/dev/null 2>&1 && { echo "$$name"; break; }; done)

# Settings of .env, if there is one; what the environment says already comes before it.
SETTINGS = if [ -f .env ]; then given=$$(export -p | grep ' EMONEV_' || true); set -a; . ./.env; set +a; eval "$$given"; fi
# The server shares a port that is taken with whoever has it, so it is tried first.
FREE = $(BIN)/python -c 'import socket, sys; host, port = sys.argv[1], int(sys.argv[2]); \
	socket.create_server((host, port), family=socket.AF_INET6 if ":" in host else socket.AF_INET).close()' 2>/dev/null
ADDRESS = $(BIN)/python -c 'from data.settings import read_settings as read; s = read(); print(s.host, s.port, s.workers)'
PARTS := $(wildcard app.py pages callbacks data loaders routes reports bench tests)

help: ## Menampilkan daftar perintah ini
	@echo "Perintah e-Monev:"
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-8s %s\n", $$1, $$2 }' $(firstword $(MAKEFILE_LIST))

run: $(FOR_RUN) ## Menyiapkan basis data (kota contoh bila masih kosong), lalu melayani di http://127.0.0.1:8050
	@set -e; $(SETTINGS); \
	$(BIN)/python -m data siapkan; \
	set -- $$($(ADDRESS)); \
	$(FREE) "$$1" "$$2" || { \
		echo "Alamat $$1:$$2 tidak dapat dipakai (mungkin sedang dipakai program lain). Pilih porta lain: EMONEV_PORT=8051 make run"; \
		exit 1; }; \
	echo "e-Monev melayani di http://$$1:$$2 (berhenti: Ctrl+C)"; \
	exec $(BIN)/python -m granian --interface wsgi --host "$$1" --port "$$2" --workers "$$3" \
		--blocking-threads 4 --no-ws --log-level warning --workers-kill-timeout 30 app:server

test: $(FOR_TEST) chromium libreoffice poppler ## Memeriksa semuanya: gaya, tipe, arah impor, uji satuan, dan uji di peramban
	@set -e; \
	echo "1/5 gaya (ruff)"; $(BIN)/ruff check --quiet $(PARTS); \
	echo "2/5 bentuk (ruff format)"; $(BIN)/ruff format --check --quiet $(PARTS) \
		|| { echo "Ada berkas yang belum rapi. Jalankan: make format"; exit 1; }; \
	echo "3/5 tipe (mypy)"; $(BIN)/mypy $(filter-out tests,$(PARTS)); \
	echo "4/5 arah impor (import-linter)"; $(BIN)/lint-imports --no-logo; \
	echo "5/5 uji (pytest)"; $(BIN)/pytest -n 2 --dist worksteal

bench: $(FOR_TEST) ## Mengukur kecepatan di mesin ini, di samping halaman naif (sekitar lima menit)
	@$(BIN)/python -m bench

format: $(FOR_TEST) ## Merapikan bentuk semua berkas Python
	@$(BIN)/ruff check --fix --quiet $(PARTS) || true
	@$(BIN)/ruff format $(PARTS)

$(BIN)/python:
	@if [ -z "$(PYTHON)" ] || ! "$(PYTHON)" -c '$(NEW_ENOUGH)' >/dev/null 2>&1; then \
		echo "e-Monev memerlukan Python 3.11 atau lebih baru, tetapi tidak ditemukan."; \
		echo "Pasang dahulu (Debian: apt-get install python3 python3-venv) atau sebut letaknya: make run PYTHON=/letak/python3"; \
		exit 1; \
	fi
	@echo "Membuat lingkungan Python di $(VENV) …"
	@"$(PYTHON)" -m venv $(VENV) || { rm -rf $(VENV); \
		echo "Modul venv belum lengkap. Pasang dahulu (Debian: apt-get install python3-venv), lalu ulangi."; exit 1; }

$(FOR_RUN): requirements.txt | $(BIN)/python
	@echo "Memasang pustaka (sekali saja, satu sampai dua menit) …"
	@$(PIP) -r requirements.txt || { \
		echo "Pustaka tidak dapat dipasang. Periksa sambungan internet, lalu ulangi."; exit 1; }
	@touch $@

$(FOR_TEST): requirements-dev.txt $(FOR_RUN)
	@echo "Memasang pustaka pemeriksa …"
	@$(PIP) -r requirements-dev.txt || { \
		echo "Pustaka tidak dapat dipasang. Periksa sambungan internet, lalu ulangi."; exit 1; }
	@touch $@

chromium:
	@for name in chromium chromium-browser google-chrome; do \
		command -v "$$name" >/dev/null 2>&1 && exit 0; \
	done; \
	if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then \
		echo "Memasang Chromium untuk uji peramban …"; \
		apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq chromium >/dev/null; \
	else \
		echo "Uji peramban memerlukan Chromium. Pasang dahulu: sudo apt-get install chromium"; exit 1; \
	fi

libreoffice:
	@command -v soffice >/dev/null 2>&1 && exit 0; \
	if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then \
		echo "Memasang LibreOffice Calc untuk uji berkas Excel …"; \
		apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends \
			libreoffice-calc-nogui >/dev/null; \
	else \
		echo "Uji berkas Excel memerlukan LibreOffice. Pasang dahulu: sudo apt-get install libreoffice-calc-nogui"; exit 1; \
	fi

poppler:
	@command -v pdftotext >/dev/null 2>&1 && exit 0; \
	if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then \
		echo "Memasang Poppler untuk uji berkas PDF …"; \
		apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq poppler-utils >/dev/null; \
	else \
		echo "Uji berkas PDF memerlukan Poppler. Pasang dahulu: sudo apt-get install poppler-utils"; exit 1; \
	fi
