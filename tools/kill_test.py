#!/usr/bin/env python3
"""Kills daemon and broker with SIGKILL at random and checks that no acknowledged change is lost.

    tools/kill_test.py PATH/TO/ambient.dll [--kills 200] [--seed 1] [--rooms 4]

A change is acknowledged when ambient/room/effective names its author. After each restart the newest acknowledged override must
rule again (or one that was on its way), unless its time to live is over: then it must not. Needs mosquitto and mosquitto-clients.
"""
import argparse, concurrent.futures, json, os, queue, random, signal, socket, subprocess, sys, tempfile, threading, time


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


PATIENCE = 240  # seconds that a start may take on a machine that does other things too


class Room:
    def __init__(self, dll, folder):
        self.dll, self.folder, self.port = dll, folder, free_port()
        self.config, self.messages = os.path.join(folder, "ambient.json"), queue.Queue()
        with open(os.path.join(folder, "mosquitto.conf"), "w") as conf:
            conf.write(f"listener {self.port} 127.0.0.1\nallow_anonymous true\npersistence true\npersistence_location {folder}/\nautosave_interval 1\nuser root\n")
        with open(self.config, "w") as config:
            json.dump({"Zone": {"Id": "room", "DefaultMood": "calm", "TimeZone": "UTC"}, "Audio": {"Output": "null"},
                       "Mqtt": {"Host": "127.0.0.1", "Port": self.port}, "Web": {"Enabled": False}, "StateDirectory": os.path.join(folder, "state")}, config)
        self.broker = self.daemon = None

    def start_broker(self):
        self.broker = subprocess.Popen(["mosquitto", "-c", os.path.join(self.folder, "mosquitto.conf")], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        for _ in range(200):
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", self.port)) == 0:
                    return
            time.sleep(0.05)
        raise RuntimeError("the broker does not answer")

    def start_daemon(self):
        self.log = open(os.path.join(self.folder, "daemon.log"), "a")
        self.daemon = subprocess.Popen(["dotnet", self.dll, "run", "--config", self.config], stdout=self.log, stderr=self.log)

    def listen(self):
        command = ["mosquitto_sub", "-p", str(self.port), "-t", "ambient/room/effective", "-F", "%r %p"]
        self.listener = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        threading.Thread(target=self._read, args=(self.listener.stdout,), daemon=True).start()

    def _read(self, lines):
        for line in lines:
            retained, _, payload = line.strip().partition(" ")
            if payload:
                self.messages.put((time.time(), json.loads(payload), retained == "1"))

    def publish(self, topic, payload, retain=False):
        command = ["mosquitto_pub", "-p", str(self.port), "-q", "1", "-t", topic, "-m", payload] if payload else ["mosquitto_pub", "-p", str(self.port), "-t", topic, "-n"]
        subprocess.run(command + (["-r"] if retain else []), stderr=subprocess.DEVNULL, timeout=20)

    def wait(self, accept, seconds):
        end = time.time() + seconds
        while (left := end - time.time()) > 0:
            try:
                at, state, _ = self.messages.get(timeout=left)
            except queue.Empty:
                break
            if accept(state):
                return state
        return None

    def forget(self):
        while not self.messages.empty():
            self.messages.get()


def kill(process):
    process.send_signal(signal.SIGKILL)
    process.wait()


def torture(dll, kills, seed, name):
    """One room with a broker of its own, killed again and again."""
    rng = random.Random(seed)
    lost = late = brokers = done = number = 0
    with tempfile.TemporaryDirectory() as folder:
        room = Room(dll, folder)
        room.start_broker()
        room.listen()
        room.start_daemon()
        try:
            if room.wait(lambda state: True, PATIENCE) is None:
                raise RuntimeError("the daemon says nothing")
            time.sleep(1)
            while done < kills:
                sent, acknowledged = [], None
                for _ in range(rng.randint(1, 3)):
                    number += 1
                    author = f"k{number}"
                    ttl = rng.choice([None, None, 1.5, 4])
                    request = {"value": {"mood": rng.choice(["calm", "focus", "off"]), "level": rng.randint(1, 99)}, "by": author}
                    if ttl:
                        request["ttl"] = ttl
                    room.forget()
                    sent.append((author, time.time(), ttl))
                    room.publish("ambient/room/override/set", json.dumps(request))
                    if len(sent) < 3 and rng.random() < 0.8 and room.wait(lambda state: state["source"] == author, 20):
                        acknowledged = (author, time.time(), ttl)
                        sent = []
                time.sleep(rng.random() * 0.03)
                which = rng.random()
                if which > 0.3:
                    kill(room.daemon)
                if which < 0.3 or which > 0.9:
                    brokers += 1
                    kill(room.broker)
                    room.start_broker()
                if which > 0.3:
                    room.publish("ambient/room/effective", "", retain=True)
                    room.forget()
                    room.start_daemon()
                else:
                    room.forget()
                candidates = {author for author, _, _ in sent} | ({acknowledged[0]} if acknowledged else set())
                may_be_over = any(ttl for _, _, ttl in sent) or (acknowledged and acknowledged[2])
                done += 1
                # A broker that was killed may first tell an older retained state, from its own disk; the daemon then says what is true.
                if acknowledged and not may_be_over:
                    if room.wait(lambda state: state["source"] in candidates, PATIENCE) is None:
                        lost += 1
                        print(f"{name}, kill {done}: acknowledged {acknowledged}, on its way {sent}, but lost", flush=True)
                elif room.wait(lambda state: True, PATIENCE) is None:
                    raise RuntimeError(f"after kill {done} the daemon says nothing")
                elif acknowledged and acknowledged[2] and not sent:
                    over = acknowledged[1] + acknowledged[2]
                    time.sleep(max(0, over + 0.5 - time.time()))
                    room.publish("ambient/room/level/set", str(done % 100))  # makes the daemon say what holds now
                    state = room.wait(lambda state: state["level_source"] == "mqtt", 30)
                    if state is None or state["source"] == acknowledged[0]:
                        late += 1
                        print(f"{name}, kill {done}: {acknowledged} should be over, but {state}", flush=True)
                    room.publish("ambient/room/override/clear", '{"priority":8}')
                if done % 20 == 0:
                    print(f"{name}: {done} kills ({brokers} of the broker), {lost} lost, {late} late", flush=True)
        finally:
            for process in (room.daemon, room.listener, room.broker):
                process.kill()
        log = open(os.path.join(folder, "daemon.log")).read()
    return {"kills": done, "broker_kills": brokers, "lost": lost, "late": late, "damaged": log.count("was damaged")}


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("dll")
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--rooms", type=int, default=4, help="at the same time, each with a broker of its own")
    arguments = parser.parse_args()
    dll, each = os.path.abspath(arguments.dll), -(-arguments.kills // arguments.rooms)
    with concurrent.futures.ThreadPoolExecutor(arguments.rooms) as pool:
        rooms = list(pool.map(lambda number: torture(dll, each, arguments.seed * 1_000 + number, f"room {number}"), range(arguments.rooms)))
    total = {key: sum(room[key] for room in rooms) for key in rooms[0]}
    print(json.dumps(total))
    sys.exit(0 if total["lost"] + total["late"] + total["damaged"] == 0 else 1)


main()
