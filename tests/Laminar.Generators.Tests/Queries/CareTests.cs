using Laminar.Testing;
using NUnit.Framework;

namespace Laminar.Generators.Tests.Queries;

/// <summary>
/// The loop over rows one by one leaves at local times and at sums that may not fit, and takes those rows with care. What comes out is checked against
/// exact arithmetic and .NET's own conversion.
/// </summary>
public sealed class CareTests
{
    private const string Code = """
        using System;
        using System.Collections.Generic;
        using System.Globalization;
        using System.Linq;
        using System.Numerics;
        using Laminar;

        [StreamSource("events", Watermark = "ts - INTERVAL '2' SECOND")]
        public readonly partial record struct Event(long A, long B, int C, int D, uint E, ulong F, long? N, DateTime Ts, DateTime Other);

        [StreamQuery("SELECT a + b AS s, a - b AS d, a * b AS p, -a AS m, c + d AS cs, c - d AS cd, c * d AS cp, e + e AS es, e * e AS ep, f + f AS fs, f * f AS fp, n * 3 AS np, ts, other FROM events WHERE b <> 4")]
        public sealed partial class Q;

        // In registers: no references, and at most 32 bytes.
        public struct Small : ISink<Q.Row>
        {
            public long Rows, Hash;

            public void Emit(in Q.Row row)
            {
                Rows++;
                Hash = unchecked((Hash * 31) + row.S + row.P + row.Ts.Ticks + row.Other.Ticks + (long)row.Fp);
            }
        }

        public static class Care
        {
            private static readonly long[] Longs = { 0, 1, -1, 2, 4, int.MaxValue, int.MinValue, 1L << 31, 1L << 32, 3037000499, 3037000500, long.MaxValue, long.MinValue, long.MaxValue / 3, 1L << 62 };

            public static Event[] Input(int seed, int count)
            {
                var random = new Random(seed);
                long Long() => random.Next(3) == 0 ? Longs[random.Next(Longs.Length)] : random.Next(-1000, 1000);
                DateTime Time(int second)
                {
                    DateTime utc = new DateTime(2024, 3, 30, 22, 0, 0, DateTimeKind.Utc).AddSeconds(second);
                    return random.Next(6) switch { 0 => utc.ToLocalTime(), 1 => DateTime.SpecifyKind(utc, DateTimeKind.Unspecified), _ => utc };
                }

                return Enumerable.Range(0, count).Select(i => new Event(
                    Long(), Long(), (int)Long(), unchecked((int)Long()), (uint)random.Next(random.Next(2) == 0 ? 60_000 : int.MaxValue), random.Next(2) == 0 ? (ulong)random.Next() : (ulong)random.NextInt64(),
                    random.Next(3) == 0 ? null : Long(), Time(i * 60), Time(i))).ToArray();
            }

            private static DateTime Utc(DateTime time) => time.Kind == DateTimeKind.Local ? time.ToUniversalTime() : DateTime.SpecifyKind(time, DateTimeKind.Utc);

            public static Q.Row? Expected(Event e)
            {
                bool fits = true;
                long L(BigInteger x) { fits &= x >= long.MinValue && x <= long.MaxValue; return fits ? (long)x : 0; }
                int I(BigInteger x) { fits &= x >= int.MinValue && x <= int.MaxValue; return fits ? (int)x : 0; }
                uint U(BigInteger x) { fits &= x >= 0 && x <= uint.MaxValue; return fits ? (uint)x : 0; }
                ulong UL(BigInteger x) { fits &= x >= 0 && x <= ulong.MaxValue; return fits ? (ulong)x : 0; }
                BigInteger a = e.A, b = e.B, c = e.C, d = e.D, u = e.E, f = e.F;
                var row = new Q.Row(L(a + b), L(a - b), L(a * b), L(-a), I(c + d), I(c - d), I(c * d), U(u + u), U(u * u), UL(f + f), UL(f * f), e.N is { } n ? L((BigInteger)n * 3) : null, Utc(e.Ts), Utc(e.Other));
                return fits ? row : null;
            }

            /// What differs, or the number of rows that failed.
            public static string Run(int seed, int size, string form)
            {
                Event[] input = Input(seed, 500);
                Q.Row?[] expected = input.Where(e => e.B != 4).Select(Expected).ToArray();
                var rows = new List<Q.Row>();
                using var query = Q.Create(row => rows.Add(row));
                var small = new Small();
                using var counting = Q.Create(small);
                int failed = 0;
                query.OnError = counting.OnError = error => { failed++; return true; };
                for (int i = 0; i < input.Length; i += size)
                {
                    Event[] part = input.Skip(i).Take(size).ToArray();
                    if (form == "rows")
                    {
                        query.Push(part);
                        counting.Push(part);
                    }
                    else
                    {
                        var builder = new ArrowBatchBuilder<Event>();
                        foreach (Event e in part) { builder.Add(in e); }
                        using Apache.Arrow.RecordBatch batch = builder.Build();
                        query.Push(batch);
                        counting.Push(batch);
                    }
                }

                query.Complete();
                counting.Complete();
                foreach (Q.Row row in expected.OfType<Q.Row>()) { small.Emit(in row); }
                int bad = expected.Count(e => e is null);
                return !rows.SequenceEqual(expected.OfType<Q.Row>()) ? "other rows"
                    : counting.Sink.Rows != small.Rows || counting.Sink.Hash != small.Hash ? "another sum"
                    : failed != 2 * bad || query.Statistics.ErrorRows != bad || counting.Statistics.RowsOut != small.Rows ? "other counts"
                    : bad > 20 && rows.Count > 20 ? "right" : $"too few: {bad} failed, {rows.Count} came out";
            }
        }
        """;

    private UserAssembly _user = null!;

    [OneTimeSetUp]
    public void Compile() => _user = new UserProject(Code).Load();

    [OneTimeTearDown]
    public void Unload() => _user.Dispose();

    [Test]
    public void RowsThatAskForMoreAreTakenWithCare([Values("rows", "columns")] string form, [Values(1, 7, int.MaxValue)] int size)
    {
        int seed = Environment.TickCount;
        TestContext.Out.WriteLine($"seed {seed}");
        for (int i = 0; i < 20; i++)
        {
            Assert.That(_user.Call<string>("Care", "Run", seed + i, size, form), Is.EqualTo("right"), $"seed {seed + i}");
        }
    }
}
