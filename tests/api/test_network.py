"""GET /network over both engines."""

from __future__ import annotations

import networkx as nx
import pytest

from api.app import create_app
from api.models import NetworkAnswer
from kg.ask.queries import Catalogue
from kg.engine.store import Store
from tests.api.test_app import Client, over_store
from tests.kg.small_graph import facts, load
from tests.samples import QUERIES


@pytest.fixture
def client(store: Store) -> Client:
    load(store, facts())
    return Client(create_app(over_store(store)))


def test_it_answers_what_it_declares(client: Client) -> None:
    answer = NetworkAnswer.model_validate(
        client.get("/network", place="长治市", basis=["clause", "narrative"]).json(), strict=True
    )
    assert [node.name for node in answer.nodes][:2] == ["长治市司法局", "长治市财政局"]
    assert (answer.edges[0].tasks, answer.edges[0].both_lead) == (2, 2)
    assert answer.parameters["basis"] == ["clause", "narrative"]


def test_graphml(client: Client) -> None:
    answer = client.get("/network", by="function", format="graphml")
    assert answer.headers["content-type"] == "application/graphml+xml"
    assert nx.parse_graphml(answer.content).nodes["司法局"]["degree"] == 3


@pytest.mark.parametrize(
    ("parameters", "status", "says"),
    [
        ({"place": "没有"}, 404, "no place here"),
        ({"by": "colour"}, 422, "agency, function"),
        ({"format": "xml"}, 422, "format='xml'"),
        ({"format": ["json", "json"]}, 422, "given 2 times"),
        ({"limit": 5}, 422, "takes no parameter limit"),
    ],
)
def test_what_is_not_accepted(client: Client, parameters: dict[str, object], status: int, says: str) -> None:
    answer = client.get("/network", **parameters)
    assert (answer.status_code, says in answer.json()["detail"] + answer.json()["hint"]) == (status, True)


def test_it_is_there_where_its_edges_can_be_asked(embedded_store: Store) -> None:
    app = create_app(over_store(embedded_store, Catalogue([QUERIES["documents"]])))
    assert Client(app).get("/network").status_code == 404


def test_its_parameters_are_those_of_its_edges(embedded_store: Store) -> None:
    paths = create_app(over_store(embedded_store)).openapi()["paths"]
    names = [[parameter["name"] for parameter in paths[path]["get"]["parameters"]] for path in ("/network", "/network/edges")]
    assert [name for name in names[0] if name != "format"] == [
        name for name in names[1] if name not in ("limit", "format", "count")
    ]
