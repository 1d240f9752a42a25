using System.Collections.Generic;
using System.Linq;
using Laminar.Generators.Model;
using Laminar.Generators.Pipelines;
using Laminar.Sql;
using Laminar.Sql.Catalog;

namespace Laminar.Generators.Emit;

/// <summary>
/// The sinks of a pipeline. One that takes the rows of one query as they are is bound to it; any other has a row type of its own, and each
/// query that feeds it has its rows copied into that, column by column.
/// </summary>
internal static class PipelineSinkEmitter
{
    /// <summary>The row type of a sink that has its own.</summary>
    public static void WriteRow(CodeWriter writer, BoundSink sink)
    {
        if (sink.HasOwnRow)
        {
            OutputRowEmitter.Write(writer, Row(sink));
        }
    }

    /// <summary>Statements of <c>AddTo</c>.</summary>
    public static void WriteBinding(CodeWriter writer, BoundSink sink, CompiledScript script)
    {
        writer.Line();
        writer.Line($"// CREATE SINK {PipelineEmitter.OneLine(sink.Sink.Name)}");
        writer.Line($"variables.At({Identifiers.Literal("SINK " + sink.Sink.Name)});");
        string options = PipelineEmitter.Object(sink.Connector.SinkOptionsType, sink.Options);
        if (!sink.HasOwnRow)
        {
            CompiledFeed feed = sink.Sink.Feeds[0];
            (string row, string query) = Types(feed, script);
            writer.Line("Laminar::QueryHandleExtensions.To(");
            writer.Line($"    {query}.AddTo(laminar),");
            writer.Line($"    new {sink.SinkType}<{row}>({options}));");
            return;
        }

        RowModel own = Row(sink);
        writer.Line($"laminar.AddSink<{own.TypeName}>({Identifiers.Literal(sink.Sink.Name)}, new {sink.SinkType}<{own.TypeName}>({options}))");
        for (int i = 0; i < sink.Sink.Feeds.Count; i++)
        {
            string end = i == sink.Sink.Feeds.Count - 1 ? ";" : "";
            WriteFeed(writer, own, sink.Sink.Feeds[i], script, end);
        }
    }

    private static void WriteFeed(CodeWriter writer, RowModel own, CompiledFeed feed, CompiledScript script, string end)
    {
        (string type, string query) = Types(feed, script);
        (IEnumerable<string> members, bool isUpdating) = Members(feed, type, script);
        string row = RowEmitter.Construct(
            own, members.Select(m => "row." + Identifiers.Escape(m)).ToArray(), isUpdating ? "row.Kind" : "Laminar::RowKind.Insert");
        writer.Line($"    .From<{type}>({query}.AddTo(laminar), static (rows, mapped) =>");
        writer.Line("    {");
        writer.Line("        for (int i = 0; i < rows.Length; i++)");
        writer.Line("        {");
        writer.Line($"            ref readonly {type} row = ref rows[i];");
        writer.Line($"            mapped[i] = {row};");
        writer.Line("        }");
        writer.Line($"    }}){end}");
    }

    /// <summary>The members of a feed's row, in the order of the sink's columns.</summary>
    private static (IEnumerable<string> Members, bool IsUpdating) Members(CompiledFeed feed, string row, CompiledScript script)
    {
        if (feed.Plan is { } plan)
        {
            return (plan.Columns.Select(c => OutputNames.Of(c.Name, row)), plan.IsUpdating);
        }

        Relation stream = script.Stream(feed.Stream!)!;
        return (stream.Columns.Select(c => c.ClrName), stream.IsUpdating);
    }

    /// <summary>The row type of a feed, and the class of its query; both in full where they aren't nested in the pipeline by names of their own.</summary>
    private static (string Row, string Query) Types(CompiledFeed feed, CompiledScript script)
    {
        if (feed.Stream is { } name && script.Stream(name) is { IsLate: true } late)
        {
            return (late.ClrType, late.QueryClrType!);
        }

        string row = SqlName.ToPascalCase(feed.Stream ?? feed.Name);
        return (row, row + "Query");
    }

    private static RowModel Row(BoundSink sink) => OutputRowEmitter.Model(
        sink.RowName, sink.Sink.Name, sink.Sink.Columns.Select(c => (c.Name, c.Type, c.Nullable)), sink.IsUpdating);
}
