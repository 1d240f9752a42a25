namespace Laminar.Sql.Tests.Syntax;

/// <summary>Statements that together use every construct of the language. All are correct; the mutator starts from them.</summary>
public static class StatementCorpus
{
    public static readonly IReadOnlyList<string> Statements =
    [
        // create source, table
        """
        CREATE SOURCE trades (
            symbol VARCHAR NOT NULL, price DOUBLE, volume BIGINT, ts TIMESTAMP NOT NULL, note VARCHAR AS 'x' || symbol,   -- computed column
            PRIMARY KEY (symbol),
            WATERMARK FOR ts AS ts - INTERVAL '5' SECOND
        ) FROM KAFKA (brokers = '${KAFKA_BROKERS:-localhost:9092}', topic = 'trades', format = 'json')
          WITH (idle_timeout = '30s', max_drift = '10s', on_error = 'fail')
        """,
        "CREATE OR REPLACE SOURCE IF NOT EXISTS cars (car_id BIGINT NOT NULL, speed DOUBLE, ts TIMESTAMP(3) NOT NULL, WATERMARK FOR ts AS ts - INTERVAL '1' SECOND) WITH (connector = 'file', format = 'json', path = '${CARS_FILE}')",
        "CREATE SOURCE s (a TINYINT, b SMALLINT UNSIGNED, c INT, d BIGINT UNSIGNED, e REAL, f DOUBLE PRECISION, g DECIMAL(10, 2), h TEXT, i BYTES, j UUID, k DATE, l TIME, m TIMESTAMP WITH TIME ZONE, n TIMESTAMPTZ, o INTERVAL DAY TO SECOND, p JSON) WITH (connector = 'file')",
        "CREATE SOURCE nested (xs ARRAY<BIGINT>, m MAP<VARCHAR, ARRAY<ARRAY<INT>>>, r ROW(a INT, b VARCHAR(20)), q ROW<a INT, b TEXT>, ys INT[]) WITH (connector = 'file')",
        "CREATE LOOKUP TABLE instruments (symbol VARCHAR PRIMARY KEY, sector VARCHAR) WITH (connector = 'postgres', refresh = 'cdc', cache_mode = 'partial', storage = 'persistent')",
        "CREATE TABLE t (k INT, v INT, PRIMARY KEY (k) NOT ENFORCED) WITH (connector = 'file', 'csv.header' = TRUE, batch.size = 100, ratio = -0.5)",
        "CREATE SOURCE odd (\"select\" INT, `from` INT, \"a\"\"b\" INT, key INT, value INT, date DATE, timestamp TIMESTAMP, window INT, row INT, year INT, count INT, first INT, changes INT) WITH (connector = 'file')",
        "CREATE SOURCE computed (a INT, b AS a + 1, c BIGINT NOT NULL AS CAST(a AS BIGINT) * 2) WITH (connector = 'file')",

        // create stream, view, sink
        "CREATE STREAM vwap AS SELECT symbol, SUM(price * volume) / SUM(volume) AS vwap FROM trades GROUP BY symbol, TUMBLE(ts, INTERVAL '1' MINUTE) EMIT ON WINDOW CLOSE",
        "CREATE OR REPLACE STREAM IF NOT EXISTS s WITH (state_ttl = '1h') AS SELECT * FROM t",
        "CREATE MATERIALIZED VIEW v AS SELECT k, COUNT(*) AS n FROM t GROUP BY k",
        "CREATE SINK s FROM vwap WHERE vwap > 10 INTO KAFKA (topic = 'out') FORMAT JSON",
        "CREATE SINK fast_file WITH (connector = 'file', format = 'json', path = '${OUT_FILE}') AS SELECT * FROM fast",
        "CREATE SINK s (a BIGINT, b VARCHAR) WITH (connector = 'file', path = '-')",
        "INSERT INTO s SELECT a, b FROM t WHERE a > 0",
        "INSERT INTO s (a, b) SELECT a, b FROM t",
        "INSERT INTO s VALUES (1, 'x'), (2, 'y')",
        "EXPLAIN SELECT a FROM t",
        "EXPLAIN DAG SELECT a FROM t",
        "EXPLAIN CODE CREATE STREAM x AS SELECT a FROM t",
        "SHOW SOURCES",
        "SHOW QUERIES",
        "DESCRIBE trades",
        "DROP x",
        "DROP MATERIALIZED VIEW IF EXISTS v CASCADE",
        "DROP SOURCE trades",
        "CREATE FUNCTION f(a INT) RETURNS INT LANGUAGE csharp",

        // select list, literals, names
        "SELECT * FROM t",
        "SELECT t.*, a AS x, b y, \"c\" AS \"C d\", `e` FROM t AS t",
        "SELECT DISTINCT a, b FROM t",
        "SELECT 1, 2.5, .5, 1., 1e10, 1.5E-3, 'it''s', E'a\\n\\t\\'\\x41\\u00e9\\101', $$raw 'text'$$, $tag$a $$ b$tag$, X'0AFF', NULL, TRUE, FALSE",
        "SELECT DATE '2020-01-01', TIME '10:00:00', TIMESTAMP '2020-01-01 00:00:00', TIMESTAMPTZ '2020-01-01 00:00:00Z', TIMESTAMP WITH TIME ZONE '2020-01-01 00:00:00Z', UUID '00000000-0000-0000-0000-000000000000', JSON '{}'",
        "SELECT INTERVAL '5' SECOND, INTERVAL '1-2' YEAR TO MONTH, INTERVAL '1 day 2 hours', INTERVAL 5 MINUTES, INTERVAL '10' DAY (3), INTERVAL '1 02:03:04.5' DAY TO SECOND(3), INTERVAL -5 SECOND",
        "SELECT key, value, date, timestamp, window, row, year, count, ts, first, changes, last, emit, late, filter, over, rows, range, interval, array, map FROM t",
        "SELECT window.start, window.end, t.order, s.t.x FROM t",
        "SELECT a /* block /* nested */ comment */ FROM t -- to the end\n WHERE a > 1 -- again",
        "SELECT a AS select, b AS \"from\" FROM t",
        "select lower(A), Upper(b) from T where A like '%x%'",
        "SELECT ?, $1, :name, @other",

        // operators
        "SELECT a + b * c - d / e % f, -a, +b, ~c, a || b, a & b | c, a << 2 >> 1, a ^ 2 FROM t",
        "SELECT a FROM t WHERE a = 1 AND b <> 2 OR NOT c != 3 AND d < 4 AND e <= 5 AND f > 6 AND g >= 7",
        "SELECT a FROM t WHERE a IS NULL AND b IS NOT NULL AND c IS TRUE AND d IS NOT FALSE AND e IS UNKNOWN AND f IS DISTINCT FROM g AND h IS NOT DISTINCT FROM i",
        "SELECT a FROM t WHERE a BETWEEN 1 AND 2 AND b NOT BETWEEN SYMMETRIC 3 AND 4 AND c IN (1, 2, 3) AND d NOT IN ('a') AND e LIKE 'x%' ESCAPE '!' AND f NOT ILIKE 'y' AND g SIMILAR TO 'z'",
        "SELECT CASE WHEN a > 1 THEN 'x' WHEN a IS NULL THEN 'y' ELSE 'z' END, CASE a WHEN 1 THEN 'one' END AS w FROM t",
        "SELECT CAST(a AS BIGINT), TRY_CAST(b AS DECIMAL(10, 2)), c::VARCHAR, d::INT[], '2020-01-01'::DATE FROM t",
        "SELECT j -> 'a' ->> 'b', j ->> 0, JSON_VALUE(j, '$.a'), JSON_OBJECT('k' VALUE v, 'l' VALUE 2), JSON_ARRAY(1, 2) FROM t",
        "SELECT ARRAY[1, 2, 3], ARRAY[], MAP['a', 1, 'b', 2], ROW(1, 'x'), (1, 2), xs[1], m['k'], (r).field, xs[1][2] FROM t",
        "SELECT EXTRACT(YEAR FROM ts), ts AT TIME ZONE 'UTC', CURRENT_TIMESTAMP, CURRENT_DATE, PROCTIME(), CURRENT_WATERMARK() FROM t",
        "SELECT SUBSTRING(a FROM 2 FOR 3), SUBSTRING(a, 2), POSITION('x' IN a), TRIM(LEADING 'x' FROM a), TRIM(a), TRIM(BOTH FROM a), OVERLAY(a PLACING 'b' FROM 1 FOR 2), LEFT(a, 1), RIGHT(a, 2) FROM t",
        "SELECT COALESCE(a, b, 0), NULLIF(a, 0), IF(a > 1, 'x', 'y'), IFNULL(a, 0), NVL(a, 0), GREATEST(a, b), CONCAT_WS(',', a, b) FROM t",
        "SELECT MAKE_TIMESTAMP(year => 2020, month => 1, day => 2), DATE_TRUNC('hour', ts), TIMESTAMPADD(DAY, 1, ts) FROM t",

        // grouping and windows
        "SELECT symbol, window_start, window_end, COUNT(*), COUNT(DISTINCT k), SUM(v) FILTER (WHERE v > 0), AVG(v) FROM t GROUP BY symbol, TUMBLE(ts, INTERVAL '1' MINUTE) HAVING COUNT(*) > 1",
        "SELECT k, COUNT(*) FROM t GROUP BY k, HOP(ts, INTERVAL '1' MINUTE, INTERVAL '5' MINUTE)",
        "SELECT k, COUNT(*) FROM t GROUP BY k, SESSION(ts, INTERVAL '30' SECOND)",
        "SELECT k, COUNT(*) FROM t GROUP BY k, CUMULATE(ts, INTERVAL '1' HOUR, INTERVAL '1' DAY)",
        "SELECT k, COUNT(*) FROM t GROUP BY 1, TUMBLE(ts, INTERVAL '1' DAY, TIME ZONE 'America/New_York')",
        "SELECT TUMBLE_START(ts, INTERVAL '1' HOUR), COUNT(*) FROM t GROUP BY TUMBLE(ts, INTERVAL '1' HOUR)",
        "SELECT window_start, COUNT(*) FROM TABLE(TUMBLE(TABLE t, DESCRIPTOR(ts), INTERVAL '10' SECOND)) GROUP BY window_start, window_end",
        "SELECT * FROM TABLE(HOP(DATA => TABLE t, TIMECOL => DESCRIPTOR(ts), SLIDE => INTERVAL '5' SECOND, SIZE => INTERVAL '10' SECOND)) AS w",
        "SELECT * FROM TABLE(SESSION(TABLE t PARTITION BY k, DESCRIPTOR(ts), INTERVAL '10' SECOND))",
        "SELECT * FROM TUMBLE(TABLE t, DESCRIPTOR(ts), INTERVAL '10' SECOND) w WHERE w.window_start > ts",
        "SELECT * FROM CUMULATE((SELECT * FROM t WHERE a > 1), DESCRIPTOR(ts), INTERVAL '1' HOUR, INTERVAL '1' DAY)",
        "SELECT a, b, SUM(c) FROM t GROUP BY GROUPING SETS ((a, b), a, ())",
        "SELECT a, b, SUM(c) FROM t GROUP BY ROLLUP (a, (b, c)), CUBE (d, e), (f, g)",
        "SELECT a + 1 AS x, SUM(b) FROM t GROUP BY x HAVING SUM(b) > 10 QUALIFY ROW_NUMBER() OVER (ORDER BY x) = 1",
        "SELECT k, STRING_AGG(v, ',' ORDER BY ts DESC NULLS LAST), PERCENTILE_CONT(0.5) WITHIN GROUP (ORDER BY v), ARRAY_AGG(DISTINCT v), FIRST_VALUE(v) IGNORE NULLS FROM t GROUP BY k",
        "SELECT FIRST_VALUE(v) IGNORE NULLS FILTER (WHERE v > 0), LAST_VALUE(v) FILTER (WHERE v > 0) RESPECT NULLS, LAST_VALUE(v) RESPECT NULLS OVER (ORDER BY ts) FROM t GROUP BY k",

        // over
        "SELECT ROW_NUMBER() OVER (PARTITION BY k ORDER BY ts), LAG(v, 1, 0) OVER (PARTITION BY k ORDER BY ts DESC) FROM t",
        "SELECT SUM(v) OVER w, AVG(v) OVER (w ROWS BETWEEN 3 PRECEDING AND CURRENT ROW) FROM t WINDOW w AS (PARTITION BY k ORDER BY ts)",
        "SELECT SUM(v) OVER w FROM t WINDOW w AS (PARTITION BY k ORDER BY ts ROWS 3 PRECEDING), w2 AS (w)",
        "SELECT SUM(v) OVER (ORDER BY ts RANGE BETWEEN INTERVAL '1' HOUR PRECEDING AND UNBOUNDED FOLLOWING EXCLUDE CURRENT ROW), LAST_VALUE(v) RESPECT NULLS OVER (ORDER BY ts RANGE UNBOUNDED PRECEDING) FROM t",
        "SELECT * FROM (SELECT *, ROW_NUMBER() OVER (PARTITION BY k ORDER BY v DESC) AS rn FROM t) WHERE rn <= 3",

        // order, limit, emission
        "SELECT a FROM t ORDER BY a DESC NULLS LAST, b ASC NULLS FIRST LIMIT 10 OFFSET 5",
        "SELECT a FROM t ORDER BY a OFFSET 5 ROWS FETCH FIRST 10 ROWS ONLY",
        "SELECT k, COUNT(*) FROM t GROUP BY k, TUMBLE(ts, INTERVAL '1' HOUR) HAVING COUNT(*) > 1 EMIT CHANGES ALLOW LATENESS INTERVAL '10' SECOND LATE DATA TO late_trades",
        "SELECT a FROM t LATE DATA TO late_rows ALLOW LATENESS INTERVAL '1' MINUTE EMIT AFTER WATERMARK",
        "SELECT a FROM t EMIT ON UPDATE",
        "SELECT a FROM t EMIT EVERY INTERVAL '1' SECOND",
        "SELECT a FROM t EMIT EVERY INTERVAL '1' SECOND PROCESSING TIME",
        "SELECT a FROM t emit final",
        "SELECT a FROM t emit",

        // joins
        "SELECT * FROM a JOIN b ON a.k = b.k AND b.ts BETWEEN a.ts - INTERVAL '5' SECOND AND a.ts + INTERVAL '10' SECOND",
        "SELECT * FROM a LEFT OUTER JOIN b ON a.k = b.k RIGHT JOIN c USING (k, l) FULL JOIN d ON TRUE CROSS JOIN e INNER JOIN f ON f.x = e.x",
        "SELECT * FROM a NATURAL JOIN b, c AS cc, d dd",
        "SELECT * FROM orders AS o JOIN rates FOR SYSTEM_TIME AS OF o.ts AS r ON o.currency = r.currency",
        "SELECT * FROM a ASOF JOIN b MATCH_CONDITION (a.ts >= b.ts, TOLERANCE INTERVAL '5' SECOND) ON a.k = b.k",
        "SELECT * FROM a ASOF LEFT JOIN b MATCH_CONDITION (NEAREST (a.ts, b.ts)) ON a.k = b.k",
        "SELECT * FROM a LEFT SEMI JOIN b ON a.k = b.k ANTI JOIN c ON a.k = c.k",
        "SELECT * FROM (a JOIN b ON a.k = b.k) JOIN c ON c.k = a.k",
        "SELECT * FROM t CROSS JOIN UNNEST(t.xs) WITH ORDINALITY AS u (x, n)",
        "SELECT * FROM t, LATERAL (SELECT * FROM u WHERE u.k = t.k) AS l, UNNEST(ARRAY[1, 2]) AS n (i)",
        "SELECT * FROM t MATCH_RECOGNIZE (PARTITION BY k ORDER BY ts MEASURES A.x AS x PATTERN (A B+) DEFINE B AS B.v > A.v) AS m",

        // subqueries, set operations, with, values
        "WITH a AS (SELECT * FROM t), b (x, y) AS (SELECT 1, 2) SELECT * FROM a JOIN b ON a.k = b.x",
        "WITH RECURSIVE r AS (SELECT 1 AS n UNION ALL SELECT n + 1 FROM r WHERE n < 10) SELECT * FROM r",
        "SELECT a FROM t UNION ALL SELECT b FROM u INTERSECT SELECT c FROM v EXCEPT SELECT d FROM w ORDER BY 1",
        "(SELECT a FROM t LIMIT 1) UNION (SELECT b FROM u)",
        "SELECT a FROM t WHERE a IN (SELECT b FROM u) AND EXISTS (SELECT 1 FROM v WHERE v.k = t.k) AND NOT EXISTS (SELECT 1 FROM w) AND a > (SELECT MAX(x) FROM y)",
        "SELECT ((SELECT 1) UNION SELECT 2), ((1 + 2)) * 3, ((SELECT 1)) + 1",
        "SELECT * FROM (VALUES (1, 'a'), (2, 'b')) AS v (n, s)",
        "SELECT * FROM ((SELECT 1 AS a) UNION (SELECT 2)) AS u",
        "VALUES (1, 2), (3, 4)",
    ];
}
