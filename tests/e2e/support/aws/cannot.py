"""What of the relay's suite cannot run on the AWS side, and why: all there is, by file and test. docs/aws.md has it for people."""

RELAY_ONLY = "is about the relay's own process, settings or program"
STREAMING = "needs a response that begins before its end is known: HTTP APIs hand over whole answers"
GATEWAY_SAYS = "API Gateway itself tells the visitor's address, so there are no proxies to trust"
HEAD_LENGTH = "API Gateway says the length of what it sends, which is nothing for HEAD"
OTHER_HOSTS = "API Gateway serves its own domain names and no other; requests for foreign ones never come in"

CANNOT = {
    "test_equality": {},
    "test_bodies": {},
    "test_recovery": {
        "test_embedded_relay_keeps_its_url_from_run_to_run": RELAY_ONLY,
        "test_sigterm_drains_what_is_in_flight": STREAMING,
    },
    "test_security": {
        "test_forwarded_fields_of_trusted_proxies_are_kept": GATEWAY_SAYS,
        "test_an_error_page_has_the_head_of_its_whole": HEAD_LENGTH,
        "test_foreign_hosts_are_not_served": OTHER_HOSTS,
    },
    "test_access": {
        "test_addresses": GATEWAY_SAYS,
    },
}


def take_out(items, whole_files):
    """(those that can run, those that cannot). A name that no test has any more is an error."""
    left_out, found = [], set()
    for item in items:
        name = item.originalname
        if name in CANNOT[item.module.__name__]:
            left_out.append(item)
            found.add(name)
    listed = {name for module in {item.module.__name__ for item in items} for name in CANNOT[module]}
    assert found == listed or not whole_files, f"no tests any more: {listed - found}"
    return [item for item in items if item not in left_out], left_out
