#!/usr/bin/env python3
"""Questions to `schedule at|next|check` with answers worked out a second time: Python's zoneinfo and dateutil, every minute walked.

    tools/schedule_questions.py > tests/data/schedule-questions.jsonl
    tools/schedule_questions.py --ask ./run        asks the program, question by question

Nothing here knows how the product does it. A local time happens at the first minute whose local time is at or past it; of all
slots that have happened the last one holds. RRULEs are dateutil's, the sun is the Astronomical Almanac's, walked to the horizon.
"""
import argparse, calendar, functools, json, math, random, subprocess, sys, tempfile, os
from datetime import date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo
from dateutil.rrule import rrulestr

EPOCH = datetime(1970, 1, 1)
DAYS = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]


def seconds(naive):
    return int((naive - EPOCH).total_seconds())


@functools.lru_cache(None)
def offset(zone, second):
    return int(datetime.fromtimestamp(second, ZoneInfo(zone)).utcoffset().total_seconds())


@functools.lru_cache(None)
def happens(zone, day, minute):
    """First UTC minute whose local time is at or past this one."""
    wanted = seconds(datetime(day.year, day.month, day.day)) + minute * 60
    second = wanted - 15 * 3600
    while second + offset(zone, second) < wanted:
        second += 60
    return second


def altitude(second, lat, lon):
    n = (second - 946728000) / 86400
    g = math.radians(357.528 + 0.9856003 * n)
    ecliptic = math.radians(280.460 + 0.9856474 * n + 1.915 * math.sin(g) + 0.020 * math.sin(2 * g))
    obliquity = math.radians(23.439 - 0.0000004 * n)
    ascension = math.atan2(math.cos(obliquity) * math.sin(ecliptic), math.cos(ecliptic))
    declination = math.asin(math.sin(obliquity) * math.sin(ecliptic))
    hour = math.radians((18.697374558 + 24.06570982441908 * n) * 15 + lon) - ascension
    return math.degrees(math.asin(math.sin(math.radians(lat)) * math.sin(declination) + math.cos(math.radians(lat)) * math.cos(declination) * math.cos(hour)))


@functools.lru_cache(None)
def sun(zone, day, event, lat, lon):
    noon = happens(zone, day, 720)
    walk = range(noon, noon - 14 * 3600, -60) if event == "sunrise" else range(noon, noon + 14 * 3600, 60)
    return next((second for second in walk if altitude(second, lat, lon) < -0.833), None)


def days_of(text):
    if text == "daily":
        return set(range(7))
    days = set()
    for part in text.split(","):
        first, _, last = part.partition("-")
        day = DAYS.index(first)
        days.add(day)
        while last and DAYS[day] != last:
            day = (day + 1) % 7
            days.add(day)
    return days


def clock(text):
    return int(text[:2]) * 60 + int(text[3:5])


def iso(text):
    return date.fromisoformat(text)


def pattern(rule, day):
    month, week, dow = rule.get("month", "*"), rule.get("week", "*"), rule.get("dow", "*")
    length = calendar.monthrange(day.year, day.month)[1]
    if month != "*" and not (day.month == month or month == 13 and day.month % 2 == 1 or month == 14 and day.month % 2 == 0):
        return False
    if week in (6, "last"):
        fits = day.day > length - 7
    elif week == "*":
        fits = True
    elif week >= 7:
        back = (week - 6) * 7
        fits = length - back - 7 < day.day <= length - back
    else:
        fits = (day.day - 1) // 7 + 1 == week
    return fits and (dow == "*" or day.weekday() in days_of(dow))


def means(rule, day):
    if isinstance(rule, str):
        return day == iso(rule)
    if "date" in rule:
        return day == iso(rule["date"])
    if "from" in rule or "to" in rule:
        return iso(rule["from"]) <= day <= iso(rule["to"])
    return pattern(rule, day)


