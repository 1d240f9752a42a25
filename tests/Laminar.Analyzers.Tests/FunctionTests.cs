using NUnit.Framework;

namespace Laminar.Analyzers.Tests;

/// <summary>Functions in C#: what is wrong with one is said where it stands, and queries that call it see it.</summary>
public sealed class FunctionTests
{
    [TestCase("public double {|LAM0040:F|}(double v) => v;")]
    [TestCase("private static double {|LAM0040:F|}(double v) => v;")]
    [TestCase("static double {|LAM0040:F|}(double v) => v;")]
    [TestCase("public static T {|LAM0040:F|}<T>(T v) => v;")]
    [TestCase("public static void {|LAM0040:F|}(double v) { }")]
    [TestCase("public static async System.Threading.Tasks.Task<double> {|LAM0040:F|}(double v) => await System.Threading.Tasks.Task.FromResult(v);")]
    [TestCase("public static ref readonly double {|LAM0040:F|}(double v) => ref One;  static readonly double One = 1;")]
    [TestCase("public static double {|LAM0040:F|}(ref double v) => v;")]
    [TestCase("public static double {|LAM0040:F|}(params double[] v) => v[0];")]
    [TestCase("public static double {|LAM0040:F|}(System.Version v) => 1;")]
    [TestCase("public static object {|LAM0040:F|}(double v) => v;")]
    [TestCase("internal static double F(double v) => v;")]
    [TestCase("public static DateOnly? F(DateTime? a, TimeSpan b, byte[]? c, Guid d, decimal? e, ulong f, DateTimeOffset g, TimeOnly h) => null;")]
    public Task Signatures(string method) => Verify.Of($$"""
        public static class Outer
        {
            public class Functions
            {
                [StreamFunction] {{method}}
            }
        }
        """);

    [Test]
    public Task In_a_generic_type() => Verify.Of("""
        public static class Functions<T> { [StreamFunction] public static int {|LAM0040:F|}(int v) => v; }
        """);

    [TestCase("{|LAM0041:\"sum\"|}")]
    [TestCase("{|LAM0041:\"Row_Number\"|}")]
    [TestCase("{|LAM0041:\"tumble\"|}")]
    [TestCase("{|LAM0041:\"between\"|}")]
    [TestCase("{|LAM0041:\"CURRENT_TIMESTAMP\"|}")]
    [TestCase("\"total\"")]
    public Task Names_of_SQL(string name) => Verify.Of($$"""
        public static class Functions { [StreamFunction({{name}})] public static int F(int v) => v; }
        """);

    [TestCase("{|LAM0043:DateTime.Now|}.Hour")]
    [TestCase("{|LAM0043:DateTimeOffset.UtcNow|}.Hour")]
    [TestCase("{|LAM0043:Guid.NewGuid|}().GetHashCode()")]
    [TestCase("{|LAM0043:new Random(v)|}.Next()")]
    [TestCase("{|LAM0043:Random.Shared|}.Next()")]
    [TestCase("{|LAM0043:Environment.TickCount|}")]
    [TestCase("(int){|LAM0043:System.Diagnostics.Stopwatch.GetTimestamp|}()")]
    [TestCase("{|LAM0044:State|}++")]
    [TestCase("{|LAM0044:Property|}")]
    [TestCase("Other.{|LAM0044:State|}")]
    [TestCase("Known.Length + Fixed + nameof(DateTime.Now).Length + Computed + new DateTime(v).Hour")]
    public Task Purity(string code) => Verify.Of($$"""
        public static class Other { public static int State; }

        public static class Functions
        {
            private const int Fixed = 1;
            private static readonly string Known = "known";
            private static int State;
            private static int Property { get; set; }
            private static int Computed => 1;

            [StreamFunction] public static int F(int v) => {{code}};
        }
        """);

