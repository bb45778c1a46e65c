"""What counts as one client of a limit: a rule of everything that strangers may ask."""

from ipaddress import IPv4Address, ip_address, ip_network


def client_network(address: str) -> str:
    """What counts as one client: an IPv4 address, or the /64 an IPv6 subscriber owns whole and may walk through. What
    is no address stays what it is."""
    try:
        given = ip_address(address)
    except ValueError:
        return address
    if isinstance(given, IPv4Address):
        return str(given)
    if given.ipv4_mapped:
        return str(given.ipv4_mapped)
    return str(ip_network((given, 64), strict=False))