@functools.lru_cache(None)
def recurring(rule, start, last):
    found = rrulestr(rule, dtstart=datetime.fromisoformat(start))
    return {each.date() for each in found.between(datetime.fromisoformat(start) - timedelta(days=1), datetime.fromisoformat(last))}


class Walk:
    def __init__(self, case, around, back=12, ahead=20):
        schedule = self.schedule = case["schedule"]
        self.zone, self.calendars = schedule["tz"], case.get("calendars", {})
        self.overrides = sorted(case.get("overrides", []), key=lambda entry: datetime.fromisoformat(entry["at"]))
        effective = schedule.get("effective", {})
        self.first, self.last = effective.get("from"), effective.get("to")
        self.points, self.caps = [], []
        for number in range(-back, ahead):
            day = around + timedelta(days=number)
            slots = self.slots(day)
            found = [(at, i, slot) for i, slot in enumerate(slots) if (at := self.begins(day, slot["at"])) is not None]
            self.points += [(at, day, i, slot) for at, i, slot in sorted(found, key=lambda each: each[:2])]
            for window in schedule.get("quiet", []):
                if day.weekday() in days_of(window["days"]):
                    start, stop = clock(window["from"]), clock(window["to"])
                    self.caps.append((happens(self.zone, day, start), happens(self.zone, day + timedelta(days=1) if stop <= start else day, stop), window["maxLevel"]))
        self.begin = happens(self.zone, iso(self.first), 0) if self.first else -10**12
        self.end = happens(self.zone, iso(self.last) + timedelta(days=1), 0) if self.last else 10**12

    def begins(self, day, at):
        if at[0].isdigit():
            return happens(self.zone, day, clock(at))
        event = "sunrise" if at.startswith("sunrise") else "sunset"
        rest = at[len(event):]
        place = self.schedule["location"]
        second = sun(self.zone, day, event, place["lat"], place["lon"])
        return None if second is None else second + (int(rest[0] + "1") * clock(rest[1:]) * 60 if rest else 0)

    def slots(self, day):
        if self.first and day < iso(self.first) or self.last and day > iso(self.last):
            return []
        special = []
        for entry in self.schedule.get("exceptions", []):
            if "calendar" in entry:
                hit = any(means(rule, day) for rule in self.calendars.get(entry["calendar"], []))
            elif "rrule" in entry:
                hit = day in recurring(entry["rrule"], entry.get("dtstart", self.first or "2000-01-01"), f"{day.year + 1}-12-31")
            else:
                hit = means(entry, day)
            if hit:
                special.append(entry)
        if special:
            slots = min(special, key=lambda entry: entry.get("priority", 16))["slots"]
        else:
            slots = [slot for names, list_ in self.schedule.get("weekly", {}).items() if day.weekday() in days_of(names) for slot in list_]
        return sorted(slots, key=lambda slot: (not slot["at"][0].isdigit(), slot["at"]))

    def at(self, second):
        slot, best = None, None
        if self.begin <= second < self.end:
            for at, day, _, each in self.points:
                if at <= second and (best is None or (at, day) >= best):
                    best, slot = (at, day), each
        source, priority = ("schedule", 15) if slot and slot["mood"] is not None else ("default", 16)
        asked = slot if source == "schedule" else self.schedule.get("default", {})
        mood, level, level_priority = asked.get("mood"), asked.get("level"), priority
        moods, levels = {}, {}
        for entry in self.overrides:
            given = datetime.fromisoformat(entry["at"]).timestamp()
            if given > second:
                break
            rank, ttl = entry.get("priority", 8), entry.get("ttl")
            until = given + duration(ttl) if ttl else None
            value = (entry.get("by", "override"), until)
            if "mood" in entry and entry["mood"] is None and entry.get("level") is None:
                moods.pop(rank, None), levels.pop(rank, None)
            if entry.get("mood") is not None:
                moods[rank] = (entry["mood"], *value)
            if entry.get("level") is not None:
                levels[rank] = (entry["level"], *value)
        mood_until = None
        for rank in range(14, 0, -1):
            if rank in moods and (moods[rank][2] is None or second < moods[rank][2]):
                (mood, source, mood_until), priority = moods[rank], rank
            if rank in levels and (levels[rank][2] is None or second < levels[rank][2]):
                level, level_priority = levels[rank][0], rank
        if not any(rank in levels and (levels[rank][2] is None or second < levels[rank][2]) for rank in levels) and asked.get("level") is None:
            level_priority = priority
        cap = min((cap for start, stop, cap in self.caps if start <= second < stop), default=None)
        if level_priority == 1:
            cap = None
        if level is not None and cap is not None:
            level = min(level, cap)
        return {"mood": mood, "level": level, "maxLevel": cap, "priority": priority, "source": source, "until": mood_until}

    def edges(self):
        found = {at for at, *_ in self.points} | {edge for start, stop, _ in self.caps for edge in (start, stop)} | {self.begin, self.end}
        for entry in self.overrides:
            given = datetime.fromisoformat(entry["at"]).timestamp()
            found |= {int(given)} | ({int(given + duration(entry["ttl"]))} if entry.get("ttl") else set())
        return sorted(found)

    def changes(self, second):
        now = self.at(second)
        for edge in self.edges():
            if edge > second:
                then = self.at(edge)
                if (then["mood"], then["level"]) != (now["mood"], now["level"]):
                    now = then
                    yield edge, then


