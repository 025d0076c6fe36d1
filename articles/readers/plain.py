"""What pages are made of."""


class Plain:
    """Data that a template reads by name: it asks for an item first, and for an attribute only where there is none."""

    def __getitem__(self, name):
        return self.__dict__[name]
