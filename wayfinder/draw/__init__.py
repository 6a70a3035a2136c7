"""One drawing for all: a level becomes a scene, a scene becomes SVG."""