def duration(ttl):
    if isinstance(ttl, (int, float)):
        return ttl
    hours, total = {"H": 3600, "M": 60, "S": 1, "D": 86400}, 0
    number = ""
    for letter in ttl[1:].replace("T", ""):
        if letter.isdigit():
            number += letter
        else:
            total, number = total + int(number) * hours[letter], ""
    return total


def shown(second, zone):
    if second is None or second >= 10**11:
        return None
    text = datetime.fromtimestamp(second, ZoneInfo(zone)).isoformat()
    return text[:-6] + "Z" if text.endswith("+00:00") else text


def second_of(text):
    return int(datetime.fromisoformat(text.replace("Z", "+00:00")).timestamp())


def answer(case, ask):
    kind, time = ask[0], ask[1]
    second = second_of(time)
    zone = case["schedule"]["tz"]
    walk = Walk(case, datetime.fromtimestamp(second, ZoneInfo(zone)).date(), case.get("back", 12))
    if kind == "at":
        state = walk.at(second)
        if state["priority"] > 14:
            state["until"] = next((edge for edge, _ in walk.changes(second)), None)
        state["until"] = shown(state["until"], zone)
        return {"ask": "at", "time": time, "expect": state}
    changes = []
    for edge, then in walk.changes(second):
        changes.append({"at": shown(edge, zone), "mood": then["mood"], "level": then["level"], "source": then["source"]})
        if len(changes) == ask[2]:
            break
    return {"ask": "next", "time": time, "count": len(changes), "expect": changes}


EARLY = [{"at": "00:10", "mood": "night", "level": 10}, {"at": "01:15", "mood": "a", "level": 20}, {"at": "01:45", "mood": "b", "level": 30}, {"at": "02:15", "mood": "c", "level": 40}, {"at": "03:05", "mood": "d", "level": 50}, {"at": "12:00", "mood": None}]
HUSH = [{"days": "daily", "from": "22:00", "to": "02:20", "maxLevel": 15}]


def daily(zone, slots=EARLY, **more):
    return {"schedule": {"id": "q", "tz": zone, "default": {"mood": "off"}, "weekly": {"daily": slots}, **more}}


def around(times, *minutes):
    """The same instant and some minutes before and after."""
    return [shown(second_of(times) + 60 * minute, "UTC") for minute in minutes]


