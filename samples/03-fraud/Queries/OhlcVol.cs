using Laminar;

namespace Fraud.Queries;

/// <summary>Candles of five seconds with their volume and range: prices that are pushed around show in the range.</summary>
[StreamQuery("""
    SELECT symbol, window_start, FIRST_VALUE(price) AS open, MAX(price) AS high, MIN(price) AS low, LAST_VALUE(price) AS close,
           SUM(volume) AS volume, MAX(price) - MIN(price) AS price_range
    FROM trades
    GROUP BY symbol, TUMBLE(ts, INTERVAL '5' SECOND)
    """)]
public sealed partial class OhlcVol;
