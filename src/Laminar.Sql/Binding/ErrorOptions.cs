using System.Linq;
using Laminar.Sql.Catalog;
using Laminar.Sql.Diagnostics;
using Laminar.Sql.Plan;
using Laminar.Sql.Syntax;

namespace Laminar.Sql.Binding;

/// <summary>What a query says in WITH (...) about its own errors.</summary>
internal sealed class ErrorOptions
{
    public const string OnError = "on_error";
    public const string Path = "dead_letter_path";

    private static readonly (string Text, ErrorAction Action)[] Actions = { ("fail", ErrorAction.Fail), ("skip", ErrorAction.Skip), ("dead_letter", ErrorAction.DeadLetter) };

    private readonly DiagnosticBag _diagnostics;

    public ErrorOptions(DiagnosticBag diagnostics) => _diagnostics = diagnostics;

    /// <summary>One of the options here, rather than of another reader of WITH.</summary>
    public static bool Takes(OptionSyntax option) => SqlName.Same(option.Key, OnError) || SqlName.Same(option.Key, Path);

    /// <summary>What the whole query says; null where it says nothing, or nothing that can be, which was reported.</summary>
    public OwnErrors? Of(QuerySyntax query, QueryPlan plan)
    {
        OptionSyntax[] options = query.Options.Where(Takes).ToArray();
        if (options.Length == 0)
        {
            return null;
        }

        OptionSyntax? action = options.FirstOrDefault(o => SqlName.Same(o.Key, OnError));
        OptionSyntax? path = options.FirstOrDefault(o => SqlName.Same(o.Key, Path));
        if (options.Length > (action is null ? 0 : 1) + (path is null ? 0 : 1))
        {
            return Wrong(options[options.Length - 1], $"{options[options.Length - 1].Key}, once; it is said twice here");
        }

        if (action is null)
        {
            return Wrong(path!, $"{Path} is where {OnError} = 'dead_letter' writes, which isn't said here");
        }

        (string text, ErrorAction means) = Actions.FirstOrDefault(a => SqlName.Same(a.Text, action.Value.Text));
        if (text is null)
        {
            _diagnostics.Report(SqlRules.InvalidQueryOption, action.Value.Span, $"{OnError} is 'fail', 'skip' or 'dead_letter'");
            return null;
        }

        if (means == ErrorAction.DeadLetter != path is not null)
        {
            return path is null
                ? Wrong(action, $"{OnError} = 'dead_letter' needs a file: {Path} = 'errors.jsonl'")
                : Wrong(path, $"{Path} is where {OnError} = 'dead_letter' writes, and it is '{text}' here");
        }

        return HasOwn(plan) ? new OwnErrors(means, path?.Value.Text)
            : Wrong(action, $"{OnError} of a query is of errors behind groups, or in rows of other queries; those in a source's rows follow the {OnError} of the source");
    }

    /// <summary>Whether anything is computed that isn't of one row of a source.</summary>
    private static bool HasOwn(QueryPlan plan) =>
        plan.Scan.Inner.Count > 0 || plan.Input.Kind != RelationKind.Source || plan.Root.DownToScan().OfType<WindowAggregateNode>().Any();

    private OwnErrors? Wrong(OptionSyntax option, string what)
    {
        _diagnostics.Report(SqlRules.InvalidQueryOption, option.Span, what);
        return null;
    }
}
