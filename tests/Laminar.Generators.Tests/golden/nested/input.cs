using System;
using System.Collections.Generic;
using Laminar;

namespace Shop;

public sealed record Item(string Name, int Quantity, decimal? Price);

public readonly record struct Address(string Street, string? City);

[StreamSource("orders")]
public sealed partial record Order(long Id, Address Home, Item[] Items, Dictionary<string, string?> Labels, [property: Column(TypeName = "json")] string? Note, DateTime Ts);

[StreamQuery("""
    SELECT id, home.city AS city, name, quantity * price AS amount, labels['kind'] AS kind, note ->> 'by' AS by, n, ARRAY[id, n] AS ids, ts
    FROM orders CROSS JOIN UNNEST(items) WITH ORDINALITY AS i(name, quantity, price, n)
    WHERE quantity > 0
    """)]
public sealed partial class Lines;
