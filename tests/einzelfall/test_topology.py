"""TopoJSON."""

from einzelfall.topology import Topology

TWO_SQUARES = {
    "type": "Topology",
    "transform": {"scale": [0.5, 0.5], "translate": [10, 50]},
    "arcs": [[[2, 0], [0, 2]], [[2, 2], [-2, 0], [0, -2], [2, 0]], [[2, 0], [2, 0], [0, 2], [-2, 0]]],
    "objects": {
        "land": {
            "type": "GeometryCollection",
            "geometries": [
                {"type": "Polygon", "id": "west", "properties": {"name": "West"}, "arcs": [[0, 1]]},
                {"type": "MultiPolygon", "id": "east", "arcs": [[[2, -1]]]},
            ],
        }
    },
}


def test_it_reads_polygons_with_forward_and_backward_arcs() -> None:
    west, east = Topology(TWO_SQUARES, "land").areas
    assert (west.name, west.shape.area, east.shape.area) == ("West", 1.0, 1.0)
    assert west.shape.bounds == (10.0, 50.0, 11.0, 51.0)
    assert east.shape.bounds == (11.0, 50.0, 12.0, 51.0)


def test_it_finds_the_border_between_two_areas() -> None:
    topology = Topology(TWO_SQUARES, "land")
    assert topology.shared_lines().bounds == (11.0, 50.0, 11.0, 51.0)
    assert topology.shared_lines(without="west").is_empty
