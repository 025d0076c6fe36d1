"""What the demo's pictures show. A scene takes a board and the colours of a palette, and draws."""
