# Works with GNU make 3.81 (macOS) and later. What needs more than a line is in deployments/setup.sh.
PORT ?= 8000
PREFECT_PORT ?= 4200
ARGS ?=

SETUP := sh deployments/setup.sh
PYTHON_HERE := .venv/bin/python

.DEFAULT_GOAL := help
.PHONY: help setup run test check catalogue bench constraints clean

help:
	@echo 'make run [PORT=8000] [PREFECT_PORT=4200]   chạy bản dùng thử; dừng bằng Ctrl-C'
	@echo 'make setup                                 chỉ chuẩn bị môi trường .venv (cả phần kiểm thử)'
	@echo 'make test [ARGS="-k due"]                  chạy mọi kiểm thử'
	@echo 'make check                                 kiểm tra quy ước, kiểu dữ liệu và các tầng'
	@echo 'make catalogue                             gom các câu mới vào bản dịch (docs/how-to/translate.md)'
	@echo 'make bench                                 đo tốc độ'
	@echo 'make constraints                           chọn lại phiên bản các gói trong constraints.txt'
	@echo 'make clean                                 xóa .venv và các tệp tạm; giữ nguyên dữ liệu trong data/'

setup:
	@$(SETUP) install test

run:
	@$(SETUP) install run
	@exec .venv/bin/doithoai up --demo --port $(PORT) --prefect-port $(PREFECT_PORT)

# A file stays on one worker, so that a server it starts serves all of it; the files with servers come first.
test:
	@$(SETUP) install test
	@CHROMIUM=$$($(SETUP) browser) && export CHROMIUM && \
	exec $(PYTHON_HERE) -m pytest -n 2 --dist loadfile --no-loadscope-reorder $(ARGS)

check:
	@$(SETUP) install test
	$(PYTHON_HERE) -m ruff check .
	$(PYTHON_HERE) -m ruff format --check .
	$(PYTHON_HERE) -m mypy --explicit-package-bases calendars workflow flows tests
	$(PYTHON_HERE) -m pytest tests/architecture

catalogue:
	@$(SETUP) install test
	@$(PYTHON_HERE) -m tests.architecture.texts

bench:
	@$(SETUP) install bench
	@for bench in tests/benchmarks/bench_*.py; do \
	  echo "── $$bench"; PYTHONPATH=. $(PYTHON_HERE) "$$bench" || exit 1; \
	done

constraints:
	@$(SETUP) constraints

clean:
	rm -rf .venv build dist *.egg-info .pytest_cache .mypy_cache .ruff_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
