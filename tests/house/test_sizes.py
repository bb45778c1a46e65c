"""Small files, small functions, small tests: a reader holds one whole file in mind."""

import statistics

from tests.house.sources import CODE, PRODUCT, ROOT, functions, python, texts

LONGEST_FILE, MEDIAN_FILE, LONGEST_FUNCTION, MEDIAN_FUNCTION = 300, 80, 50, 8
TEMPLATE = 300


def lines(path: object) -> int:
    return len((ROOT / str(path)).read_text().splitlines())


def test_no_file_is_long() -> None:
    for path in python(*CODE):
        assert lines(path) <= LONGEST_FILE, f"{path} has {lines(path)} lines: split it by what it is about."


def test_no_template_or_style_sheet_is_long() -> None:
    for path, text in texts():
        if path.suffix in (".html", ".css", ".js") and "vendor" not in path.parts:
            assert text.count("\n") <= TEMPLATE, f"{path} has {text.count(chr(10))} lines: take a part out of it."


def test_half_of_the_files_are_short() -> None:
    median = statistics.median(lines(path) for path in python(*PRODUCT))
    assert median <= MEDIAN_FILE, f"the median file has {median} lines: the last ones written are too long."


def test_no_function_is_long() -> None:
    for path in python(*CODE):
        for function in functions(path):
            length = (function.end_lineno or 0) - function.lineno + 1
            assert length <= LONGEST_FUNCTION, f"{path}:{function.lineno} {function.name} has {length} lines: split it."


def test_half_of_the_functions_are_short() -> None:
    sizes = [(one.end_lineno or 0) - one.lineno + 1 for path in python(*PRODUCT) for one in functions(path)]
    assert statistics.median(sizes) <= MEDIAN_FUNCTION, f"the median function has {statistics.median(sizes)} lines."


def test_a_test_states_one_behaviour() -> None:
    sizes = [
        (one.end_lineno or 0) - one.lineno + 1
        for path in python("tests")
        for one in functions(path)
        if one.name.startswith("test_")
    ]
    assert statistics.median(sizes) <= 10, f"the median test has {statistics.median(sizes)} lines: state one behaviour."
