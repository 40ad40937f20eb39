"""Routes of one block over an Internet after Gao and Rexford, as one would first write it: networks and announcements as objects.

routes.py FILE COUNT   for the first COUNT origins of the file; prints milliseconds of processor time for all, and a hash of all routes.
FILE: int32 networks, links, origins; from[], to[], relation[] (0 peers, 1 buys); origins[]. Networks in the order of preference.
"""
import sys
import time
from array import array

CUSTOMER, PEER, PROVIDER = 2, 1, 0


class Announcement:
    __slots__ = ("path", "learnt")

    def __init__(self, path, learnt):
        self.path = path
        self.learnt = learnt


class Network:
    __slots__ = ("number", "customers", "peers", "providers", "rank", "heard", "best")

    def __init__(self, number):
        self.number = number
        self.customers, self.peers, self.providers = [], [], []
        self.rank = None
        self.heard = []
        self.best = None

    def choose(self):
        """The best of what was heard and is used: by who told it, by length, by the lower neighbour."""
        for announcement in self.heard:
            if self.number not in announcement.path and self.is_better(announcement):
                self.best = announcement
        self.heard = []

    def is_better(self, new):
        if self.best is None:
            return True
        if new.learnt != self.best.learnt:
            return new.learnt > self.best.learnt
        if len(new.path) != len(self.best.path):
            return len(new.path) < len(self.best.path)
        return new.path[0] < self.best.path[0]

    def tell(self, neighbours, learnt):
        path = (self.number,) + (self.best.path if self.best.path != (self.number,) else ())
        for neighbour in neighbours:
            neighbour.heard.append(Announcement(path, learnt))


def read(name):
    with open(name, "rb") as file:
        numbers = array("i")
        numbers.frombytes(file.read())
    count, links, origins = numbers[0:3]
    columns = [numbers[3 + k * links : 3 + (k + 1) * links] for k in range(3)]
    networks = [Network(number) for number in range(count)]
    for one, other, relation in zip(*columns):
        one, other = networks[one], networks[other]
        if relation == 1:
            one.providers.append(other)
            other.customers.append(one)
        else:
            one.peers.append(other)
            other.peers.append(one)
    return networks, numbers[3 + 3 * links : 3 + 3 * links + origins]


def ranks_of(networks):
    """Networks by how many sales lie below them at most."""
    missing = {network: len(network.customers) for network in networks}
    ranks, now = [], [network for network in networks if not network.customers]
    while now:
        ranks.append(now)
        later = []
        for network in now:
            for provider in network.providers:
                missing[provider] -= 1
                if missing[provider] == 0:
                    later.append(provider)
        now = later
    return ranks


def propagate(networks, ranks, origin):
    for network in networks:
        network.best, network.heard = None, []
    origin.best = Announcement((origin.number,), 3)
    for rank in ranks:
        for network in rank:
            network.choose()
            if network.best is not None:
                network.tell(network.providers, CUSTOMER)
    for network in networks:
        if network.best is not None:
            network.tell(network.peers, PEER)
    for network in networks:
        network.choose()
    for rank in reversed(ranks):
        for network in rank:
            network.choose()
            if network.best is not None:
                network.tell(network.customers, PROVIDER)


def main():
    networks, origins = read(sys.argv[1])
    ranks = ranks_of(networks)
    spent, result = 0.0, 0
    for number in origins[: int(sys.argv[2])]:
        start = time.process_time()
        propagate(networks, ranks, networks[number])
        spent += time.process_time() - start
        for network in networks:
            best = network.best
            is_own = best is not None and best.learnt == 3
            following = -1 if best is None else number if is_own else best.path[0]
            length = 0 if best is None or is_own else len(best.path)
            result = (result * 31 + following + length * 7) & 0xFFFFFFFF
    print(spent * 1000, format(result, "x"))


main()
