"""Two trivial answers, one by Flask and one by a Dash callback: what the WSGI servers are compared with."""

from dash import Dash, Input, Output, callback, dcc, html

app = Dash(__name__)
server = app.server
app.layout = html.Div([dcc.Location("_pages_location"), html.Div(id="jawaban")])


@server.get("/sepele")
def sepele() -> str:
    """A bare answer."""
    return "baik"


@callback(Output("jawaban", "children"), Input("_pages_location", "pathname"), Input("_pages_location", "search"))
def answer(pathname: str, search: str) -> list[html.Li]:
    """Fifty rows, about the size of a list of OPD."""
    return [html.Li(f"{number} {pathname} {search}") for number in range(50)]


# Dash wires its callbacks during the first request; two threads at once would find half of them missing.
server.test_client().get("/_dash-dependencies")
