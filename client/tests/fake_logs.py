"""CloudWatch Logs, as far as this package asks for it."""

from __future__ import annotations

import json
import re
from typing import Any

from faults import Fault


class FakeLogs:
    """Log groups with their events, which a test adds."""

    def __init__(self) -> None:
        self.groups: dict[str, list[dict[str, Any]]] = {}

    def say(self, group: str, moment: int, message: dict[str, Any] | str) -> None:
        """Adds an event: seconds since 1970, and what was logged."""
        events = self.groups.setdefault(group, [])
        text = message if isinstance(message, str) else json.dumps(message)
        events.append(
            {"timestamp": moment * 1000, "message": text + "\n", "eventId": f"{group}{len(events)}"}
        )

    def filter(self, arguments: dict[str, Any]) -> dict[str, Any]:
        """FilterLogEvents: pages of one event that it looks at, whether it fits or not."""
        group = arguments["logGroupName"]
        if group not in self.groups:
            raise Fault(400, "ResourceNotFoundException", "The specified log group does not exist.")
        pattern = re.fullmatch(r'\{ \$\.(\w+) = "(\w+)" \}', arguments["filterPattern"])
        assert pattern, arguments["filterPattern"]
        at = int(arguments.get("nextToken", 0))
        looked = self.groups[group][at : at + 1]
        found = [
            event
            for event in looked
            if event["timestamp"] >= arguments["startTime"]
            and _fits(event["message"], pattern[1], pattern[2])
        ]
        more = {"nextToken": str(at + 1)} if at + 1 < len(self.groups[group]) else {}
        return {"events": found, "searchedLogStreams": []} | more


def _fits(message: str, field: str, value: str) -> bool:
    try:
        told = json.loads(message)
    except ValueError:
        return False
    return isinstance(told, dict) and told.get(field) == value
