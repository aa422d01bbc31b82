"""No module imports itself through others; imports inside functions count."""

import grimp
import networkx


def test_no_circle_of_imports() -> None:
    graph = grimp.build_graph("postil", include_external_packages=False)
    modules = sorted(name for name in graph.modules if ".tests" not in name)
    assert len(modules) > 150
    edges = networkx.DiGraph()
    for module in modules:
        edges.add_edges_from((module, target) for target in graph.find_modules_directly_imported_by(module))
    circles = [sorted(group) for group in networkx.strongly_connected_components(edges) if len(group) > 1]
    assert circles == []