def cases():
    for zone, change in [("Australia/Lord_Howe", "2026-04-04T15:00:00Z"), ("Australia/Lord_Howe", "2026-10-03T15:30:00Z"), ("Africa/Casablanca", "2026-02-15T02:00:00Z"), ("Africa/Casablanca", "2026-03-22T02:00:00Z"),
                         ("Europe/Dublin", "2026-03-29T01:00:00Z"), ("Europe/Dublin", "2026-10-25T01:00:00Z"), ("Atlantic/Azores", "2026-03-29T01:00:00Z"), ("Atlantic/Azores", "2026-10-25T01:00:00Z"),
                         ("Asia/Kathmandu", "1985-12-31T18:30:00Z"), ("Asia/Kathmandu", "2026-03-29T01:00:00Z"), ("Pacific/Chatham", "2026-04-04T14:00:00Z"), ("Pacific/Norfolk", "2015-10-03T15:30:00Z"),
                         ("America/Havana", "2026-03-08T05:00:00Z"), ("America/Santiago", "2026-09-06T04:00:00Z"), ("Africa/Cairo", "2026-04-23T22:00:00Z"), ("Antarctica/Troll", "2026-03-29T01:00:00Z"), ("America/Caracas", "2016-05-01T07:00:00Z"),
                         ("Asia/Pyongyang", "2018-05-04T15:00:00Z"), ("America/Sao_Paulo", "2018-11-04T03:00:00Z"), ("Asia/Gaza", "2026-03-28T00:00:00Z")]:
        yield f"{zone} around {change}", daily(zone, quiet=HUSH), [("at", time) for time in around(change, -50, -16, -1, 0, 14, 29, 31, 59, 61, 80, 130)] + [("next", shown(second_of(change) - 7200, "UTC"), 6)]

    for zone in ["Pacific/Apia", "Pacific/Fakaofo"]:
        weekly = {"thu": [{"at": "08:00", "mood": "thursday", "level": 40}], "fri": [{"at": "06:00", "mood": "friday", "level": 50}, {"at": "20:00", "mood": None}], "sat": [{"at": "09:00", "mood": "saturday", "level": 60}]}
        lost = {"schedule": {"id": "lost", "tz": zone, "default": {"mood": "off", "level": 5}, "weekly": weekly, "quiet": [{"days": "thu", "from": "23:00", "to": "06:00", "maxLevel": 20}, {"days": "fri", "from": "10:00", "to": "12:00", "maxLevel": 7}]}}
        yield f"{zone} without 30 December 2011", lost, [("at", time) for time in ["2011-12-30T09:00:00Z", "2011-12-30T09:59:59Z", "2011-12-30T10:00:00Z", "2011-12-30T15:00:00Z", "2011-12-30T20:00:00Z"]] + [("next", "2011-12-29T00:00:00Z", 5)]
        dated = {"schedule": {"id": "dated", "tz": zone, "default": {"mood": "off"}, "effective": {"from": "2011-12-30", "to": "2011-12-31"}, "exceptions": [{"date": "2011-12-30", "slots": [{"at": "07:00", "mood": "never"}, {"at": "19:00", "mood": "gone"}]}, {"date": "2011-12-31", "slots": [{"at": "10:00", "mood": "new year"}]}]}}
        yield f"{zone}: an exception on the lost day", dated, [("at", time) for time in ["2011-12-30T09:59:59Z", "2011-12-30T10:00:00Z", "2011-12-30T20:30:00Z", "2011-12-31T10:00:00Z"]] + [("next", "2011-12-29T00:00:00Z", 4)]

    azores = {"schedule": {"id": "gap", "tz": "Atlantic/Azores", "default": {"mood": "off"}, "effective": {"from": "2026-03-29", "to": "2026-03-29"}, "weekly": {"sat-sun": [{"at": "00:00", "mood": "first"}, {"at": "00:30", "mood": "second"}, {"at": "23:59", "mood": "last"}]}}}
    yield "Azores: the effective day begins after the gap", azores, [("at", time) for time in ["2026-03-29T00:59:59Z", "2026-03-29T01:00:00Z", "2026-03-29T23:59:00Z", "2026-03-30T00:00:00Z"]] + [("next", "2026-03-28T00:00:00Z", 3)]

    office = {"schedule": {"id": "office", "tz": "Europe/Berlin", "default": {"mood": "off"}, "effective": {"from": "2026-01-01", "to": "2026-12-31"},
        "weekly": {"mon-fri": [{"at": "07:30", "mood": "bright", "level": 35}, {"at": "12:00", "mood": "calm"}, {"at": "18:30", "mood": None}], "sat": [{"at": "10:00", "mood": "social", "level": 45}, {"at": "16:00", "mood": None}]},
        "exceptions": [{"calendar": "holidays", "priority": 3, "slots": [{"at": "00:00", "mood": "off"}]}, {"date": "2026-12-24", "priority": 2, "slots": [{"at": "10:00", "mood": "carols", "level": 50}, {"at": "14:00", "mood": None}]},
            {"from": "2026-08-03", "to": "2026-08-14", "slots": [{"at": "09:00", "mood": "summer"}]}, {"date": "2026-08-05", "slots": [{"at": "09:00", "mood": "never: the range came first"}]}, {"date": "2026-08-06", "priority": 15, "slots": []},
            {"month": 13, "week": "last", "dow": "fri", "slots": [{"at": "08:00", "mood": "odd"}]}, {"month": 14, "week": 7, "dow": "mon-tue", "slots": [{"at": "08:00", "mood": "even"}]},
            {"rrule": "FREQ=MONTHLY;BYDAY=2TU", "dtstart": "2026-01-01", "priority": 10, "slots": [{"at": "06:00", "mood": "inventory", "level": 60}, {"at": "22:00", "mood": None}]}],
        "quiet": [{"days": "daily", "from": "20:00", "to": "07:00", "maxLevel": 15}, {"days": "sun", "from": "00:00", "to": "00:00", "maxLevel": 8}]},
        "calendars": {"holidays": ["2026-12-25", {"from": "2026-05-23", "to": "2026-05-25"}, {"month": 10, "week": 1, "dow": "sat"}]}}
    times = ["2026-01-01T00:00:00+01:00", "2025-12-31T23:59:59+01:00", "2026-01-01T07:29:59+01:00", "2026-01-13T06:00:00+01:00", "2026-01-13T21:59:00+01:00", "2026-05-22T18:30:00+02:00", "2026-05-25T12:00:00+02:00", "2026-08-05T09:30:00+02:00",
             "2026-08-06T12:00:00+02:00", "2026-08-15T11:00:00+02:00", "2026-01-30T09:00:00+01:00", "2026-02-23T09:00:00+01:00", "2026-02-17T09:00:00+01:00", "2026-10-03T11:00:00+02:00", "2026-12-24T09:59:59+01:00", "2026-12-24T13:00:00+01:00",
             "2026-12-25T12:00:00+01:00", "2026-12-31T23:59:59+01:00", "2027-01-01T00:00:00+01:00", "2026-03-29T03:00:00+02:00", "2026-10-25T02:30:00+02:00", "2026-10-25T02:30:00+01:00", "2026-06-09T21:00:00+02:00"]
    yield "an office year with exceptions of every kind", office, [("at", time) for time in times] + [("next", "2026-05-21T00:00:00+02:00", 8), ("next", "2026-12-23T00:00:00+01:00", 6), ("next", "2026-08-04T00:00:00+02:00", 6)]

    stack = {"schedule": {"id": "stack", "tz": "Europe/Dublin", "default": {"mood": "calm", "level": 25}, "weekly": {"daily": [{"at": "08:00", "mood": "focus", "level": 40}, {"at": "18:00", "mood": None}]}, "quiet": [{"days": "daily", "from": "21:00", "to": "07:00", "maxLevel": 12}]},
        "overrides": [{"priority": 8, "mood": "bright", "level": 70, "at": "2026-03-28T23:30:00Z", "ttl": "PT3H", "by": "desk"}, {"priority": 12, "level": 55, "at": "2026-03-29T06:00:00Z"}, {"priority": 8, "mood": "social", "at": "2026-03-29T09:00:00Z", "ttl": 5400},
            {"priority": 8, "mood": "rain", "at": "2026-03-29T09:30:00Z", "ttl": "PT10M"}, {"priority": 5, "level": 90, "at": "2026-03-29T12:00:00Z", "ttl": "PT1H30M", "by": "plant"}, {"priority": 12, "mood": None, "at": "2026-03-29T14:00:00Z"},
            {"priority": 1, "mood": "evacuate", "level": 100, "at": "2026-03-29T20:30:00Z", "ttl": "PT5M", "by": "fire panel"}, {"priority": 1, "level": 66, "at": "2026-03-29T20:40:00Z", "ttl": 60}, {"priority": 14, "mood": "night", "at": "2026-03-29T22:00:00Z"}, {"priority": 14, "mood": None, "level": 3, "at": "2026-03-29T23:00:00Z"}]}
    times = ["2026-03-28T23:30:00Z", "2026-03-29T00:30:00Z", "2026-03-29T02:29:59Z", "2026-03-29T02:30:00Z", "2026-03-29T06:30:00Z", "2026-03-29T09:20:00Z", "2026-03-29T09:35:00Z", "2026-03-29T09:40:00Z", "2026-03-29T10:29:00Z", "2026-03-29T12:30:00Z", "2026-03-29T13:30:00Z", "2026-03-29T14:00:00Z", "2026-03-29T20:31:00Z",
             "2026-03-29T20:36:00Z", "2026-03-29T20:40:30Z", "2026-03-29T22:30:00Z", "2026-03-29T23:30:00Z"]
    yield "overrides over a spring night in Dublin", stack, [("at", time) for time in times] + [("next", "2026-03-28T23:00:00Z", 15)]

    for name, lat, lon, zone, times in [("Berlin", 52.52, 13.405, "Europe/Berlin", ["2026-06-21T05:30:00+02:00", "2026-06-21T21:20:00+02:00", "2026-12-21T15:40:00+01:00", "2026-12-21T16:40:00+01:00", "2026-03-29T06:10:00+02:00"]),
                                        ("Suva", -18.14, 178.44, "Pacific/Fiji", ["2026-01-10T06:30:00+12:00", "2026-01-10T19:20:00+12:00"]), ("Utqiagvik", 71.29, -156.79, "America/Anchorage", ["2026-06-21T12:00:00-08:00", "2026-12-21T12:00:00-09:00"])]:
        yield f"the sun over {name}", {"back": 90, "schedule": {"id": "sun", "tz": zone, "location": {"lat": lat, "lon": lon}, "weekly": {"daily": [{"at": "sunrise+00:30", "mood": "day", "level": 40}, {"at": "sunset-00:30", "mood": "dusk", "level": 30}]}}}, [("sun", time) for time in times]

    rng = random.Random(20261125)
    for zone in ["Australia/Lord_Howe", "Africa/Casablanca", "Europe/Dublin", "Atlantic/Azores", "Asia/Kathmandu", "Pacific/Apia", "America/St_Johns", "Africa/El_Aaiun", "America/Scoresbysund", "Asia/Beirut"]:
        slots = lambda most: [{"at": f"{minute // 60:02}:{minute % 60:02}", "mood": rng.choice(["a", "b", "c", None]), } for minute in sorted(rng.sample(range(0, 1440, 5), most))]
        with_level = lambda list_: [slot | ({"level": rng.randint(0, 100)} if slot["mood"] and rng.random() < 0.6 else {}) for slot in list_]
        # Africa/El_Aaiun: Morocco's rules from autumn 2026 on differ between versions of the zone database.
        first = date(rng.randint(2005, 2025 if zone.startswith("Africa") else 2036), rng.randint(1, 12), rng.randint(1, 28))
        case = {"schedule": {"id": "any", "tz": zone, "default": {"mood": "d", "level": 33}, "weekly": {"mon-thu": with_level(slots(3)), "fri-sun": with_level(slots(4))},
            "exceptions": [{"rrule": rng.choice(["FREQ=WEEKLY;INTERVAL=2;BYDAY=SU,TU;WKST=SU", "FREQ=MONTHLY;BYMONTHDAY=-1,15", "FREQ=DAILY;INTERVAL=3;COUNT=40", "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1"]), "dtstart": str(first - timedelta(days=20)), "slots": with_level(slots(2))}],
            "quiet": [{"days": rng.choice(["daily", "fri-sat", "mon,wed"]), "from": "22:30", "to": rng.choice(["06:00", "22:30"]), "maxLevel": rng.randint(0, 40)}]}}
        start = seconds(datetime(first.year, first.month, first.day))
        yield f"any schedule in {zone}", case, [("at", shown(start + rng.randint(0, 7 * 1440) * 60, "UTC")) for _ in range(6)] + [("next", shown(start, "UTC"), 6)]


