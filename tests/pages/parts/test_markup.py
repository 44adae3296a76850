"""The HTML rendering: the same tree, everything escaped."""

from html.parser import HTMLParser
from typing import Any

import pytest
from dash import dcc, html

from pages.parts.elements import attrs, svg
from pages.parts.markup import to_html

XSS = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    '"><script>alert(1)</script>',
    "'><svg onload=alert(1)>",
    "</p><script>alert(1)</script>",
    "<svg/onload=alert(1)>",
    "<iframe src=javascript:alert(1)>",
    "<body onload=alert(1)>",
    "<a href=javascript:alert(1)>x</a>",
    '" onmouseover="alert(1)',
    "' onfocus='alert(1)' autofocus='",
    "<!--<script>alert(1)//-->",
    "<![CDATA[<script>alert(1)</script>]]>",
    "<math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "&#60;script&#62;alert(1)",
    "<scr<script>ipt>alert(1)</script>",
    "<style>@import 'javascript:alert(1)'</style>",
    "<input autofocus onfocus=alert(1)>",
    "<details open ontoggle=alert(1)>",
    "<marquee onstart=alert(1)>",
    "<object data=javascript:alert(1)>",
    "<embed src=javascript:alert(1)>",
    "<base href=//evil>",
    "<meta http-equiv=refresh content=0;url=//evil>",
    "<link rel=stylesheet href=//evil>",
    "<template><script>alert(1)</script></template>",
    '<noscript><p title="</noscript><img src=x onerror=alert(1)>">',
    "\u2028<script>alert(1)</script>",
    "{{constructor.constructor('alert(1)')()}}<x onclick=alert(1)>",
]


class Reader(HTMLParser):
    """What a browser would see: tags with their attributes, and the text."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.text += data


def read(tree: Any) -> Reader:
    reader = Reader()
    reader.feed(to_html(tree))
    return reader


@pytest.mark.parametrize("bad", XSS)
def test_text_and_attributes_stay_what_they_are(bad: str) -> None:
    seen = read(html.P(["a", html.Span(bad, title=bad, **attrs(data_salin=bad, aria_label=bad))], className=bad))
    assert [tag for tag, _ in seen.tags] == ["p", "span"]
    assert seen.text == "a" + bad
    assert seen.tags[0][1] == {"class": bad}
    assert seen.tags[1][1] == {"title": bad, "data-salin": bad, "aria-label": bad}


@pytest.mark.parametrize(
    "address",
    ["javascript:alert(1)", " JaVaScRiPt:alert(1)", "data:text/html,<script>", "vbscript:x", "java\nscript:alert(1)"],
)
def test_addresses_that_run_are_left_out(address: str) -> None:
    assert "href" not in read(html.A("x", href=address)).tags[0][1]


@pytest.mark.parametrize("address", ["/opd/1.02?tw=3", "#isi", "?tw=2", "https://wa.me/?text=a", "assets/x.css", ""])
def test_ordinary_addresses_stay(address: str) -> None:
    assert read(html.A("x", href=address)).tags[0][1]["href"] == address


def test_names_of_attributes() -> None:
    seen = read(
        [
            html.Label("a", htmlFor="b"),
            html.Td("c", colSpan="2"),
            html.Div(tabIndex="0", style={"marginTop": "2px", "--x": 1}, hidden=True),
            html.Details(open=True),
            html.Details(open=False),
            svg.Svg(svg.Path(d="M0 0", strokeWidth=2, fillOpacity=0.5), viewBox="0 0 1 1", preserveAspectRatio="none"),
            svg.Text("t", textAnchor="middle"),
            html.Button("b", **attrs(aria_pressed="false")),
        ]
    )
    found = dict(seen.tags)
    assert found["label"] == {"for": "b"}
    assert found["td"] == {"colspan": "2"}
    assert found["div"] == {"tabindex": "0", "style": "margin-top:2px;--x:1", "hidden": None}
    assert found["details"] == {}
    assert found["path"] == {"d": "M0 0", "stroke-width": "2", "fill-opacity": "0.5"}
    assert found["text"] == {"text-anchor": "middle"}
    assert found["button"] == {"aria-pressed": "false"}
    drawn = to_html(svg.Svg(viewBox="0 0 1 1", preserveAspectRatio="none"))
    assert 'viewBox="0 0 1 1"' in drawn
    assert 'preserveAspectRatio="none"' in drawn


def test_nothing_renders_nothing() -> None:
    assert to_html(None) == to_html([None, "", []]) == ""
    assert to_html(html.Div([None, 0, "x"])) == "<div>0x</div>"
    assert to_html(html.Div(dcc.Graph(id="g"))) == "<div></div>"


def test_void_elements_have_no_end() -> None:
    assert to_html([html.Br(), html.Hr(), html.Img(src="/a.png")]) == '<br><hr><img src="/a.png">'
