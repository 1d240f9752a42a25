using Laminar.Interpreter.Database.Catalog;
using Laminar.Interpreter.Database.Connectors;
using Laminar.Sql;
using Laminar.Sql.Catalog;
using Laminar.Sql.Diagnostics;
using Laminar.Sql.Syntax;
using Laminar.Sql.Text;

namespace Laminar.Interpreter.Database.Statements;

/// <summary>
/// A script as steps, against the catalog as it is. Neighbouring CREATE and INSERT INTO are compiled together, as in a pipeline, so that they may stand in any order.
/// </summary>
/// <param name="sql">Its text.</param>
/// <param name="catalog">What there is before it.</param>
/// <param name="isGone">Whether a relation has had changes that a new reader can't get any more.</param>
/// <param name="connectors">What WITH can name.</param>
/// <param name="diagnostics">Takes what is wrong.</param>
internal sealed class ScriptPlanner(string sql, DatabaseCatalog catalog, Func<string, bool> isGone, ConnectorCatalog connectors, DiagnosticBag diagnostics)
{
    /// <summary>The C# class that row types would be nested in; nothing is generated, but relations need types that differ.</summary>
    private const string Holder = "global::Laminar.Database";

    private readonly List<StatementSyntax> _pending = [];
    private readonly List<Step> _steps = [];
    private DatabaseCatalog _catalog = catalog;

    /// <summary>Up to the first statement that is wrong.</summary>
    public IReadOnlyList<Step> Plan(IReadOnlyList<StatementSyntax> statements)
    {
        foreach (StatementSyntax statement in statements)
        {
            One(statement);
            if (diagnostics.HasErrors)
            {
                return _steps;
            }
        }

        Flush();
        return _steps;
    }

    private void One(StatementSyntax statement)
    {
        switch (statement)
        {
            case CreateSourceStatement or CreateStreamStatement or CreateSinkStatement:
                Create(statement, Made(statement));
                break;
            case InsertStatement insert when insert.Target.Parts.Count > 0 && !IsPending(insert.Target.Last.Text) && _catalog.Object(insert.Target.Last.Text) is SinkObject sink:
                Flush();
                Feed(insert, sink);
                break;
            case CreateTableStatement table:
                Flush();
                Table(table);
                break;
            case InsertStatement insert when insert.Target.Parts.Count > 0 && !IsPending(insert.Target.Last.Text) && _catalog.Object(insert.Target.Last.Text) is StreamObject { Table: not null } into:
                Flush();
                if (!diagnostics.HasErrors && TableInsert.Compile(insert, into, sql, _catalog, diagnostics) is { } rows)
                {
                    _steps.Add(new InsertStep(into, rows, _catalog));
                }

                break;
            case InsertStatement or CreateFunctionStatement:
                _pending.Add(statement);
                break;
            case DropStatement drop:
                Flush();
                Drop(drop);
                break;
            case MissingStatement:
                break;
            default:
                Flush();
                _steps.Add(new AnswerStep(statement, _catalog));
                break;
        }
    }

    private static (Identifier Name, bool OrReplace, bool IfNotExists) Made(StatementSyntax statement) => statement switch
    {
        CreateRelationStatement s => (s.Name, s.OrReplace, s.IfNotExists),
        CreateStreamStatement s => (s.Name, s.OrReplace, s.IfNotExists),
        CreateSinkStatement s => (s.Name, s.OrReplace, s.IfNotExists),
        _ => throw new InvalidOperationException(),
    };

    private bool IsPending(string name) => _pending.Any(p => p is CreateRelationStatement or CreateStreamStatement or CreateSinkStatement && SqlName.Same(Made(p).Name.Text, name));

    private void Create(StatementSyntax statement, (Identifier Name, bool OrReplace, bool IfNotExists) made)
    {
        if (made.OrReplace)
        {
            Flush();
        }

        if (diagnostics.HasErrors)
        {
            return;
        }

        DatabaseObject? there = IsPending(made.Name.Text) ? null : _catalog.Object(made.Name.Text);
        if (there is null)
        {
            _pending.Add(statement);
        }
        else if (made.OrReplace)
        {
            Remove(there, made.Name.Span, cascade: false);
            _pending.Add(statement);
            Flush();
        }
        else if (made.IfNotExists)
        {
            Flush();
        }
        else
        {
            diagnostics.Report(SqlRules.DuplicateName, made.Name.Span, made.Name.Text, "a " + there.What);
        }
    }

