using System.Globalization;
using System.Linq;
using Laminar.Sql.Binding;
using Laminar.Sql.Catalog;
using Laminar.Sql.Diagnostics;
using Laminar.Sql.Plan;
using Laminar.Sql.Syntax;

namespace Laminar.Sql.Scripts;

/// <summary>CREATE MATERIALIZED VIEW: how long its rows are kept, and whether changes can be applied to them.</summary>
internal sealed class ViewCompiler
{
    private const string RetainFor = "retain_for";
    private const string MaxRows = "max_rows";

    /// <summary>As of ViewOptions, which this assembly doesn't see.</summary>
    private const int MostRows = 1_000_000_000;

    private const string DefaultRows = "10,000,000";

    private readonly CreateStreamStatement _statement;
    private readonly OptionSyntax[] _options;
    private readonly DiagnosticBag _diagnostics;

    public ViewCompiler(CreateStreamStatement statement, DiagnosticBag diagnostics)
    {
        _statement = statement;
        _diagnostics = diagnostics;
        _options = statement.Materialized ? statement.Options.Where(Takes).ToArray() : new OptionSyntax[0];
    }

    /// <summary>The options before AS that are the query's.</summary>
    public SyntaxList<OptionSyntax> Rest => _options.Length == 0 ? _statement.Options : new SyntaxList<OptionSyntax>(_statement.Options.Except(_options).ToArray());

    /// <summary>Null of a stream; reports what can't be.</summary>
    public CompiledView? Of(QueryPlan plan)
    {
        if (!_statement.Materialized)
        {
            return null;
        }

        foreach (OptionSyntax second in _options.GroupBy(o => SqlName.Fold(o.Key)).SelectMany(same => same.Skip(1)))
        {
            _diagnostics.Report(SqlRules.InvalidQueryOption, second.Span, $"{second.Key}, once; it is said twice here");
        }

        if (ResultKey.IsUpsert(plan) && ResultKey.Of(plan) is not { IsUnique: true })
        {
            _diagnostics.Report(SqlRules.ViewWithoutKey, _statement.Name.Span, "what it groups by, and a bound of its window");
        }

        long retained = Retained(plan);
        int rows = Rows();
        if (!plan.IsUpdating && _options.Length == 0)
        {
            string advice = ResultKey.EventTime(plan) >= 0 ? $"say how long they are kept: WITH ({RetainFor} = '1h') before AS" : "keep what changes instead, such as ORDER BY ... LIMIT n or GROUP BY";
            _diagnostics.Report(SqlRules.UnboundedView, _statement.Name.Span, _statement.Name.Text, DefaultRows, $"{advice}, or how many there may be: WITH ({MaxRows} = 1000000)");
        }

        return new CompiledView(retained, rows);
    }

    private static bool Takes(OptionSyntax option) => SqlName.Same(option.Key, RetainFor) || SqlName.Same(option.Key, MaxRows);

    private long Retained(QueryPlan plan)
    {
        if (_options.FirstOrDefault(o => SqlName.Same(o.Key, RetainFor)) is not { } option)
        {
            return 0;
        }

        if (ResultKey.EventTime(plan) < 0)
        {
            _diagnostics.Report(SqlRules.InvalidQueryOption, option.Span, $"{RetainFor} is event time, and the rows of '{_statement.Name.Text}' have none; select the event time, or a window's");
        }
        else if (QueryOptions.Ticks(option.Value.Text) is { } ticks && ticks > 0)
        {
            return ticks;
        }
        else
        {
            _diagnostics.Report(SqlRules.InvalidQueryOption, option.Value.Span, $"{RetainFor} is a number above 0 and ms, s, m, h or d, such as '1h'");
        }

        return 0;
    }

    private int Rows()
    {
        if (_options.FirstOrDefault(o => SqlName.Same(o.Key, MaxRows)) is not { } option)
        {
            return 0;
        }

        if (int.TryParse(option.Value.Text, NumberStyles.None, CultureInfo.InvariantCulture, out int rows) && rows is > 0 and <= MostRows)
        {
            return rows;
        }

        _diagnostics.Report(SqlRules.InvalidQueryOption, option.Value.Span, $"{MaxRows} is a number from 1 to 1,000,000,000, such as 1000000");
        return 0;
    }
}
