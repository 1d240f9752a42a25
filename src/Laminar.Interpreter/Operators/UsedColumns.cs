using Laminar.Sql.Binding;
using Laminar.Sql.Plan;

namespace Laminar.Interpreter.Operators;

/// <summary>Which columns of the scanned relation a plan reads.</summary>
internal static class UsedColumns
{
    public static HashSet<int> Of(QueryPlan plan)
    {
        var all = new HashSet<int>(Enumerable.Range(0, plan.Columns.Count));
        return Of(plan.Root, all);
    }

    /// <summary>The columns of an expression's input.</summary>
    public static void Add(BoundExpression? expression, HashSet<int> used)
    {
        switch (expression)
        {
            case null or BoundLiteral:
                break;
            case BoundColumn column:
                used.Add(column.Ordinal);
                break;
            case BoundUnary unary:
                Add(unary.Operand, used);
                break;
            case BoundBinary binary:
                Add(binary.Left, used);
                Add(binary.Right, used);
                break;
            case BoundIsNull isNull:
                Add(isNull.Operand, used);
                break;
            case BoundCast cast:
                Add(cast.Operand, used);
                break;
            case BoundCase choice:
                foreach (BoundWhen when in choice.Whens)
                {
                    Add(when.Condition, used);
                    Add(when.Result, used);
                }

                Add(choice.Else, used);
                break;
            case BoundCoalesce coalesce:
                AddAll(coalesce.Arguments, used);
                break;
            case BoundCall call:
                AddAll(call.Arguments, used);
                break;
            default:
                throw new LaminarException($"The interpreter doesn't know the expression {expression.GetType().Name}.");
        }
    }

    private static void AddAll(IEnumerable<BoundExpression?> expressions, HashSet<int> used)
    {
        foreach (BoundExpression? expression in expressions)
        {
            Add(expression, used);
        }
    }

    private static HashSet<int> Of(PlanNode node, HashSet<int> output)
    {
        switch (node)
        {
            case ScanNode:
                return output;
            case FilterNode filter:
                Add(filter.Predicate, output);
                return Of(filter.Input, output);
            case ProjectNode project:
            {
                var used = new HashSet<int>();
                AddAll(project.Expressions, used);
                return Of(project.Input, used);
            }

            case WindowAssignNode assign:
            {
                int inputs = assign.Input.Columns.Count;
                var used = new HashSet<int>(output.Where(i => i < inputs));
                Add(assign.Window.Time, used);
                return Of(assign.Input, used);
            }

            case WindowAggregateNode aggregate:
            {
                var used = new HashSet<int>();
                AddAll(aggregate.Keys, used);
                Add(aggregate.Window.Time, used);
                AddAll(aggregate.Aggregates.SelectMany(a => new[] { a.Argument, a.Filter }), used);
                return Of(aggregate.Input, used);
            }

            default:
                throw new LaminarException($"The interpreter doesn't know the plan node {node.GetType().Name}.");
        }
    }
}
