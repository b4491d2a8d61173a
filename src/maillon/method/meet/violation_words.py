"""The sentence of each rule that a timetable may break."""

from __future__ import annotations

from collections.abc import Mapping

from maillon.core.message import Message, message

VIOLATIONS: Mapping[str, Message] = {
    "unknown": message("An appointment names a person, a slot or a place that the event does not have."),
    "twice-at-once": message("{person} has two meetings at {slot}."),
    "absent": message("{person} is away at {slot}."),
    "in-buffer": message("A meeting is held at {slot}, a slot kept free."),
    "place-twice": message("Two meetings are held at {location} at {slot}."),
    "kept-place": message("{location} is kept for a group meeting ({firms}, {slot})."),
    "strange-booth": message("{firms} meet at {location}, the booth of another firm ({slot})."),
    "away-from-booth": message("{firms} meet at {location} though one of them has a booth ({slot})."),
    "wrong-track": message("{firms} meet at {location}, a table of another track ({slot})."),
    "pair-twice": message("{firms} meet twice."),
    "same-firm": message("Two persons of one firm meet: {firms}."),
    "forbidden-pair": message("{firms} must not meet."),
    "unasked": message("Nobody asked for the meeting of {firms}."),
    "not-who-was-asked": message("{person}, asked for by name, does not attend the meeting of {firms}."),
    "wrong-session": message("{firms} meet at {slot}, out of the session asked for."),
    "must-missing": message("{firms} must meet and do not."),
    "must-elsewhen": message("{firms} must meet at {slot} and do not."),
    "group-times": message("The group meeting “{group}” is held {n} times."),
    "group-firms": message("The group meeting “{group}” does not gather its firms."),
    "group-elsewhen": message("The group meeting “{group}” is held at {slot}, not when agreed."),
    "group-elsewhere": message("The group meeting “{group}” is not held where agreed."),
    "unknown-group": message("No group meeting is called “{group}” ({firms})."),
    "firm-cap": message("{firm} has {n} meetings, {most} at most."),
    "kind-cap": message("{firm} has {n} meetings with firms of one type, {most} at most."),
    "no-spare": message("{person} has {n} meetings, {most} at most so that some time is left."),
    "not-held": message("{firms} were chosen to meet and do not."),
    "not-chosen": message("{firms} meet though they were not chosen."),
    "breaks-miscounted": message("{stated} breaks are stated, {found} are counted."),
    "moves-miscounted": message("{stated} changes of place are stated, {found} are counted."),
}
#: Of a timetable of numbered participants, as in the benchmark's files.
PROBLEM_VIOLATIONS: Mapping[str, Message] = {
    "twice-at-once": message("Participant {person} has two meetings in slot {slot}."),
    "absent": message("Participant {person} is away in slot {slot}."),
    "wrong-session": message("Meeting {meeting} is in slot {slot}, out of its session."),
    "must-elsewhen": message("Meeting {meeting} is in slot {slot}, not in its fixed slot."),
    "too-early": message("Meeting {meeting}, in slot {slot}, must come after meeting {before}."),
    "tables-full": message("Slot {slot} holds {n} meetings for {room} tables."),
    "place-twice": message("Table {location} holds two meetings in slot {slot}, or does not exist."),
    "not-all-placed": message("{n} slots or tables are given, {expected} are expected, within the event."),
    "breaks-miscounted": message("{stated} breaks are stated, {found} are counted."),
}