CHECKS = [
    ({"tz": "Mars/Olympus", "weekly": {}}, ["tz is"]), ({"weekly": {}}, ["tz is missing"]), ({"tz": "UTC", "weekly": {"mon-fri": [{"at": "25:00", "mood": "a"}]}}, ["weekly.mon-fri[0].at"]),
    ({"tz": "UTC", "weekly": {"someday": []}}, ["weekly.someday"]), ({"tz": "UTC", "weekly": {"mon": [{"at": "07:00", "mood": "a"}, {"at": "07:00", "mood": "b"}]}}, ["weekly.mon[1].at"]),
    ({"tz": "UTC", "weekly": {"daily": [{"at": "07:00", "mood": "a", "level": 101}]}}, ["weekly.daily[0].level"]), ({"tz": "UTC", "weekly": {"daily": [{"at": "sunset", "mood": "a"}]}}, ["weekly.daily[0].at", "location"]),
    ({"tz": "UTC", "exceptions": [{"date": "2026-02-30", "slots": []}]}, ["exceptions[0].date"]), ({"tz": "UTC", "exceptions": [{"rrule": "FREQ=HOURLY", "slots": []}]}, ["exceptions[0].rrule", "HOURLY"]),
    ({"tz": "UTC", "exceptions": [{"date": "2026-01-01", "calendar": "x", "slots": []}]}, ["exceptions[0]"]), ({"tz": "UTC", "exceptions": [{"date": "2026-01-01", "priority": 0, "slots": []}]}, ["exceptions[0].priority"]),
    ({"tz": "UTC", "quiet": [{"days": "daily", "from": "20:00", "maxLevel": 15}]}, ["quiet[0].to"]), ({"tz": "UTC", "effective": {"from": "2026-02-01", "to": "2026-01-01"}}, ["effective.to"]), ({"tz": "UTC", "wekly": {}}, ["wekly is unknown"]),
    ({"tz": "UTC", "exceptions": [{"from": "2026-01-02", "to": "2026-01-01", "slots": []}]}, ["exceptions[0].to"]), ({"tz": "UTC", "location": {"lat": 91, "lon": 0}}, ["location.lat"]),
]


