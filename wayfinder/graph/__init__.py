"""A plan becomes a network: one file a build step, problems as issues, no profiles and no words."""

from wayfinder.graph.builder import build_network
from wayfinder.graph.network import Edge, EdgeKind, Network, Node, NodeKind, Zone
from wayfinder.graph.space import Space

__all__ = ["Edge", "EdgeKind", "Network", "Node", "NodeKind", "Space", "Zone", "build_network"]
