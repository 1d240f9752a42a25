using System.Reflection;
using Laminar.Sql.Binding;
using Laminar.Sql.Plan;
using NUnit.Framework;

namespace Laminar.Sql.Tests.Binding;

/// <summary>What walkers rely on: a node's children are all the expressions that its members hold.</summary>
public sealed class ChildrenTests
{
    private static readonly string[] Expressions =
    [
        "n_i64 + 1 * i64", "NOT n_bo OR bo", "n_tx IS NULL", "-n_f64", "~n_i32", "CASE WHEN n_bo THEN i64 WHEN i64 > 2 THEN 3 END",
        "CASE n_i64 WHEN 1 THEN n_tx ELSE tx || 'x' END", "COALESCE(n_i64, n_i32, i64)", "CAST(n_i32 AS BIGINT) + i64", "TRY_CAST(n_tx AS INT)",
        "ROUND(de / 3, 2)", "ts + INTERVAL '1' DAY", "UPPER(TRIM(n_tx))", "NOW() > CURRENT_WATERMARK()", "JSON_ARRAY(i64, n_tx) ->> 1", "ARRAY[i64, 2][n_i32]", "MAP[tx, ROW(i64, n_tx)]['a'].f2",
    ];

    [TestCaseSource(nameof(Expressions))]
    public void Every_expression_in_a_member_is_a_child(string sql)
    {
        foreach (BoundExpression node in Bind(sql).DescendantsAndSelf())
        {
            BoundExpression[] held = [.. node.GetType().GetProperties(BindingFlags.Public | BindingFlags.Instance)
                .Where(p => p.Name != nameof(BoundExpression.Children)).SelectMany(p => Held(p.GetValue(node)))];
            Assert.That(node.Children.ToHashSet<object>(ReferenceEqualityComparer.Instance), Is.EquivalentTo(held), node.ToString());
        }
    }

    [TestCaseSource(nameof(Expressions))]
    public void Children_can_be_put_back(string sql)
    {
        foreach (BoundExpression node in Bind(sql).DescendantsAndSelf())
        {
            BoundExpression same = node.WithChildren(node.Children);
            Assert.That(ExpressionPrinter.Print(same), Is.EqualTo(ExpressionPrinter.Print(node)));
            Assert.That(same.Children, Is.EqualTo(node.Children));
            Assert.That((same.Type, same.Nullable, same.Span), Is.EqualTo((node.Type, node.Nullable, node.Span)));
        }
    }

    [Test]
    public void All_kinds_of_nodes_are_looked_at()
    {
        IEnumerable<string> kinds = typeof(BoundExpression).Assembly.GetExportedTypes().Where(t => t.IsSubclassOf(typeof(BoundExpression)) && !t.IsAbstract).Select(t => t.Name);
        Assert.That(Expressions.SelectMany(e => Bind(e).DescendantsAndSelf()).Select(n => n.GetType().Name).Distinct(), Is.EquivalentTo(kinds));
    }

    private static BoundExpression Bind(string sql) => ((ProjectNode)Check.Plan($"SELECT {sql} AS x FROM types").Root).Expressions.Single();

    private static IEnumerable<BoundExpression> Held(object? value) => value switch
    {
        BoundExpression expression => [expression],
        IEnumerable<BoundExpression> list => list,
        IEnumerable<BoundWhen> whens => whens.SelectMany(w => new[] { w.Condition, w.Result }),
        _ => [],
    };
}
