using System.Collections.Generic;
using System.Linq;
using Laminar.Sql.Binding;
using Laminar.Sql.Diagnostics;
using Laminar.Sql.Plan;

namespace Laminar.Sql.Advice;

/// <summary>
/// LAM3009: the clock decides which rows pass or what is kept. Rows that are read again after a crash meet another time, so the result depends on when the
/// process ran. In a select list the clock is only shown, and nothing is said.
/// </summary>
internal static class ClockInState
{
    public static void Report(PlanNode node, SourceText text, DiagnosticBag diagnostics)
    {
        IEnumerable<(BoundExpression Expression, string What)> places = node switch
        {
            FilterNode filter => new[] { (filter.Predicate, "which rows pass") },
            WindowAggregateNode group => group.Keys.Select(k => (k, "the group of a row")).Concat(group.Aggregates.SelectMany(a => a.Expressions).Select(e => (e, "an aggregate"))),
            _ => Enumerable.Empty<(BoundExpression, string)>(),
        };
        foreach ((BoundExpression expression, string what) in places)
        {
            foreach (BoundClock clock in expression.DescendantsAndSelf().OfType<BoundClock>())
            {
                diagnostics.Report(SqlRules.ClockInState, clock.Span, text.Of(clock.Span, "CURRENT_TIMESTAMP"), what);
            }
        }
    }
}
