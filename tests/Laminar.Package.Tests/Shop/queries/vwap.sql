SELECT symbol, window_end, SUM(price * volume) / SUM(volume) AS vwap, weighted_mean(net(price, 0.5), volume) AS net, COUNT(*) AS trades
FROM trades
GROUP BY symbol, TUMBLE(ts, INTERVAL '1' MINUTE)
