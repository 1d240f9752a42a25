using System.Runtime.CompilerServices;
using Laminar.Testing;
using Microsoft.CodeAnalysis;
using NUnit.Framework;
using Steps = Laminar.Generators.LaminarGenerator.Steps;

namespace Laminar.Generators.Tests;

/// <summary>Which edits re-run which steps, both ways: nothing too much, nothing too little.</summary>
public sealed class CachingTests
{
    private const string Sources = """
        using System;
        using Laminar;

        [StreamSource("trades", Watermark = "ts - INTERVAL '5' SECOND")]
        public readonly partial record struct Trade(string Symbol, double Price, long Volume, DateTime Ts);

        [ReferenceTable("instruments")]
        public sealed partial record Instrument([property: Key] string Symbol, string Sector);
        """;

    private const string Other = "public class Other { public int X() => 1; }";

    private const string Mapped = """
        using Laminar;

        public readonly partial record struct CountRow(string Symbol, long N);

        [StreamQuery<CountRow>("SELECT symbol, COUNT(*) AS n FROM trades GROUP BY symbol, TUMBLE(ts, INTERVAL '1' HOUR)")]
        public sealed partial class Counts;
        """;

    private const string PipelineCode = """
        using Laminar;

        [StreamPipeline("CREATE SOURCE cars (id BIGINT NOT NULL) WITH (connector = 'file', format = 'json', path = 'x'); CREATE SINK s WITH (connector = 'file', format = 'json', path = 'y') AS SELECT id FROM cars;")]
        public static partial class CarPipeline;
        """;

    private const string Functions = "public static class Functions { [Laminar.StreamFunction] public static double Twice(double v) => v * 2; } [Laminar.StreamAggregate] public struct Counted { public long N; public void Add(double v) => N++; public void Merge(in Counted o) => N += o.N; public long Result() => N; }";

    [Test]
    public void ABodyOfAFunctionRunsNothingAndItsSignatureItsCallers()
    {
        UserCompilation before = Compile();
        UserCompilation body = before.Edit("Functions.cs", Functions.Replace("v * 2", "v + v", StringComparison.Ordinal));
        AssertChanged(body, Steps.FunctionSet, 0);
        AssertChanged(body, Steps.Slices, 0);
        Assert.That(ChangedOutputs(body), Is.Zero);

        UserCompilation signature = before.Edit("Functions.cs", Functions.Replace("double Twice", "double? Twice", StringComparison.Ordinal));
        AssertChanged(signature, Steps.FunctionSet, 1);
        AssertChanged(signature, Steps.QueryCode, 1);
        AssertChanged(signature, Steps.PipelineCode, 0);
    }

    [Test]
    public void AnUnrelatedEditRunsNothingAgain()
    {
        UserCompilation before = Compile();
        UserCompilation after = before.Edit("Other.cs", "public class Other { public int X() => 2; public string Y => \"changed\"; }");

        Assert.That(after.Steps.Keys, Is.SupersetOf(AllSteps()), "every step took part");
        foreach (string step in AllSteps())
        {
            Assert.That(after.Steps[step], Is.All.AnyOf(IncrementalStepRunReason.Cached, IncrementalStepRunReason.Unchanged), step);
        }

        Assert.That(after.Result.TrackedOutputSteps.Values.SelectMany(s => s).SelectMany(s => s.Outputs).Select(o => o.Reason), Is.All.EqualTo(IncrementalStepRunReason.Cached));
    }

    [Test]
    public void AnEditInOneQueryRunsThatQueryAlone()
    {
        UserCompilation before = Compile();
        UserCompilation after = before.Edit("Big.cs", Query("Big", "SELECT symbol, price FROM trades WHERE volume > 2000"));

        AssertChanged(after, Steps.QueryCode, 1);
        AssertChanged(after, Steps.Slices, 1);
        AssertChanged(after, Steps.SourceCode, 0);
        AssertChanged(after, Steps.MappedRowCode, 0);
        AssertChanged(after, Steps.ExportCode, 0);
        AssertChanged(after, Steps.PipelineCode, 0);
        Assert.That(ChangedOutputs(after), Is.EqualTo(1));
    }

    [Test]
    public void AChangedSignatureRunsTheQueryAndThoseThatReadIt()
    {
        UserCompilation before = Compile();
        UserCompilation after = before.Edit("Big.cs", Query("Big", "SELECT symbol, price, volume FROM trades WHERE volume > 1000"));

        // Big itself and Dear, which reads it; Vwap and Counts don't.
        AssertChanged(after, Steps.QueryCode, 2);
        AssertChanged(after, Steps.SourceCode, 0);
        AssertChanged(after, Steps.MappedRowCode, 0);
        AssertChanged(after, Steps.PipelineCode, 0);
    }

