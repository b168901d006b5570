"""The frame of a page loses what is wrong in it; the page itself is left alone."""

from __future__ import annotations

from scripts.engine.tidy import tidy

PAGE = """<head><link rel="prev" href="a/"><link rel="next" href="b/"><link rel="icon" href="c">
<body>
    <input class="md-toggle" type="checkbox" id="__drawer" autocomplete="off">


    <label for="x" tabindex="">Menu</label> <label tabindex="0">Part</label>
<article><pre>one


two</pre><article>inner</article> <input autocomplete="off"></article>


<footer></footer>
"""


def test_the_frame_is_mended_and_the_article_kept() -> None:
    done = tidy(PAGE)
    assert '<input class="md-toggle" type="checkbox" id="__drawer">' in done
    assert '<head><link rel="icon" href="c">' in done  # Firefox would load the next page unasked
    assert '<label for="x">Menu</label> <label tabindex="0">' in done
    assert "one\n\n\ntwo" in done and '<input autocomplete="off"></article>\n<footer>' in done
    assert tidy(done) == done


def test_a_page_without_an_article_is_left_alone() -> None:
    assert tidy("<p>\n\n\n</p>") == "<p>\n\n\n</p>"