def rules():
    rng = random.Random(5545)
    while True:
        kind = rng.choice(["DAILY", "WEEKLY", "MONTHLY", "YEARLY"])
        parts = [f"FREQ={kind}"] + ([f"INTERVAL={rng.randint(2, 5)}"] if rng.random() < 0.5 else [])
        if rng.random() < 0.5:
            parts.append("BYMONTH=" + ",".join(map(str, sorted(rng.sample(range(1, 13), rng.randint(1, 5))))))
        if rng.random() < 0.6:
            ordinals = kind in ("MONTHLY", "YEARLY") and rng.random() < 0.5
            parts.append("BYDAY=" + ",".join((rng.choice(["1", "2", "-1", "-2", "3"]) if ordinals else "") + day for day in rng.sample(["MO", "TU", "WE", "TH", "FR", "SA", "SU"], rng.randint(1, 4))))
        if kind != "WEEKLY" and rng.random() < 0.4:
            parts.append("BYMONTHDAY=" + ",".join(map(str, rng.sample([1, 2, 7, 13, 15, 28, 29, 30, 31, -1, -2, -15], rng.randint(1, 4)))))
        if len(parts) > 2 and any(part.startswith("BY") for part in parts) and rng.random() < 0.3:
            parts.append(f"BYSETPOS={rng.choice([1, 2, -1])}")
        if kind == "WEEKLY":
            parts.append(f"WKST={rng.choice(['SU', 'MO', 'WE'])}")
        if rng.random() < 0.4:
            parts.append(f"COUNT={rng.randint(1, 9)}")
        yield ";".join(parts), str(date(2026, 1, 1) + timedelta(days=rng.randint(0, 400)))