    [Test]
    public void AChangedSourceRunsEveryQueryOverIt()
    {
        UserCompilation before = Compile();
        UserCompilation after = before.Edit("Sources.cs", Sources.Replace("'5' SECOND", "'6' SECOND", StringComparison.Ordinal));

        // Dear reads Big, whose signature stays.
        AssertChanged(after, Steps.SourceCode, 1);
        AssertChanged(after, Steps.QueryCode, 4);
        AssertChanged(after, Steps.PipelineCode, 0);
    }

    [Test]
    public void AnEditInAPipelineRunsThePipelineAlone()
    {
        UserCompilation before = Compile();
        UserCompilation after = before.Edit("Cars.cs", PipelineCode.Replace("path = 'y'", "path = 'z'", StringComparison.Ordinal));

        AssertChanged(after, Steps.PipelineCode, 1);
        AssertChanged(after, Steps.QueryCode, 0);
        Assert.That(ChangedOutputs(after), Is.EqualTo(1));
    }

    [Test]
    public void ANewQueryRunsAlone()
    {
        UserCompilation before = Compile();
        UserCompilation after = before.Edit("ANew.cs", Query("ANew", "SELECT symbol FROM trades"));

        Assert.That(after.Steps[Steps.QueryCode].Count(r => r == IncrementalStepRunReason.New), Is.EqualTo(1));
        AssertChanged(after, Steps.QueryCode, 0);
    }

    [Test]
    public void TheSameProjectGivesTheSameCode()
    {
        UserCompilation a = Compile(), b = Compile();

        Assert.That(b.GeneratedFiles, Is.EqualTo(a.GeneratedFiles));
    }

    [Test]
    public void NothingOfAnOldCompilationIsKeptAlive()
    {
        (WeakReference old, UserCompilation latest) = CompileAndEdit();
        for (int i = 0; i < 5 && old.IsAlive; i++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }

        Assert.That(old.IsAlive, Is.False, "a model or an output holds a symbol, a node or the compilation");
        GC.KeepAlive(latest);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static (WeakReference Old, UserCompilation Latest) CompileAndEdit()
    {
        UserCompilation first = Compile();
        _ = first.Steps.Count;
        UserCompilation second = first.Edit("Other.cs", "public class Other { }");
        return (new WeakReference(first.Output), second);
    }

    private static UserCompilation Compile()
    {
        UserCompilation compiled = new UserProject(Sources, "Sources.cs")
            .AddCode("Other.cs", Other)
            .AddCode("Big.cs", Query("Big", "SELECT symbol, price FROM trades WHERE volume > 1000"))
            .AddCode("Dear.cs", Query("Dear", "SELECT symbol FROM big WHERE price > 100"))
            .AddCode("Vwap.cs", Query("Vwap", "SELECT symbol, SUM(price * volume) / SUM(volume) AS vwap, window_end FROM trades GROUP BY symbol, TUMBLE(ts, INTERVAL '1' MINUTE)"))
            .AddCode("Mapped.cs", Mapped)
            .AddCode("Cars.cs", PipelineCode)
            .AddCode("Functions.cs", Functions)
            .AddCode("Calls.cs", Query("Calls", "SELECT twice(price) AS p FROM trades"))
            .AddSql("queries/unused.sql", "SELECT 1")
            .Compile();
        Assert.That(compiled.Problems, Is.Empty);
        return compiled;
    }

    private static string Query(string name, string sql) => $"[Laminar.StreamQuery(\"{sql}\")]\npublic sealed partial class {name};";

    private static IEnumerable<string> AllSteps() => typeof(Steps).GetFields().Select(f => (string)f.GetRawConstantValue()!);

    private static void AssertChanged(UserCompilation after, string step, int count) => Assert.That(
        after.Steps[step].Count(r => r == IncrementalStepRunReason.Modified), Is.EqualTo(count), $"{step}: {string.Join(", ", after.Steps[step])}");

    private static int ChangedOutputs(UserCompilation after) => after.Result.TrackedOutputSteps.Values
        .SelectMany(s => s).SelectMany(s => s.Outputs).Count(o => o.Reason is IncrementalStepRunReason.Modified or IncrementalStepRunReason.New);
}