    private void Table(CreateTableStatement statement)
    {
        if (diagnostics.HasErrors)
        {
            return;
        }

        if (_catalog.Object(statement.Name.Text) is { } there)
        {
            if (statement.OrReplace)
            {
                Remove(there, statement.Name.Span, cascade: false);
            }
            else if (statement.IfNotExists)
            {
                return;
            }
            else
            {
                diagnostics.Report(SqlRules.DuplicateName, statement.Name.Span, statement.Name.Text, "a " + there.What);
            }
        }

        if (!diagnostics.HasErrors && TableScript.Compile(statement, sql, _catalog, Holder, diagnostics) is { } made)
        {
            _catalog = _catalog.With(made);
            _steps.Add(new CreateStep(made, _catalog));
        }
    }

    private void Drop(DropStatement drop)
    {
        if (diagnostics.HasErrors || drop.Name.Parts.Count == 0)
        {
            return;
        }

        string name = drop.Name.Last.Text;
        string wanted = drop.What.Length == 0 ? "source, stream, view, table or sink" : drop.What.ToLowerInvariant();
        if (_catalog.Object(name) is not { } found)
        {
            if (!drop.IfExists)
            {
                diagnostics.Add(Unknown(_catalog, wanted, name, drop.Name.Span));
            }

            return;
        }

        bool fits = drop.What is "" or "VIEW" && found is StreamObject or SourceObject or SinkObject && (drop.What.Length == 0 || found.What == "materialized view") || drop.What.Equals(found.What, StringComparison.OrdinalIgnoreCase);
        if (!fits)
        {
            diagnostics.Report(DatabaseRules.OtherKind, drop.Name.Span, name, found.What, wanted);
            return;
        }

        Remove(found, drop.Name.Span, drop.Cascade);
    }

    private void Remove(DatabaseObject found, TextSpan span, bool cascade)
    {
        IReadOnlyList<DatabaseObject> readers = _catalog.DependantsOf(found);
        if (readers.Count > 0 && !cascade)
        {
            diagnostics.Report(DatabaseRules.HasReaders, span, found.Name, string.Join(", ", readers.Reverse().Select(r => $"{r.What} {r.Name}")));
            return;
        }

        DatabaseObject[] gone = [.. readers, found, .. readers.Append(found).OfType<StreamObject>().Where(s => s.Table is not null).Select(s => _catalog.Object(s.Table!.Source)!)];
        _catalog = _catalog.Without(gone);
        _steps.Add(new DropStep(gone, _catalog));
    }

    /// <summary>Compiles what has gathered.</summary>
    private void Flush()
    {
        if (_pending.Count == 0 || diagnostics.HasErrors)
        {
            return;
        }

        // What lies between two statements that were skipped isn't compiled again: each stands at its own place in a text of blanks.
        char[] text = [.. sql.Select(c => c is '\n' or '\r' ? c : ' ')];
        foreach (StatementSyntax statement in _pending)
        {
            sql.CopyTo(statement.Span.Start, text, statement.Span.Start, statement.Span.Length);
            if (statement.Span.End < text.Length)
            {
                text[statement.Span.End] = ';';
            }
        }

        CompiledScript script = SqlCompiler.CompileAddition(new string(text), _catalog, Holder);
        foreach (SqlDiagnostic found in script.Diagnostics)
        {
            diagnostics.Add(found);
        }

        if (!diagnostics.HasErrors)
        {
            DatabaseObject[] made =
            [
                .. script.Sources.Select(s => new SourceObject(s, Text(s.NameSpan)) { Connector = connectors.Source(s, diagnostics) }),
                .. script.Streams.Select(s => new StreamObject(s, Text(s.NameSpan))),
                .. script.Sinks.Select(s => Sink(s, script, SinkText(s))),
            ];
            foreach (DatabaseObject one in made)
            {
                CheckReads(one.Reads, one.NameSpan);
            }

            _catalog = _catalog.With(made);
            _steps.Add(new CreateStep(made, _catalog));
        }

        _pending.Clear();
    }

