using Laminar;

namespace Laminar.EndToEnd.Tests;

[StreamQuery("SELECT symbol, COUNT(*) AS n, SUM(volume) AS volume FROM ticks GROUP BY symbol EMIT CHANGES WITH (state_ttl = '10d')")]
public sealed partial class KeptTotals;

[StreamQuery("SELECT n + 1 AS more, symbol FROM kept_totals WHERE n % 2 = 0")]
public sealed partial class KeptEven;

[StreamQuery("SELECT venue, COUNT(*) AS n, SUM(volume) AS volume FROM ticks GROUP BY venue EMIT ON UPDATE WITH (state_ttl = '10d')")]
public sealed partial class KeptVenues;

[StreamQuery("SELECT venue, symbol, MAX(price) AS high FROM ticks GROUP BY symbol, venue EMIT EVERY INTERVAL '1' SECOND WITH (state_ttl = '10d')")]
public sealed partial class KeptHighs;

[StreamQuery("SELECT COUNT(*) AS n, SUM(volume) AS volume FROM ticks EMIT CHANGES WITH (state_ttl = '10d')")]
public sealed partial class KeptSum;

[StreamQuery("SELECT symbol, window_start, COUNT(*) AS n FROM ticks GROUP BY symbol, TUMBLE(ts, INTERVAL '10' SECOND) ALLOW LATENESS INTERVAL '1' SECOND")]
public sealed partial class KeptCorrected;

[StreamQuery("SELECT symbol, price, ts FROM ticks QUALIFY ROW_NUMBER() OVER (PARTITION BY symbol ORDER BY ts DESC) = 1")]
public sealed partial class KeptLast;

[StreamQuery("SELECT symbol, price, ts, ROW_NUMBER() OVER (PARTITION BY symbol ORDER BY price DESC, ts) AS place FROM ticks QUALIFY place <= 3")]
public sealed partial class KeptDearest;

[StreamQuery("SELECT symbol, price, ts FROM ticks QUALIFY ROW_NUMBER() OVER (PARTITION BY symbol ORDER BY price, ts) <= 3")]
public sealed partial class KeptCheapest;

[StreamQuery("SELECT price, ts FROM ticks ORDER BY price DESC, ts LIMIT 5")]
public sealed partial class KeptFive;

