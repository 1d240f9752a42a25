using System;
using System.Collections.Generic;
using System.Linq;
using Laminar.Generators.Model;
using Laminar.Generators.Signatures;
using Laminar.Sql;
using Laminar.Sql.Catalog;
using Laminar.Sql.Plan;
using Laminar.Sql.Text;

namespace Laminar.Generators.Pipelines;

/// <summary>A pipeline compiled, its connectors found and their options typed.</summary>
/// <param name="Script">The front end's result.</param>
/// <param name="Sources">Sources without a mistake in their connector.</param>
/// <param name="Sinks">Sinks without one.</param>
/// <param name="Problems">Mistakes in connector clauses.</param>
public sealed record PipelineCheck(
    CompiledScript Script, IReadOnlyList<BoundSource> Sources, IReadOnlyList<BoundSink> Sinks, IReadOnlyList<OptionProblem> Problems)
{
    /// <summary>Tables without a mistake in their connector, bound as sources are: a connector reads both.</summary>
    public IReadOnlyList<BoundSource> Tables { get; init; } = new BoundSource[0];

    /// <summary>True when code can be generated.</summary>
    public bool IsSound => Problems.All(p => p.Kind is OptionProblemKind.UnreadSource or OptionProblemKind.UnreadStream or OptionProblemKind.UnreadColumn or OptionProblemKind.AtLeastOnce) && !Script.Diagnostics.Any(d => d.IsError);

    /// <summary>Compiles the script of a pipeline.</summary>
    /// <param name="pipeline">The class and its text.</param>
    /// <param name="connectors">What references offer.</param>
    /// <param name="hostType">The runtime type, or empty.</param>
    /// <param name="functions">What expressions can call.</param>
    public static PipelineCheck Of(PipelineModel pipeline, IReadOnlyList<ConnectorModel> connectors, string hostType, FunctionSet functions)
    {
        // A pipeline runs by itself: everything it reads is declared in it.
        CompiledScript script = SqlCompiler.CompileScript(pipeline.Sql, new ProjectCatalog(Array.Empty<RelationModel>()) { Functions = functions.ToFunctions() }, pipeline.Type.FullName);
        var problems = new List<OptionProblem>();
        List<BoundSource> sources = script.Sources.Select(s => BindSource(s, OptionBinder.SourceLevel, connectors, problems)).OfType<BoundSource>().ToList();
        List<BoundSource> tables = script.Tables.Select(t => BindSource(AsSource(t), OptionBinder.TableLevel, connectors, problems)).OfType<BoundSource>().ToList();
        List<BoundSink> sinks = script.Sinks.Select(s => BindSink(s, script, connectors, problems)).OfType<BoundSink>().ToList();
        CheckNames(pipeline, script, problems);
        CheckRead(script, problems);
        OptionTexts.CheckVariables(pipeline.Sql, script.Sources.SelectMany(s => s.Options).Concat(script.Tables.SelectMany(t => t.Options)).Concat(script.Sinks.SelectMany(s => s.Options)), problems);
        OptionTexts.CheckTargets(sinks, problems);
        if (hostType.Length == 0)
        {
            problems.Add(new OptionProblem(OptionProblemKind.NoHost, new TextSpan(0, 0), "", new string[0]));
        }

        return new PipelineCheck(script, sources, sinks, problems) { Tables = tables };
    }

    private static CompiledSource AsSource(CompiledTable table) => new(table.Name, table.NameSpan, table.Relation, table.Connector, table.ConnectorSpan, table.Options);

    /// <summary>Every source, stream and feed becomes C# types nested in the class: their names must be free.</summary>
    private static void CheckNames(PipelineModel pipeline, CompiledScript script, List<OptionProblem> problems)
    {
        var taken = new HashSet<string>(StringComparer.Ordinal) { pipeline.Type.Name, "AddTo", "RunAsync" };
        void Take(string name, TextSpan span, bool isQuery)
        {
            string row = SqlName.ToPascalCase(name);
            if (!taken.Add(row) || (isQuery && !taken.Add(row + "Query")))
            {
                problems.Add(new OptionProblem(OptionProblemKind.TakenName, span, name, new string[0]));
            }
        }

        script.Sources.ToList().ForEach(s => Take(s.Name, s.NameSpan, isQuery: false));
        script.Tables.ToList().ForEach(t => Take(t.Name, t.NameSpan, isQuery: false));
        script.Streams.ToList().ForEach(s => Take(s.Name, s.NameSpan, isQuery: true));
        foreach (CompiledSink sink in script.Sinks)
        {
            sink.Feeds.Where(f => f.Plan is not null).ToList().ForEach(f => Take(f.Name, sink.NameSpan, isQuery: true));
            if (HasOwnRow(sink, script))
            {
                Take(sink.Name + "_row", sink.NameSpan, isQuery: false);
            }
        }
    }

    /// <summary>A source that nothing reads is read for nothing, and such a stream isn't run; with an error elsewhere, nobody knows what would read them.</summary>
    private static void CheckRead(CompiledScript script, List<OptionProblem> problems)
    {
        if (script.Diagnostics.Any(d => d.IsError))
        {
            return;
        }

        IEnumerable<Relation> read = script.Streams.Select(s => s.Plan).Concat(script.Sinks.SelectMany(s => s.Feeds).Select(f => f.Plan).OfType<QueryPlan>()).SelectMany(p => p.Reads.Concat(p.Tables));
        var names = new HashSet<string>(read.Select(r => SqlName.Fold(r.Name)));
        foreach (CompiledSource source in script.Sources.Concat(script.Tables.Select(AsSource)).Where(s => !names.Contains(SqlName.Fold(s.Name))))
        {
            problems.Add(new OptionProblem(OptionProblemKind.UnreadSource, source.NameSpan, source.Name, new string[0]));
        }

        foreach (CompiledStream stream in script.Streams.Where(s => s.View is null && names.Contains(SqlName.Fold(s.Name))))
        {
            CheckColumns(stream, script, problems);
        }

        names.UnionWith(script.Streams.Where(s => s.View is not null).Select(s => SqlName.Fold(s.Name)));
        names.UnionWith(script.Sinks.SelectMany(s => s.Feeds).Select(f => f.Stream).OfType<string>().Select(SqlName.Fold));
        foreach (CompiledStream stream in script.Streams)
        {
            bool lateIsRead = stream.Late is { } late && names.Contains(SqlName.Fold(late.Name));
            if (!lateIsRead && !names.Contains(SqlName.Fold(stream.Name)))
            {
                problems.Add(new OptionProblem(OptionProblemKind.UnreadStream, stream.NameSpan, stream.Name, new string[0]));
            }
            else if (!lateIsRead && stream.Late is { } unread)
            {
                var span = new TextSpan(stream.SqlSpan.Start + stream.Plan.LateSpan.Start, stream.Plan.LateSpan.Length);
                problems.Add(new OptionProblem(OptionProblemKind.UnreadStream, span, unread.Name, new string[0]));
            }
        }
    }

    /// <summary>Columns that no query over the stream uses; a sink that takes the stream as it is uses all.</summary>
    private static void CheckColumns(CompiledStream stream, CompiledScript script, List<OptionProblem> problems)
    {
        IEnumerable<CompiledFeed> feeds = script.Sinks.SelectMany(s => s.Feeds);
        if (feeds.Any(f => f.Stream is { } name && SqlName.Same(name, stream.Name)) || stream.Plan.Root is not ProjectNode project)
        {
            return;
        }

        IEnumerable<QueryPlan> readers = script.Streams.Select(s => s.Plan).Concat(feeds.Select(f => f.Plan).OfType<QueryPlan>()).Where(p => SqlName.Same(p.Input.Name, stream.Name));
        var used = new HashSet<int>(readers.SelectMany(UsedColumns.Of));
        for (int i = 0; i < project.Expressions.Count; i++)
        {
            // Columns of a star share its place: whoever writes one takes what comes.
            TextSpan span = project.Expressions[i].Span;
            if (!used.Contains(i) && project.Expressions.Count(e => e.Span == span) == 1)
            {
                problems.Add(new OptionProblem(OptionProblemKind.UnreadColumn, new TextSpan(stream.SqlSpan.Start + span.Start, span.Length), project.Columns[i].Name, new[] { stream.Name }));
            }
        }
    }

    private static BoundSource? BindSource(CompiledSource source, EquatableArray<ConnectorOption> level, IReadOnlyList<ConnectorModel> connectors, List<OptionProblem> problems)
    {
        if (source.Connector.Length == 0)
        {
            problems.Add(new OptionProblem(OptionProblemKind.NoConnector, source.NameSpan, source.Name, connectors.Select(c => c.Name).ToArray()));
            return null;
        }

        if (Find(connectors, source.Connector, source.ConnectorSpan, problems) is not { } connector)
        {
            return null;
        }

        if (connector.SourceType.Length == 0)
        {
            problems.Add(new OptionProblem(OptionProblemKind.CannotRead, source.ConnectorSpan, connector.Name, new string[0]));
            return null;
        }

        IEnumerable<ConnectorOption> all = connector.SourceOptions.Concat(level);
        ILookup<bool, CompiledOption> byLevel = source.Options.ToLookup(o => OptionBinder.Find(level, o.Key) is not null);
        EquatableArray<BoundOption> own = OptionBinder.Bind(byLevel[false], connector.SourceOptions, all, problems);
        EquatableArray<BoundOption> general = OptionBinder.Bind(byLevel[true], level, all, problems);
        CheckRequired(connector.SourceOptions, source.Options, source.ConnectorSpan, problems);
        if (general.Any(o => o.Expression.EndsWith(".ErrorPolicy.DeadLetter", StringComparison.Ordinal)) && !general.Any(o => o.Property == "DeadLetterPath"))
        {
            CompiledOption policy = source.Options.First(o => SqlName.Same(o.Key, "on_error"));
            problems.Add(new OptionProblem(OptionProblemKind.MissingKey, policy.ValueSpan, "dead_letter_path", new string[0]));
        }

        // Rows have a kind or haven't when code is generated: no variable can say it.
        if (source.Options.FirstOrDefault(o => SqlName.Same(o.Key, "changelog")) is { } changelog && (changelog.Value.Contains("${") || bool.TryParse(changelog.Value, out bool said) && said != source.Relation.IsUpdating))
        {
            problems.Add(new OptionProblem(OptionProblemKind.BadValue, changelog.ValueSpan, changelog.Value, source.Relation.IsUpdating ? new[] { "true" } : new[] { "true", "false" }));
        }

        return new BoundSource(source, connector, own, new EquatableArray<BoundOption>(general.Where(o => o.Property != OptionBinder.Changelog)));
    }

    private static BoundSink? BindSink(CompiledSink sink, CompiledScript script, IReadOnlyList<ConnectorModel> connectors, List<OptionProblem> problems)
    {
        if (Find(connectors, sink.Connector, sink.ConnectorSpan, problems) is not { } connector)
        {
            return null;
        }

        bool isUpdating = sink.Feeds.Any(f => IsUpdating(f, script));
        string type = isUpdating ? connector.ChangelogSinkType : connector.AppendSinkType;
        if (type.Length == 0)
        {
            problems.Add(new OptionProblem(isUpdating ? OptionProblemKind.CannotUpdate : OptionProblemKind.CannotAppend, sink.ConnectorSpan, connector.Name, new string[0]));
            return null;
        }

        EquatableArray<BoundOption> options = OptionBinder.Bind(sink.Options, connector.SinkOptions, connector.SinkOptions, problems);
        CheckRequired(connector.SinkOptions, sink.Options, sink.ConnectorSpan, problems);
        return new BoundSink(sink, connector, type, options) { IsUpdating = isUpdating, HasOwnRow = HasOwnRow(sink, script) };
    }

    private static bool HasOwnRow(CompiledSink sink, CompiledScript script) =>
        sink.Feeds.Count > 1 || (Stream(sink.Feeds[0], script) is { } stream && !Fits(stream.Columns, sink.Columns));

    private static bool Fits(IReadOnlyList<RelationColumn> given, IReadOnlyList<RelationColumn> wanted) =>
        given.Count == wanted.Count && !given.Where((c, i) => c.Name != wanted[i].Name || c.Nullable != wanted[i].Nullable).Any();

    private static Relation? Stream(CompiledFeed feed, CompiledScript script) => feed.Stream is { } name ? script.Stream(name) : null;

    private static bool IsUpdating(CompiledFeed feed, CompiledScript script) =>
        feed.Plan?.IsUpdating ?? Stream(feed, script)?.IsUpdating ?? false;

    private static ConnectorModel? Find(IReadOnlyList<ConnectorModel> connectors, string name, TextSpan span, List<OptionProblem> problems)
    {
        ConnectorModel? found = connectors.FirstOrDefault(c => string.Equals(c.Name, name, StringComparison.OrdinalIgnoreCase));
        if (found is null)
        {
            problems.Add(new OptionProblem(OptionProblemKind.UnknownConnector, span, name, connectors.Select(c => c.Name).ToArray()));
        }

        return found;
    }

    private static void CheckRequired(IEnumerable<ConnectorOption> known, IEnumerable<CompiledOption> given, TextSpan span, List<OptionProblem> problems)
    {
        foreach (ConnectorOption option in known.Where(o => o.IsRequired && !given.Any(g => OptionBinder.Find(new[] { o }, g.Key) is not null)))
        {
            problems.Add(new OptionProblem(OptionProblemKind.MissingKey, span, option.Key, new string[0]));
        }
    }
}
