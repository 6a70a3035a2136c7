"""A plan becomes a network: one file a build step, problems as issues, no profiles and no words."""

from wayfinder.graph.builder import build_network
from wayfinder.graph.elements import Edge, EdgeKind, Node, NodeKind
from wayfinder.graph.network import Network, Zone
from wayfinder.graph.space import Space

__all__ = ["Edge", "EdgeKind", "Network", "Node", "NodeKind", "Space", "Zone", "build_network"]
