using Laminar;

namespace Laminar.EndToEnd.Child;

/// <summary>
/// Two file sources that rewind, a reference table in a third, a query over a query, text keys, results that change, sinks of different shapes, one of late rows and one that several queries feed.
/// </summary>
[StreamPipeline("""
    CREATE SOURCE readings (sensor VARCHAR NOT NULL, room INT, celsius DOUBLE, ts TIMESTAMP NOT NULL,
                            WATERMARK FOR ts AS ts - INTERVAL '1.5' SECOND)
        WITH (connector = 'file', format = 'json', path = '${READINGS}', max_drift = '1m');
    CREATE SOURCE doors (door BIGINT NOT NULL, opened BOOLEAN NOT NULL, ts TIMESTAMP NOT NULL, heard AS ts, WATERMARK FOR heard AS heard)
        WITH (connector = 'file', format = 'csv', path = '${DOORS}', max_drift = '5s');
    CREATE LOOKUP TABLE sensors (name VARCHAR PRIMARY KEY, floor INT, made DATE) WITH (connector = 'file', format = 'csv', path = '${SENSORS}');
    CREATE SOURCE accounts (id BIGINT NOT NULL, branch VARCHAR, balance BIGINT NOT NULL, PRIMARY KEY (id))
        WITH (connector = 'file', format = 'debezium_json', path = '${ACCOUNTS}');

    CREATE STREAM placed AS SELECT r.sensor, r.ts, r.celsius, s.floor, s.made FROM readings r LEFT JOIN sensors s ON s.name = r.sensor WHERE r.celsius > 30e0;
    CREATE STREAM floors AS SELECT s.floor, window_start, COUNT(*) AS n, MAX(r.celsius) AS high FROM readings r JOIN sensors s ON s.name = r.sensor GROUP BY s.floor, TUMBLE(r.ts, INTERVAL '10' SECOND);
    CREATE STREAM branches AS SELECT branch, COUNT(*) AS n, SUM(balance) AS total, MIN(balance) AS least FROM accounts GROUP BY branch;
    CREATE STREAM rich AS SELECT id, balance FROM accounts WHERE balance > 500;
    CREATE STREAM minutes AS
        SELECT sensor, room, window_time, COUNT(*) AS n, MIN(celsius) AS low, MAX(celsius) AS high, COUNT(DISTINCT room) AS rooms
        FROM readings GROUP BY sensor, room, TUMBLE(ts, INTERVAL '10' SECOND);
    CREATE STREAM hours AS
        SELECT sensor, SUM(n) AS n, MAX(high) AS high, window_end
        FROM minutes GROUP BY sensor, TUMBLE(window_time, INTERVAL '1' MINUTE);
    CREATE STREAM doorways AS
        SELECT door, COUNT(*) AS n, COUNT(*) FILTER (WHERE opened) AS openings, window_start
        FROM doors GROUP BY door, HOP(ts, INTERVAL '5' SECOND, INTERVAL '20' SECOND);
    CREATE STREAM rooms AS
        SELECT room, COUNT(*) AS n, MEDIAN(celsius) AS middle, COUNT(DISTINCT sensor) AS sensors FROM readings GROUP BY room EMIT EVERY INTERVAL '30' SECOND;
    CREATE STREAM corrected AS
        SELECT sensor, window_start, COUNT(*) AS n, VAR_POP(celsius) AS spread
        FROM readings GROUP BY sensor, TUMBLE(ts, INTERVAL '30' SECOND) ALLOW LATENESS INTERVAL '5' SECOND;
    CREATE STREAM bursts AS
        SELECT sensor, room, window_start, window_end, COUNT(*) AS n, MEDIAN(celsius) AS middle
        FROM readings GROUP BY sensor, room, SESSION(ts, INTERVAL '3' SECOND);
    CREATE STREAM long_bursts AS
        SELECT sensor, window_start, COUNT(*) AS n FROM readings GROUP BY sensor, SESSION(ts, INTERVAL '1' SECOND) EMIT EVERY INTERVAL '10' SECOND ALLOW LATENESS INTERVAL '5' SECOND;
    CREATE STREAM recent AS
        SELECT sensor, COUNT(*) AS n, MODE(room) AS room FROM readings GROUP BY sensor WITH (state_ttl = '4s');
    CREATE STREAM seen AS SELECT DISTINCT sensor, room FROM (SELECT sensor, room FROM readings WHERE celsius IS NOT NULL) AS known;
    CREATE STREAM quick AS
        SELECT sensor, COUNT(*) AS n FROM readings GROUP BY sensor, TUMBLE(ts, INTERVAL '1' SECOND) LATE DATA TO late_readings;

    CREATE STREAM busy AS
        SELECT what, window_start, COUNT(*) AS n, SUM(n) AS total
        FROM (SELECT sensor AS what, n, window_time AS at FROM minutes UNION ALL SELECT CAST(door AS VARCHAR), 1, ts FROM doors)
        GROUP BY what, TUMBLE(at, INTERVAL '1' MINUTE);
    CREATE STREAM names AS SELECT sensor AS name FROM readings UNION SELECT CAST(door AS VARCHAR) FROM doors;
    CREATE STREAM peaks AS
        SELECT room, window_start, MAX(n) AS most
        FROM (SELECT sensor, room, window_time AS at, COUNT(*) AS n FROM readings GROUP BY sensor, room, TUMBLE(ts, INTERVAL '5' SECOND))
        GROUP BY room, TUMBLE(at, INTERVAL '30' SECOND);
    CREATE STREAM sliding AS
        SELECT sensor, window_start, COUNT(*) AS n, MAX(celsius) AS high, SUM(room) AS rooms FROM readings GROUP BY sensor, HOP(ts, INTERVAL '2' SECOND, INTERVAL '10' SECOND);
    CREATE STREAM hottest AS
        SELECT room, sensor, window_start, MAX(celsius) AS high, RANK() OVER (PARTITION BY window_start, room ORDER BY MAX(celsius) DESC) AS place
        FROM readings GROUP BY room, sensor, TUMBLE(ts, INTERVAL '10' SECOND) QUALIFY ROW_NUMBER() OVER (PARTITION BY window_start, room ORDER BY MAX(celsius) DESC) <= 2;
    CREATE STREAM reopened AS
        SELECT a.door, a.ts, b.ts AS again FROM doors a LEFT JOIN doors b ON a.door = b.door AND b.opened AND b.ts > a.ts AND b.ts <= a.ts + INTERVAL '10' SECOND WHERE NOT a.opened;
    CREATE STREAM last_opened AS
        SELECT a.door, a.ts, b.ts AS opened FROM doors a ASOF LEFT JOIN doors b MATCH_CONDITION (a.ts > b.ts) ON a.door = b.door AND b.opened;
    CREATE STREAM shares AS
        SELECT m.sensor, m.room, m.n, h.n AS of_all, h.window_end FROM minutes m JOIN hours h ON m.sensor = h.sensor AND m.window_time BETWEEN h.window_end - INTERVAL '1' MINUTE AND h.window_end;
    CREATE STREAM marks AS VALUES ('begin', 1), ('middle', 2), ('end', NULL);
    CREATE STREAM marked AS SELECT column1 AS what, column2 AS n FROM marks UNION ALL SELECT sensor, room FROM readings WHERE celsius > 36e0;
    CREATE STREAM steps AS
        SELECT sensor, ts, celsius, celsius - LAG(celsius) OVER w AS step, ROW_NUMBER() OVER w AS n, COUNT(DISTINCT room) OVER w AS rooms, SUM(room) OVER (PARTITION BY sensor ORDER BY ts ROWS 9 PRECEDING) AS near
        FROM readings WINDOW w AS (PARTITION BY sensor ORDER BY ts);
    CREATE STREAM latest AS SELECT sensor, celsius, ts FROM readings QUALIFY ROW_NUMBER() OVER (PARTITION BY sensor ORDER BY ts DESC) = 1;
    CREATE STREAM records AS SELECT room, celsius, sensor, RANK() OVER (PARTITION BY room ORDER BY celsius DESC) AS place FROM readings QUALIFY place <= 3;
    CREATE STREAM next_doors AS
        SELECT door, ts, LEAD(ts) OVER (PARTITION BY door ORDER BY ts) AS again, COUNT(*) OVER (PARTITION BY door ORDER BY ts RANGE BETWEEN INTERVAL '2' SECOND PRECEDING AND INTERVAL '1' SECOND FOLLOWING) AS n FROM doors;
    CREATE STREAM first_rooms AS SELECT room, window_start, COUNT(*) AS n FROM readings GROUP BY room, TUMBLE(ts, INTERVAL '10' SECOND) ORDER BY n DESC LIMIT 2;

    CREATE STREAM gauges AS
        SELECT sensor, COUNT(*) AS n, MAX(celsius) AS high FROM readings GROUP BY sensor EMIT EVERY INTERVAL '0.01' SECOND PROCESSING TIME;

    CREATE MATERIALIZED VIEW kept_sensors AS SELECT sensor, COUNT(*) AS n, MAX(celsius) AS high FROM readings GROUP BY sensor EMIT CHANGES;
    CREATE MATERIALIZED VIEW kept_rooms AS SELECT room, sensor, MIN(celsius) AS low FROM readings GROUP BY room, sensor EMIT ON UPDATE;
    CREATE MATERIALIZED VIEW kept_latest AS SELECT door, ts, opened FROM doors QUALIFY ROW_NUMBER() OVER (PARTITION BY door ORDER BY ts DESC) <= 2;
    CREATE MATERIALIZED VIEW kept_hours WITH (retain_for = '30m', max_rows = 1000000) AS SELECT sensor, n, high, window_end FROM hours;
    CREATE MATERIALIZED VIEW kept_sizes AS SELECT n, COUNT(*) AS sensors, MEDIAN(high) AS middle FROM (SELECT sensor, room, COUNT(*) AS n, MAX(celsius) AS high FROM readings GROUP BY sensor, room) GROUP BY n;
    CREATE MATERIALIZED VIEW kept_pairs AS
        SELECT s.sensor, s.n, d.door, d.openings FROM (SELECT sensor, COUNT(*) AS n, MAX(room) AS room FROM readings GROUP BY sensor) s
        FULL JOIN (SELECT door, COUNT(*) AS openings FROM doors WHERE opened GROUP BY door) d ON s.room = d.door AND s.n > d.openings;
    CREATE MATERIALIZED VIEW kept_quiet AS SELECT r.sensor, r.room, r.ts FROM readings r WHERE NOT EXISTS (SELECT 1 FROM doors d WHERE d.door = r.room AND d.opened) EMIT CHANGES;
    CREATE STREAM full_hours AS SELECT sensor, n, window_end FROM kept_hours WHERE n > 20;

    CREATE SINK placed_file WITH (connector = 'file', format = 'json', path = '${OUT}/placed.jsonl') AS SELECT * FROM placed;
    CREATE SINK floor_folder WITH (connector = 'file', format = 'csv', path = '${OUT}/floors/') AS SELECT * FROM floors;
    CREATE SINK full_hour_file WITH (connector = 'file', format = 'json', path = '${OUT}/full_hours.jsonl') AS SELECT * FROM full_hours;
    CREATE SINK gauge_file WITH (connector = 'file', format = 'json', path = '${OUT}/gauges.jsonl') AS SELECT * FROM gauges;
    CREATE SINK busy_file WITH (connector = 'file', format = 'json', path = '${OUT}/busy.jsonl') AS SELECT * FROM busy;
    CREATE SINK name_file WITH (connector = 'file', format = 'json', path = '${OUT}/names.jsonl') AS SELECT * FROM names;
    CREATE SINK peak_file WITH (connector = 'file', format = 'json', path = '${OUT}/peaks.jsonl') AS SELECT * FROM peaks;
    CREATE SINK sliding_folder WITH (connector = 'file', format = 'csv', path = '${OUT}/sliding/') AS SELECT * FROM sliding;
    CREATE SINK hottest_file WITH (connector = 'file', format = 'json', path = '${OUT}/hottest.jsonl') AS SELECT * FROM hottest;
    CREATE SINK reopened_file WITH (connector = 'file', format = 'json', path = '${OUT}/reopened.jsonl') AS SELECT * FROM reopened;
    CREATE SINK last_opened_file WITH (connector = 'file', format = 'json', path = '${OUT}/last_opened.jsonl') AS SELECT * FROM last_opened;
    CREATE SINK shares_folder WITH (connector = 'file', format = 'csv', path = '${OUT}/shares/') AS SELECT * FROM shares;
    CREATE SINK mark_file WITH (connector = 'file', format = 'json', path = '${OUT}/marks.jsonl') AS SELECT * FROM marks;
    CREATE SINK marked_folder WITH (connector = 'file', format = 'csv', path = '${OUT}/marked/') AS SELECT * FROM marked;
    CREATE SINK steps_file WITH (connector = 'file', format = 'json', path = '${OUT}/steps.jsonl') AS SELECT * FROM steps;
    CREATE SINK latest_file WITH (connector = 'file', format = 'json', path = '${OUT}/latest.jsonl') AS SELECT * FROM latest;
    CREATE SINK records_folder WITH (connector = 'file', format = 'csv', path = '${OUT}/records/') AS SELECT * FROM records;
    CREATE SINK branch_file WITH (connector = 'file', format = 'debezium_json', path = '${OUT}/branches.jsonl') AS SELECT * FROM branches;
    CREATE SINK rich_folder WITH (connector = 'file', format = 'csv', path = '${OUT}/rich/') AS SELECT * FROM rich;
    CREATE SINK next_doors_folder WITH (connector = 'file', format = 'csv', path = '${OUT}/next_doors/') AS SELECT * FROM next_doors;
    CREATE SINK first_rooms_file WITH (connector = 'file', format = 'json', path = '${OUT}/first_rooms.jsonl') AS SELECT * FROM first_rooms;
    CREATE SINK late_file WITH (connector = 'file', format = 'json', path = '${OUT}/late.jsonl') AS SELECT * FROM late_readings;
    CREATE SINK late_folder WITH (connector = 'file', format = 'csv', path = '${OUT}/late/') AS SELECT sensor, celsius FROM late_readings WHERE celsius > 0e0;
    CREATE SINK room_file WITH (connector = 'file', format = 'json', path = '${OUT}/rooms.jsonl') AS SELECT * FROM rooms;
    CREATE SINK corrected_folder WITH (connector = 'file', format = 'csv', path = '${OUT}/corrected/') AS SELECT * FROM corrected;
    CREATE SINK burst_file WITH (connector = 'file', format = 'json', path = '${OUT}/bursts.jsonl') AS SELECT * FROM bursts;
    CREATE SINK long_burst_folder WITH (connector = 'file', format = 'csv', path = '${OUT}/long_bursts/') AS SELECT * FROM long_bursts;
    CREATE SINK recent_file WITH (connector = 'file', format = 'json', path = '${OUT}/recent.jsonl') AS SELECT * FROM recent;
    CREATE SINK seen_file WITH (connector = 'file', format = 'json', path = '${OUT}/seen.jsonl') AS SELECT * FROM seen;
    CREATE SINK minute_file WITH (connector = 'file', format = 'json', path = '${OUT}/minutes.jsonl') AS SELECT * FROM minutes;
    CREATE SINK hour_folder WITH (connector = 'file', format = 'csv', path = '${OUT}/hours/') AS SELECT * FROM hours;
    CREATE SINK door_file WITH (connector = 'file', format = 'json', path = '${OUT}/doors.jsonl') AS SELECT * FROM doorways;

    CREATE SINK counts (what VARCHAR NOT NULL, n BIGINT, at TIMESTAMP) WITH (connector = 'file', format = 'csv', path = '${OUT}/counts/');
    INSERT INTO counts SELECT sensor, n, window_end FROM hours;
    INSERT INTO counts SELECT CAST(door AS VARCHAR), openings, window_start FROM doorways;
    INSERT INTO counts (n, what) SELECT room, sensor FROM readings WHERE celsius > 35e0;
    INSERT INTO counts (n, what) SELECT room, sensor FROM late_readings;
    INSERT INTO counts VALUES ('first', 1, NULL), ('second', 2, TIMESTAMP '2024-01-01 00:00:00');
    """)]
public static partial class FilePipeline;
