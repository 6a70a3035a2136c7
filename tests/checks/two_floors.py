"""A small house: two rooms below, a ward above, a lift and stairs between them."""

TWO_FLOORS = """
    level 0
    +-----+-----+----+------+
    |desk |ecg  |lift|stairs|
    +--1--+--2--+-5--+--6---+
    4hall                   |
    +-----------------------+

    level 1
                +----+------+
                |lift|stairs|
    +-----+-----+-5--+--6---+
    |ward 3hall             |
    +-----+-----------------+
"""
