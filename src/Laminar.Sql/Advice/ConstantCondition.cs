using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using Laminar.Sql.Binding;
using Laminar.Sql.Diagnostics;
using Laminar.Sql.Plan;
using Laminar.Sql.Text;
using Laminar.Sql.Types;

namespace Laminar.Sql.Advice;

/// <summary>
/// LAM2040: a condition that comes out the same for every row: a constant outside the column's type, a column compared with itself, a count or a field of a time compared with
/// what it never is, IS NULL of what can't be NULL, limits that exclude each other. Comparisons of constants alone are left in peace: <c>1 = 1</c> is written on purpose.
/// </summary>
internal static class ConstantCondition
{
    /// <param name="expression">What is looked at.</param>
    /// <param name="groups">The groups whose results its columns are; null over anything else.</param>
    /// <param name="text">For messages.</param>
    /// <param name="diagnostics">Where they go.</param>
    public static void Report(BoundExpression expression, WindowAggregateNode? groups, SourceText text, DiagnosticBag diagnostics)
    {
        switch (expression)
        {
            case BoundBinary { Operator: BinaryOperator.And } both when Contradiction(both, text, diagnostics):
                return;
            case BoundBinary { Operator: >= BinaryOperator.Equal and <= BinaryOperator.GreaterOrEqual } comparison:
                Comparison(comparison, groups, text, diagnostics);
                break;
            case BoundIsNull { Operand: BoundColumn { Nullable: false } column } test when text.Has(test.Span):
                Say(test.Span, test.Negated, $"{text.Of(column.Span)} is NOT NULL", "remove the test", diagnostics);
                break;
        }

        foreach (BoundExpression child in expression.Children)
        {
            Report(child, groups, text, diagnostics);
        }
    }

    private static void Comparison(BoundBinary comparison, WindowAggregateNode? groups, SourceText text, DiagnosticBag diagnostics)
    {
        if (comparison.Left is BoundColumn left && comparison.Right is BoundColumn right && left.Ordinal == right.Ordinal && left.Type == right.Type)
        {
            bool equal = comparison.Operator is BinaryOperator.Equal or BinaryOperator.LessOrEqual or BinaryOperator.GreaterOrEqual;
            Say(comparison.Span, equal, "both sides are the same column" + (left.Nullable && equal ? " (and NULL where it is NULL)" : string.Empty), "compare with something else", diagnostics);
            return;
        }

        if (Limit.OfAny(comparison) is { } any && ValueRange.Of(any.Subject, groups) is { } known && any.Limit.Outcome(known.Least, known.Most) is { } always)
        {
            string what = known.Most == decimal.MaxValue ? "is never negative" : $"lies between {Number(known.Least)} and {Number(known.Most)}";
            Say(comparison.Span, always, $"{text.Of(any.Subject.Span)} {what}{(any.Subject.Nullable && always ? " (and NULL where it is NULL)" : string.Empty)}", "compare with a value that it can have, or remove the test", diagnostics);
            return;
        }

        if (Limit.Of(comparison) is not { Value: decimal value } limit || !limit.Column.Type.IsInteger)
        {
            return;
        }

        if (value != decimal.Truncate(value) && limit.Operator is (BinaryOperator.Equal or BinaryOperator.NotEqual))
        {
            Say(comparison.Span, limit.Operator == BinaryOperator.NotEqual, $"{text.Of(limit.Column.Span)} is {limit.Column.Type}, and never {Number(value)}", "compare with a whole number", diagnostics);
            return;
        }

        decimal least = NumericTypes.Min(limit.Column.Type.Kind);
        decimal most = NumericTypes.Max(limit.Column.Type.Kind);
        if (limit.Outcome(least, most) is { } outcome)
        {
            string range = least == 0 && value <= 0 ? "is never negative" : $"lies between {Number(least)} and {Number(most)}";
            Say(comparison.Span, outcome, $"{text.Of(limit.Column.Span)} is {limit.Column.Type}, which {range}", "compare with a value of its range, or remove the test", diagnostics);
        }
    }

    /// <summary>Limits of one column, joined by AND, that no value satisfies.</summary>
    private static bool Contradiction(BoundBinary both, SourceText text, DiagnosticBag diagnostics)
    {
        IEnumerable<IGrouping<int, Limit>> columns = Conjuncts(both).OfType<BoundBinary>().Select(Limit.Of).OfType<Limit>().GroupBy(l => l.Column.Ordinal);
        foreach (Limit[] limits in columns.Select(g => g.ToArray()))
        {
            for (int i = 0; i < limits.Length; i++)
            {
                for (int j = i + 1; j < limits.Length; j++)
                {
                    if (!limits[i].Excludes(limits[j]))
                    {
                        continue;
                    }

                    TextSpan span = TextSpan.Cover(limits[i].Span, limits[j].Span);
                    bool between = limits[i].Span == limits[j].Span;
                    string why = between ? "the lower limit of BETWEEN is above the upper one" : $"no {text.Of(limits[i].Column.Span)} can satisfy both";
                    Say(span, false, why, between ? "write the lower one first" : "use OR, or correct a limit", diagnostics);
                    return true;
                }
            }
        }

        return false;
    }

    private static IEnumerable<BoundExpression> Conjuncts(BoundExpression expression) => expression is BoundBinary { Operator: BinaryOperator.And } both
        ? Conjuncts(both.Left).Concat(Conjuncts(both.Right))
        : new[] { expression };

    private static string Number(decimal value) => value.ToString(CultureInfo.InvariantCulture);

    private static void Say(TextSpan span, bool outcome, string why, string help, DiagnosticBag diagnostics) =>
        diagnostics.Report(SqlRules.ConstantCondition, span, outcome ? "TRUE" : "FALSE", why, help);
}
