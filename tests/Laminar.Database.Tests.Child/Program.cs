using Apache.Arrow;
using Laminar;

// Pushes rows 0 to N - 1 (key row % 7, value row) from where the folder's database stopped, and says so for every batch that is durable.
string folder = args[0];
int count = int.Parse(args[1]);
await using var db = LaminarDatabase.Open(new LaminarDatabaseOptions { DataDirectory = Path.Combine(folder, "state"), CheckpointInterval = TimeSpan.FromMilliseconds(20) });
await db.ExecuteAsync($"""
    CREATE SOURCE IF NOT EXISTS rows (k BIGINT NOT NULL, v BIGINT NOT NULL, ms BIGINT NOT NULL, WATERMARK FOR ms AS ms);
    CREATE MATERIALIZED VIEW IF NOT EXISTS sums AS SELECT k, COUNT(*) AS n, SUM(v) AS s FROM rows GROUP BY k;
    CREATE MATERIALIZED VIEW IF NOT EXISTS most AS SELECT MAX(s) AS s FROM sums;
    CREATE SINK IF NOT EXISTS windows WITH (connector = 'file', format = 'json', path = '{folder}/windows.jsonl')
        AS SELECT k, window_start, SUM(v) AS s FROM rows GROUP BY k, TUMBLE(ms, INTERVAL '1' SECOND);
    """);
DatabaseSource rows = db.Source("rows");
Console.WriteLine("from " + rows.Rows);
for (int at = (int)rows.Rows; at < count;)
{
    int size = Math.Min(count - at, 1 + (at % 90));
    var keys = new Int64Array.Builder();
    var values = new Int64Array.Builder();
    var times = new Int64Array.Builder();
    for (int i = at; i < at + size; i++)
    {
        keys.Append(i % 7);
        values.Append(i);
        times.Append(i * 10L);
    }

    rows.Push(new RecordBatch.Builder().Append("k", false, keys.Build()).Append("v", false, values.Build()).Append("ms", false, times.Build()).Build());
    await rows.FlushAsync();
    at += size;
    Console.WriteLine("durable " + at);
}

Console.WriteLine("done");
