"""Facts of bytes do not depend on how the bytes are cut into chunks."""

import pytest

from ingest import probe

CONTENTS = {
    "lf": "上海,a\nb,é\n",
    "crlf": "上海,a\r\nb,é\r\n",
    "cr": "上海,a\rb,é\r",
    "mixed": "上海,a\r\nb,é\nc\r",
    "none": "上海",
}


@pytest.mark.parametrize("size", [1, 2, 3, 4, 5, 7])
@pytest.mark.parametrize("newline", CONTENTS)
def test_lines_and_encoding_are_found_across_chunks(tmp_path, monkeypatch, newline, size):
    path = tmp_path / "file.csv"
    content = CONTENTS[newline].encode()
    path.write_bytes(content)
    monkeypatch.setattr(probe, "CHUNK_BYTES", size)
    facts = probe.text_facts(path)
    assert (facts.newline, facts.is_utf8, facts.has_control) == (newline, True, False)
    assert facts.lines == len(content.removesuffix(b"\n").split(b"\n"))


@pytest.mark.parametrize("size", [1, 2, 3, 4, 100])
@pytest.mark.parametrize(
    "content, expected",
    [
        ('a,"b" ,c\n', True),
        ('a,"b"   \n', True),
        ('a,"b" ', True),
        ('a,"b",c\n', False),
        ('a, "b",c \n', False),
    ],
)
def test_a_blank_after_a_closing_quote_is_noticed(tmp_path, monkeypatch, content, expected, size):
    path = tmp_path / "file.csv"
    path.write_text(content)
    monkeypatch.setattr(probe, "CHUNK_BYTES", size)
    assert probe.text_facts(path).has_spaced_quote == expected


@pytest.mark.parametrize("size", [1, 2, 3, 100])
def test_a_character_cut_off_at_the_end_is_not_utf8(tmp_path, monkeypatch, size):
    path = tmp_path / "file.csv"
    path.write_bytes("上".encode()[:2])
    monkeypatch.setattr(probe, "CHUNK_BYTES", size)
    assert not probe.text_facts(path).is_utf8


@pytest.mark.parametrize("size", [1, 2, 3, 100])
def test_the_likely_encoding_is_found_across_chunks(tmp_path, monkeypatch, size):
    monkeypatch.setattr(probe, "CHUNK_BYTES", size)
    path = tmp_path / "file.csv"
    path.write_bytes("订单编号,买家\n".encode("gb18030"))
    assert probe.likely_encoding(path) == "gb18030"
    path.write_bytes("订单编号,买家\n".encode() + b"\xff")
    assert probe.likely_encoding(path) == "utf-8"
