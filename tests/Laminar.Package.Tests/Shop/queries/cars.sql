CREATE SOURCE cars (car_id BIGINT NOT NULL, plate VARCHAR, speed DOUBLE, tags ARRAY<VARCHAR>, ts TIMESTAMP NOT NULL, WATERMARK FOR ts AS ts - INTERVAL '1' SECOND)
    WITH (connector = 'file', format = 'json', path = '${CARS_FILE}');
CREATE STREAM fast AS
    SELECT car_id, REGEXP_REPLACE(UPPER(plate), '[^A-Z0-9]', '', 'g') AS plate, tags[1] AS tag, speed, ts FROM cars WHERE speed > 100;
CREATE STREAM per_car AS
    SELECT car_id, MAX(speed) AS top, MEDIAN(speed) AS middle, COUNT(DISTINCT tag) AS tags, window_end FROM fast GROUP BY car_id, TUMBLE(ts, INTERVAL '1' MINUTE);
CREATE SINK fast_file WITH (connector = 'file', format = 'csv', path = '${FAST_FILE}') AS SELECT * FROM fast;
CREATE SINK car_file WITH (connector = 'file', format = 'json', path = '${CAR_FILE}') AS SELECT * FROM per_car;
