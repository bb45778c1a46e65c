"""Where somebody acts from, in words: never what a browser says of itself, never the whole address."""

import pytest

from services.identity.domain.whereabouts import UNKNOWN, browser_in_words, part_of

WEBKIT = "AppleWebKit/537.36 (KHTML, like Gecko)"
WINDOWS = f"Mozilla/5.0 (Windows NT 10.0; Win64; x64) {WEBKIT}"
IPHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 17_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko)"


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ("Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:133.0) Gecko/20100101 Firefox/133.0", "Firefox sur Windows"),
        (f"{WINDOWS} Chrome/131.0.0.0 Safari/537.36", "Chrome sur Windows"),
        (f"{WINDOWS} Chrome/131.0.0.0 Safari/537.36 Edg/131.0.0.0", "Edge sur Windows"),
        (f"{WINDOWS} Chrome/131.0.0.0 Safari/537.36 OPR/117.0.0.0", "Opera sur Windows"),
        (f"{IPHONE} Version/17.1 Mobile/15E148 Safari/604.1", "Safari sur iPhone"),
        (f"{IPHONE} CriOS/119.0 Mobile/15E148 Safari/604.1", "Chrome sur iPhone"),
        (f"{IPHONE} FxiOS/119.0 Mobile/15E148 Safari/605.1.15", "Firefox sur iPhone"),
        (
            "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) "
            "Version/17.1 Safari/605.1.15",
            "Safari sur macOS",
        ),
        (
            f"Mozilla/5.0 (Linux; Android 14; SM-S9) {WEBKIT} SamsungBrowser/23.0 Chrome/115.0.0.0 Mobile Safari/537",
            "Samsung Internet sur Android",
        ),
        (f"Mozilla/5.0 (X11; Linux x86_64) {WEBKIT} Chrome/131.0.0.0 Safari/537.36", "Chrome sur Linux"),
        ("Firefox/133.0", "Firefox"),
        *((odd, UNKNOWN) for odd in ("", "curl/8.5.0", "<script>alert(1)</script>", "Appelez le 08", "é" * 400)),
    ],
)
def test_a_browser_is_said_in_words_of_ours(said: str, words: str) -> None:
    assert browser_in_words(said) == words


@pytest.mark.parametrize(
    ("address", "part"),
    [
        ("203.0.113.77", "203.0.113.x"),
        ("::ffff:203.0.113.77", "203.0.113.x"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:x"),
        ("2001:db8::1", "2001:db8:0:x"),
        ("", None),
        ("unix:", None),
    ],
)
def test_of_an_address_the_network_is_kept_alone(address: str, part: str | None) -> None:
    assert part_of(address) == part
