/* Where the crew is, on shift only, and only where the browser allows it; nothing depends on it. */
"use strict";

mainbreak.crew.position = (() => {
  const { emit } = mainbreak;
  const { day, outbox, wire } = mainbreak.crew;
  const sendEvery = 20000, apartM = 15, apartS = 60, most = 500, freshS = 120;
  const buffer = [];
  let last = null, watch = null;

  const onShift = () => {
    const { me } = day, now = wire.now() * 1000;
    return me !== null && Date.parse(me.shift.start) <= now && now < Date.parse(me.shift.end);
  };

  const metres = (a, b) => L.latLng(a.lat, a.lon).distanceTo([b.lat, b.lon]);

  function take({ coords }) {
    const fix = {
      id: mainbreak.crew.outbox.newId(), device_time: new Date(wire.now() * 1000).toISOString(), at: wire.now(),
      lon: coords.longitude, lat: coords.latitude, accuracy_m: coords.accuracy,
      heading_deg: Number.isFinite(coords.heading) ? coords.heading : null,
    };
    const moved = last === null || metres(last, fix) >= apartM || fix.at - last.at >= apartS;
    if (!moved) return;
    last = fix;
    if (onShift()) buffer.push(fix);
    if (buffer.length > most) buffer.shift();
    emit("position", fix);
  }

  /** Sent in one piece; what was not taken goes with the next. */
  async function send() {
    follow();
    if (!buffer.length || outbox.state.offlineSince !== null) return;
    const items = buffer.slice(0, most);
    try {
      await wire.call("POST", "/api/mobile/positions", { items: items.map(({ at, ...fix }) => fix) });
      buffer.splice(0, items.length);
    } catch (error) {
      if (!(error instanceof wire.Failed)) throw error;
    }
  }

  /** Watch on shift, stop after it. */
  function follow() {
    if (!window.isSecureContext || !navigator.geolocation) return;
    if (onShift() && watch === null) {
      watch = navigator.geolocation.watchPosition(take, () => { /* denied or no sky: the crew reports by hand */ },
        { enableHighAccuracy: true, maximumAge: 10000, timeout: 60000 });
    } else if (!onShift() && watch !== null) {
      navigator.geolocation.clearWatch(watch);
      watch = null;
    }
  }

  /** A place for a report, if it is known and not old. */
  const place = () => (last && wire.now() - last.at < freshS ? { lon: last.lon, lat: last.lat } : {});

  function start() {
    follow();
    window.setInterval(send, sendEvery);
  }

  return { onShift, place, send, start, get last() { return last; } };
})();
