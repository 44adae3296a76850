"""The document's title and metas are the page's own words, escaped."""

from callbacks.head import page_title, public_metas

DRAWN = (
    '<span class="pemda">Kota</span><h1 class="a">Dinas &lt;b&gt; "A"\u00a0<em>B</em>.</h1>'
    '<p class="pengantar">Naik "2" &amp; turun.</p>'
)


def test_the_title_is_the_heading_with_site_and_city() -> None:
    assert page_title(DRAWN) == 'Dinas <b> "A" B · e-Monev Kota'
    assert page_title("") == "e-Monev"


def test_metas_are_escaped_and_never_empty() -> None:
    here, picture = "https://kota.example/?a=1&b=2", "https://kota.example/kota.png"
    metas = public_metas(page_title(DRAWN), DRAWN, here, picture)
    assert 'content="Naik &quot;2&quot; &amp; turun."' in metas
    assert "<b>" not in metas
    assert "description" not in public_metas("a", "", here, picture)
    assert 'content=""' not in metas
    assert '<link rel="canonical" href="https://kota.example/?a=1&amp;b=2">' in metas