    private void Feed(InsertStatement insert, SinkObject sink)
    {
        if (diagnostics.HasErrors)
        {
            return;
        }

        string before = sink.Text + ";\n";
        string text = before + Text(insert);
        CompiledScript script = SqlCompiler.CompileAddition(text, _catalog, Holder);
        int shift = insert.Span.Start - before.Length;
        foreach (SqlDiagnostic found in script.Diagnostics.Where(d => d.Span.Start >= before.Length))
        {
            diagnostics.Add(found.Moved(shift, new TextSpan(found.Span.Start + shift, found.Span.Length)));
        }

        if (diagnostics.HasErrors)
        {
            return;
        }

        CompiledSink compiled = script.Sinks[0];
        if (sink.Compiled.Feeds.Count > 0 && !sink.Compiled.Columns.Select(c => (c.Name, c.Type, c.Nullable)).SequenceEqual(compiled.Columns.Select(c => (c.Name, c.Type, c.Nullable))))
        {
            diagnostics.Report(DatabaseRules.SinkColumns, insert.Target.Span, sink.Name, string.Join(", ", sink.Compiled.Columns.Select(c => $"{c.Name} {c.Type}{(c.Nullable ? string.Empty : " NOT NULL")}")));
            return;
        }

        CheckReads(new SinkObject(compiled with { Feeds = [.. compiled.Feeds.Skip(sink.Compiled.Feeds.Count)] }, text).Reads, insert.Target.Span);
        SinkObject fed = Sink(compiled, script, text);
        if (sink.Compiled.Feeds.Count > 0 && fed.IsUpdating != sink.IsUpdating)
        {
            diagnostics.Report(DatabaseRules.SinkColumns, insert.Target.Span, sink.Name, sink.IsUpdating ? "changes, with their kind" : "rows that don't change, without a kind");
            return;
        }

        _catalog = _catalog.Replaced(fed);
        _steps.Add(new FeedStep(fed, [.. compiled.Feeds.Skip(sink.Compiled.Feeds.Count)], _catalog));
    }

    private void CheckReads(IEnumerable<string> reads, TextSpan span)
    {
        foreach (string name in reads.Where(isGone))
        {
            diagnostics.Report(DatabaseRules.ChangesAreGone, span, name);
        }
    }

    private SinkObject Sink(CompiledSink sink, CompiledScript script, string text)
    {
        bool isUpdating = sink.Feeds.Any(f => f.Plan?.IsUpdating ?? (script.Stream(f.Stream!) ?? _catalog.Find(f.Stream!))?.IsUpdating == true);
        return new SinkObject(sink, text) { IsUpdating = isUpdating, Connector = connectors.Sink(sink, isUpdating, diagnostics) };
    }

    /// <summary>The statement that a place lies in.</summary>
    private string Text(TextSpan at) => Text(_pending.First(p => p.Span.Start <= at.Start && at.End <= p.Span.End));

    private string Text(StatementSyntax statement) => sql.Substring(statement.Span.Start, statement.Span.Length);

    private string SinkText(CompiledSink sink) => string.Join(
        ";\n", _pending.OfType<InsertStatement>().Where(i => SqlName.Same(i.Target.Last.Text, sink.Name)).Select(Text).Prepend(Text(sink.NameSpan)));

    /// <summary>A name that nothing has, with the nearest one that something has.</summary>
    public static SqlDiagnostic Unknown(DatabaseCatalog catalog, string wanted, string name, TextSpan span)
    {
        string? nearest = NearestName.Of(name, catalog.Objects.Where(o => o is not SourceObject { IsOfTable: true }).Select(o => o.Name));
        return new SqlDiagnostic(DatabaseRules.UnknownObject, span, wanted, name, nearest is null ? string.Empty : $"; did you mean '{nearest}'?") { Suggestion = nearest };
    }
}
