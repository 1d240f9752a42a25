using System;
using System.Collections.Generic;
using System.Linq;
using Laminar.Generators.Emit.Expressions;
using Laminar.Sql.Binding;
using Laminar.Sql.Catalog;
using Laminar.Sql.Plan;

namespace Laminar.Generators.Emit.Operators;

/// <summary>Joins with reference tables, inside a loop over rows one by one.</summary>
internal static class LookupEmitter
{
    /// <summary>The tables that an operator looks rows up in, and where it gets them from.</summary>
    public static void WriteTables(CodeWriter writer, OperatorContext context)
    {
        (LookupJoinNode Node, int Index)[] lookups = Lookups(context).ToArray();
        if (lookups.Length == 0)
        {
            return;
        }

        foreach ((LookupJoinNode node, int index) in lookups)
        {
            writer.Line($"/// <summary>The rows of {OperatorFrame.Comment(node.Table.Name)}.</summary>");
            writer.Line($"private Execution::KeyedTable<{node.Table.ClrType}, {TableCode.KeyType(node.Table)}> {Field(index)} = null!;");
            writer.Line();
        }

        using (writer.Open("public override void Open(Execution::ReferenceTables tables)"))
        {
            foreach ((LookupJoinNode node, int index) in lookups)
            {
                writer.Line($"{Field(index)} = tables.Of<{node.Table.ClrType}, {TableCode.KeyType(node.Table)}>();");
            }
        }

        writer.Line();
    }

    /// <summary>Looks a row's key up, and goes on with what is found.</summary>
    /// <param name="writer">Where to.</param>
    /// <param name="context">The query.</param>
    /// <param name="scope">The row's columns.</param>
    /// <param name="names">Names of locals.</param>
    /// <param name="index">The node's place below the query's output.</param>
    /// <param name="node">The join.</param>
    /// <param name="next">Writes the nodes above over the columns of both.</param>
    public static void WriteLookup(CodeWriter writer, OperatorContext context, RowScope scope, NameTable names, int index, LookupJoinNode node, Action<RowScope> next)
    {
        writer.Line($"// {OperatorFrame.Comment(PlanText.Lookup(node))}");
        EmittedValue[] keys = node.Keys.Select((k, i) => context.Evaluate(writer, scope, names, k, node.Table.Columns[node.Table.Key!.Columns[i]].Name + "_key")).ToArray();
        string row = names.Local(node.Table.Name + "_row");
        string[] known = keys.Where(k => k.Null is not null).Select(k => $"!{k.Null}").ToArray();
        string key = TableCode.Tuple(keys.Select(k => k.Code).ToArray());
        bool isInner = node.Type is JoinType.Inner or JoinType.Semi;
        string test = string.Join(" && ", known.Append($"{Field(index)}.TryGet({key}, out {(isInner ? node.Table.ClrType + " " : "")}{row}{(isInner ? "" : "!")})"));

        // What the condition reads of the row itself is computed before code that may be skipped.
        foreach (BoundColumn column in (node.Condition?.DescendantsAndSelf() ?? []).OfType<BoundColumn>().Where(c => c.Ordinal < node.Width))
        {
            scope.Column(column.Ordinal);
        }

        if (isInner)
        {
            using (writer.Open($"if ({test})"))
            {
                RowScope both = Both(writer, scope, names, node, row, null);
                if (node.Condition is null)
                {
                    next(both);
                    return;
                }

                using (writer.Open($"if ({context.EvaluateTruth(writer, both, names, node.Condition)})"))
                {
                    next(both);
                }
            }

            return;
        }

        string found = names.Local("found");
        writer.Line($"{node.Table.ClrType} {row} = default!;");
        writer.Line($"bool {found} = {test};");
        if (node.Condition is { } condition)
        {
            using (writer.Open($"if ({found})"))
            {
                writer.Line($"{found} = {context.EvaluateTruth(writer, Both(writer, scope, names, node, row, null), names, condition)};");
            }
        }

        if (node.Type == JoinType.Anti)
        {
            using (writer.Open($"if (!{found})"))
            {
                next(scope);
            }

            return;
        }

        next(Both(writer, scope, names, node, row, found));
    }

    private static IEnumerable<(LookupJoinNode Node, int Index)> Lookups(OperatorContext context) =>
        context.Shape.Before.Select((node, i) => (Node: node as LookupJoinNode, Index: i)).Where(n => n.Node is not null).Select(n => (n.Node!, n.Index));

    private static string Field(int index) => $"_table{index}";

    /// <summary>The columns of the stream's row, and those of the table's.</summary>
    /// <param name="found">Says whether there is one; null: there is.</param>
    private static RowScope Both(CodeWriter writer, RowScope scope, NameTable names, LookupJoinNode node, string row, string? found) => new(ordinal =>
    {
        if (ordinal < node.Width)
        {
            return scope.Column(ordinal);
        }

        RelationColumn column = node.Table.Columns[ordinal - node.Width];
        string member = $"{row}.{Identifiers.Escape(column.ClrName)}";
        string local = names.Local(column.Name);
        string value = names.Local(column.Name + "_value");
        if (found is null)
        {
            return ClrForm.WriteRead(writer, column.Type, column.Nullable, member, local, value);
        }

        string form = ClrForm.Of(column.Type, true);
        writer.Line(column.Nullable
            ? $"{form} {local} = {found} && {member} is {{ }} {value} ? {ClrForm.FromMember(column.Type, value)} : null;"
            : $"{form} {local} = {found} ? {ClrForm.FromMember(column.Type, member)} : null;");
        return ClrForm.IsReference(column.Type)
            ? new EmittedValue(local + "!", $"({local} is null)", column.Type)
            : new EmittedValue($"{local}.GetValueOrDefault()", $"(!{local}.HasValue)", column.Type);
    });
}
