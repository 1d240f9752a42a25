using Laminar.Testing;

namespace Laminar.Generators.Tests.Queries;

/// <summary>Runs a query over <c>Bid</c> rows that a script of lines describes, and gives its output rows as text.</summary>
internal static class QueryRun
{
    /// <summary>The source that most tests read: times are seconds after 2024-01-01.</summary>
    public const string Sources = """
        using System;
        using System.Buffers;
        using System.Collections.Generic;
        using System.Globalization;
        using System.Linq;
        using Laminar;

        [StreamSource("bids", Watermark = "ts - INTERVAL '2' SECOND")]
        public readonly partial record struct Bid(long Auction, string Name, double Price, long Amount, long? Bonus, string? Note, decimal Fee, DateTime Ts);

        public static class Rows
        {
            public static readonly DateTime Day = new(2024, 1, 1, 0, 0, 0, DateTimeKind.Utc);

            public static Bid Row(double second, long auction, string name = "a", double price = 1, long amount = 1, long? bonus = null, string? note = null, decimal fee = 1m) =>
                new(auction, name, price, amount, bonus, note, fee, Day.AddSeconds(second));

            public static string Text(object row) => string.Create(CultureInfo.InvariantCulture, $"{row}").Replace("01/01/2024 ", "");
        }

        """;

    /// <summary>Output rows as text, in order.</summary>
    /// <param name="sql">The query, named <c>Q</c>.</param>
    /// <param name="rows">C# expressions of rows: <c>Row(1, 7)</c>.</param>
    /// <param name="more">More declarations, such as a query that is read.</param>
    public static string[] Of(string sql, string[] rows, string more = "")
    {
        using UserAssembly user = Compile(sql, rows, more);
        return user.Call<string[]>("Test", "All");
    }

    public static UserAssembly Compile(string sql, string[] rows, string more = "") => Project(sql, rows, more).Load();

    public static UserProject Project(string sql, string[] rows, string more = "") => new(Sources + more + $$""""

        [StreamQuery("{{sql.ReplaceLineEndings(" ")}}")]
        public sealed partial class Q;

        public static class Test
        {
            static Test() => CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;

            public static Bid[] Input() => new Bid[] { {{string.Join(", ", rows.Select(r => "Rows." + r))}} };

            public static string[] All() => Cut(int.MaxValue);

            /// Pushes so many rows at a time.
            public static string[] Cut(int size)
            {
                var output = new List<string>();
                using var query = Q.Create(row => output.Add(Rows.Text(row)));
                Bid[] input = Input();
                for (int i = 0; i < input.Length; i += size)
                {
                    query.Push(input.AsSpan(i, Math.Min(size, input.Length - i)));
                    if (size == int.MaxValue) break;
                }

                query.Complete();
                output.Add("late " + query.Statistics.LateRows);
                return output.ToArray();
            }

            /// Saves after so many rows and goes on in a restored query.
            public static string[] Restored(int after)
            {
                var output = new List<string>();
                Bid[] input = Input();
                var saved = new ArrayBufferWriter<byte>();
                using (var first = Q.Create(row => output.Add(Rows.Text(row))))
                {
                    first.Push(input.AsSpan(0, after));
                    first.Snapshot(saved);
                }

                using var second = Q.Restore(new ReadOnlySequence<byte>(saved.WrittenMemory), row => output.Add(Rows.Text(row)));
                second.Push(input.AsSpan(after));
                second.Complete();
                output.Add("late " + second.Statistics.LateRows);
                return output.ToArray();
            }
        }
        """");
}
