"""Groups: recipients under one id (docs/platform/sms-rest.md#groups)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sinch import limits
from sinch.sandbox.platform.records import Store
from sinch.sandbox.platform.state import State
from sinch_api.models.messages import (
    GroupRequest,
    GroupUpdate,
    MessagesErrorCode,
)

from . import numbers, reports
from .records import Group
from .refusals import constraint, forbidden, not_found


class GroupService:
    """The groups of the plan."""

    def __init__(self, state: State) -> None:
        self._state = state
        self.made: Store[str, Group] = Store(state.settings.remember)

    def make(self, request: GroupRequest) -> Group:
        """Make a group; raises :class:`.PlanRefusal`."""
        now = self._state.scheduler.now()
        group = Group(id=self._state.ids.ulid(now), created_at=now, modified_at=now)
        self._fill(group, request)
        self.made.add(group.id, group)
        self._tell(group)
        return group

    def find(self, group_id: str) -> Group:
        """A group by its id; raises :class:`.PlanRefusal` 404."""
        found = self.made.get(group_id)
        if found is None:
            raise not_found()
        return found

    def target(self, group_id: str) -> list[str]:
        """Everybody a batch to this group goes to; raises :class:`.PlanRefusal` 403."""
        found = self.made.get(group_id)
        if found is None:
            word = MessagesErrorCode.UNKNOWN_GROUP
            raise forbidden(word, f"There is no group {group_id[:64]}.")
        return self.everybody(found)

    def everybody(self, group: Group) -> list[str]:
        """Its members and those of the groups in it, each once."""
        found: dict[str, None] = {}
        seen: set[str] = set()
        waiting = [group]
        while waiting:  # a group may be in itself, by way of another, and chains may be long
            current = waiting.pop()
            if current.id in seen:
                continue
            seen.add(current.id)
            found.update(dict.fromkeys(current.members))
            children = (self.made.get(child_id) for child_id in reversed(current.child_groups))
            waiting += [child for child in children if child is not None]
        return list(found)

    def replace(self, group_id: str, request: GroupRequest) -> Group:
        """Make it another group under the same id; raises :class:`.PlanRefusal`."""
        group = self.find(group_id)
        self._fill(group, request)
        return self._changed(group)

    def _fill(self, group: Group, request: GroupRequest) -> None:
        self._check_name(request.name, group)
        members, children = _numbers(request.members), list(request.child_groups)
        for child_id in children:
            self.target(child_id)
        group.name, group.members, group.child_groups = request.name, members, children
        group.auto_update = None if request.auto_update is None else request.auto_update.to_wire()

    def update(self, group_id: str, request: GroupUpdate, *, unnamed: bool = False) -> Group:
        """Change what is given; ``unnamed`` takes its name away. Raises :class:`.PlanRefusal`."""
        group = self.find(group_id)
        self._check_name(request.name, group)
        members = dict.fromkeys([*group.members, *_numbers(request.add, "add")])
        if request.add_from_group is not None:
            members.update(dict.fromkeys(self.target(request.add_from_group)))
        gone = set(_numbers(request.remove, "remove"))
        if request.remove_from_group is not None:
            gone.update(self.target(request.remove_from_group))
        kept = [number for number in members if number not in gone]
        if len(kept) > limits.GROUP_MEMBERS:
            raise constraint("members", f"would be more than {limits.GROUP_MEMBERS}")
        group.members = kept
        group.name = None if unnamed else request.name or group.name
        if request.auto_update is not None:
            group.auto_update = request.auto_update.to_wire()
        return self._changed(group)

    def delete(self, group_id: str) -> None:
        """Forget a group; raises :class:`.PlanRefusal` 404."""
        group = self.find(group_id)
        self.made.remove(group_id)
        group.deleted = True
        self._tell(group)

    def heard(self, sender: str, number: str, text: str) -> None:
        """A phone wrote something: whoever writes the words of a group joins or leaves it."""
        words = [word.casefold() for word in text.split()]
        for group in self.made:
            rules = group.auto_update or {}
            if numbers.plain(str(rules.get("to", ""))) != number:
                continue
            if _matches(rules.get("add"), words) and sender not in group.members:
                group.members.append(sender)
                self._changed(group)
            elif _matches(rules.get("remove"), words) and sender in group.members:
                group.members.remove(sender)
                self._changed(group)

    def restore(self, group: Group) -> None:
        """Take over a group of an earlier run."""
        if not group.deleted:
            self.made.add(group.id, group)

    def clear(self) -> None:
        """Forget every group."""
        self.made.clear()

    def _check_name(self, name: str | None, group: Group) -> None:
        if name and any(other.name == name and other is not group for other in self.made):
            word = MessagesErrorCode.CONFLICT_GROUP_NAME
            raise forbidden(word, f"There is a group of the name {name} already.")

    def _changed(self, group: Group) -> Group:
        group.modified_at = self._state.scheduler.now()
        self._tell(group)
        return group

    def _tell(self, group: Group) -> None:
        self._state.events.publish("group", group)


def answer(group: Group, size: int) -> dict[str, Any]:
    """A group as clients see it; ``size`` counts the members of groups in it too."""
    shown = {
        "id": group.id,
        "size": size,
        "created_at": reports.stamp(group.created_at),
        "modified_at": reports.stamp(group.modified_at),
        "child_groups": group.child_groups,
    }
    optional = {"name": group.name, "auto_update": group.auto_update}
    return {**shown, **{name: value for name, value in optional.items() if value is not None}}


def _numbers(given: Iterable[str], name: str = "members") -> list[str]:
    return list(dict.fromkeys(numbers.digits(each, name) for each in given))


def _matches(keyword: dict[str, str] | None, words: list[str]) -> bool:
    wanted = [keyword.get("first_word"), keyword.get("second_word")] if keyword else []
    found = [word.casefold() for word in wanted if word]
    return bool(found) and words[: len(found)] == found