    [Test]
    public Task A_query_calls_it_and_the_nearest_name_is_offered() => Verify.Of("""
        public static class Functions { [StreamFunction] public static double NetPrice(double v) => v; }
        [StreamQuery("SELECT net_price(price) AS p FROM trades WHERE NETPRICE(volume) > 1")] public sealed partial class A;
        [StreamQuery("SELECT {|LAM2005:net_prize|}(price) AS p FROM trades")] public sealed partial class B;
        [StreamQuery("SELECT net_price({|LAM2007:symbol|}) AS p FROM trades")] public sealed partial class C;
        [StreamQuery("SELECT {|LAM2006:net_price()|} AS p FROM trades")] public sealed partial class D;
        """);

    [Test]
    public Task In_files_and_pipelines() => new Verify("""
        public static class Functions { [StreamFunction] public static long Twice(long v) => v * 2; }
        [StreamQuery(File = "q.sql")] public sealed partial class A;
        [StreamPipeline("CREATE SOURCE s (a BIGINT) WITH (connector = 'file', path = 'in.json'); CREATE SINK o WITH (connector = 'file', path = 'out.json') AS SELECT twice(a) AS b, {|LAM2005:thrice|}(a) AS c FROM s;")]
        public static partial class P;
        """).Sql("/project/q.sql", "SELECT twice(volume) AS v, {|LAM2005:twize|}(volume) AS w FROM trades").Run();

    [TestCase("public void Add(long v) { } public void Merge(in A o) { } public long Result() => 1;", false)]
    [TestCase("public void Add(long v) { } public void Remove(long v) { } internal void Merge(in A o) { } public long? Result() => 1;", false)]
    [TestCase("public void Add(long? v, string? w) { } public void Merge(in A o) { } public string Result() => \"\";", false)]
    [TestCase("public void Merge(in A o) { } public long Result() => 1;", true)]
    [TestCase("public void Add() { } public void Merge(in A o) { } public long Result() => 1;", true)]
    [TestCase("public void Add(long v) { } public void Add(double v) { } public void Merge(in A o) { } public long Result() => 1;", true)]
    [TestCase("public void Add(long v) { } public void Merge(A o) { } public long Result() => 1;", true)]
    [TestCase("public void Add(long v) { } public void Merge(in A o) { } public void Result() { }", true)]
    [TestCase("public void Add(long v) { } public void Merge(in A o) { } public object Result() => 1;", true)]
    [TestCase("public void Add(object v) { } public void Merge(in A o) { } public long Result() => 1;", true)]
    [TestCase("public void Add(long? v, long w) { } public void Merge(in A o) { } public long Result() => 1;", true)]
    [TestCase("public void Add(long v) { } public void Remove(int v) { } public void Merge(in A o) { } public long Result() => 1;", true)]
    [TestCase("string? _text; public void Add(string v) { _text = v; } public void Merge(in A o) { } public string? Result() => _text;", true)]
    [TestCase("DateTime _time; public void Add(DateTime v) { _time = v; } public void Merge(in A o) { } public DateTime Result() => _time;", true)]
    public Task Aggregates(string members, bool isWrong) => Verify.Of($$"""
        [StreamAggregate] public struct {{(isWrong ? "{|LAM0045:A|}" : "A")}} { {{members}} }
        """);

    [Test]
    public Task Names_and_purity_of_aggregates() => Verify.Of("""
        [StreamAggregate({|LAM0041:"avg"|})] public struct A { public void Add(long v) { } public void Merge(in A o) { } public long Result() => 1; }
        [StreamAggregate] public struct B { public void Add(long v) { } public void Merge(in B o) { } public long Result() => {|LAM0043:DateTime.Now|}.Ticks; }
        [StreamAggregate("b")] public struct {|LAM0042:C|} { public void Add(long v) { } public void Merge(in C o) { } public long Result() => 1; }
        [StreamQuery("SELECT b(volume) AS b FROM trades WHERE {|LAM2011:b|}(volume) > 1")] public sealed partial class Q;
        """);
}