def questions():
    """One line a case: a schedule with what is asked of it, or a recurrence rule with its days."""
    for name, case, asks in cases():
        answers = [answer(case, ("at", ask[1]) if ask[0] == "sun" else ask) for ask in asks]
        for ask, what in zip(asks, answers):
            if ask[0] == "sun":
                what["expect"].pop("until")  # another formula may differ by a minute
        yield {"name": name, **{key: case[key] for key in ("schedule", "calendars", "overrides") if key in case}, "asks": answers}
    for schedule, said in CHECKS:
        yield {"name": f"wrong: {', '.join(said)}", "schedule": schedule, "asks": [{"ask": "check", "expect": said}]}
    source = rules()
    for _ in range(150):
        rule, start = next(source)
        days = [str(each.date()) for each in rrulestr(rule, dtstart=datetime.fromisoformat(start)).between(datetime(2025, 12, 31), datetime(2034, 1, 1))][:25]
        yield {"name": f"{rule} from {start}", "rule": rule, "dtstart": start, "complete": len(days) < 25, "expect": days}


def ask_program(program, case, question, folder):
    paths = {}
    for key in ("schedule", "calendars", "overrides"):
        if key in case:
            paths[key] = os.path.join(folder, key + ".json")
            with open(paths[key], "w") as file:
                json.dump(case[key], file)
    more = [part for key in ("calendars", "overrides") if key in paths for part in (f"--{key}", paths[key])]
    kind = question["ask"]
    command = {"at": ["at", paths["schedule"], "--time", question.get("time", "")], "next": ["next", paths["schedule"], "--from", question.get("time", ""), "--count", str(question.get("count", 1))], "check": ["check", paths["schedule"]]}[kind]
    ran = subprocess.run([*program.split(), "schedule", *command, *more, "--json"], capture_output=True, text=True)
    reply = json.loads(ran.stdout.strip().splitlines()[-1])
    if kind == "check":
        return ran.returncode == 78 and not reply["ok"] and all(any(part in line for line in reply["errors"]) for part in question["expect"]), reply
    if kind == "at":
        return all(reply[key] == value for key, value in question["expect"].items()), reply
    return [{key: change[key] for key in ("at", "mood", "level", "source")} for change in reply["changes"]] == question["expect"], reply


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--ask", help="program to ask, such as ./run")
    parser.add_argument("--every", type=int, default=1, help="only every Nth question")
    arguments = parser.parse_args()
    if not arguments.ask:
        for case in questions():
            print(json.dumps(case, separators=(",", ":")))
        return
    number = asked = wrong = 0
    with tempfile.TemporaryDirectory() as folder:
        for case in questions():
            for question in case.get("asks", []):
                number += 1
                if number % arguments.every:
                    continue
                right, reply = ask_program(arguments.ask, case, question, folder)
                asked, wrong = asked + 1, wrong + (not right)
                if not right:
                    print(json.dumps({"case": case["name"], "question": question, "reply": reply}))
    print(f"{asked} asked, {wrong} wrong")
    sys.exit(1 if wrong else 0)


main()
