using Laminar;

namespace Shop;

[StreamPipeline("""
    CREATE SOURCE cars (car_id BIGINT NOT NULL, speed DOUBLE, ts TIMESTAMP NOT NULL, WATERMARK FOR ts AS ts - INTERVAL '1' SECOND)
        WITH (connector = 'file', format = 'json', path = '${CARS_FILE}', idle_timeout = '30s', on_error = 'skip');
    CREATE STREAM fast AS SELECT car_id, speed FROM cars WHERE speed > 100;
    CREATE SINK fast_file WITH (connector = 'file', format = 'csv', path = '${OUT_FILE:-fast.csv}', delimiter = ';') AS SELECT * FROM fast;
    """)]
public static partial class CarPipeline;
