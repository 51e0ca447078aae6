"""Whether the statements of a role allow a call. Knows what our template uses, and refuses to guess about the rest."""

import re


class Denied(Exception):
    """A call that the policy of its function does not allow."""


def _listed(value):
    return value if isinstance(value, list) else [value]


def _matches(pattern, text):
    """`*` and `?` as IAM has them; a `*` may span slashes."""
    expression = "".join({"*": ".*", "?": "."}.get(part, re.escape(part)) for part in pattern)
    return re.fullmatch(expression, text, re.DOTALL) is not None


def _condition_holds(condition, context):
    for operator, tests in condition.items():
        if operator != "StringEquals":
            raise ValueError(f"the policy has a condition {operator}, which the local AWS does not know")
        for key, values in tests.items():
            if context.get(key) not in _listed(values):
                return False
    return True


class Policy:
    def __init__(self, statements):
        self._statements = statements
        self.used = set()  # (Sid, action) of what was needed

    def check(self, action, resource, **context):
        """`context` are condition keys, with `__` for the colon: kms__ViaService."""
        keys = {key.replace("__", ":"): value for key, value in context.items()}
        for statement in self._statements:
            if statement["Effect"] != "Allow":
                raise ValueError("the policy has a Deny, which the local AWS does not know")
            if (action in _listed(statement["Action"])
                    and any(_matches(pattern, resource) for pattern in _listed(statement["Resource"]))
                    and _condition_holds(statement.get("Condition", {}), keys)):
                self.used.add((statement["Sid"], action))
                return
        raise Denied(f"is not authorized to perform: {action} on resource: {resource}")

    def unused(self, ignored=()):
        """(Sid, action) that nothing needed: candidates to take away."""
        granted = {(statement["Sid"], action) for statement in self._statements for action in _listed(statement["Action"])}
        return sorted(pair for pair in granted - self.used if pair[1].split(":")[0] not in ignored)
