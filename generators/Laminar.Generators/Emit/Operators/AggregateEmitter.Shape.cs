using System.Collections.Generic;
using System.Linq;
using Laminar.Generators.Emit.Expressions;
using Laminar.Generators.Emit.Operators.Aggregates;

namespace Laminar.Generators.Emit.Operators;

/// <summary>An aggregation whose results come when windows close, as a struct of methods that an operator of the library is specialised for.</summary>
internal sealed partial class AggregateEmitter
{
    private void WriteShape()
    {
        _writer.Line("/// <summary>Rows into their groups, and the results that are made of them.</summary>");
        using (_writer.Open($"internal struct Shape : {Execution}IGroupLoop<{_context.InputRow}, Group>, {Execution}IGroupResults<Group, Pane, {_context.Row.TypeName}>"))
        {
            WriteShapeStores();
            OperatorFrame.WriteTraits(_writer, _context);
            OperatorFrame.WriteRuns(_writer, _context, OpType);
            WriteLoop();
            WriteShapeResults();
        }

        _writer.Line();
    }

    /// <summary>The first phase of two, where it lays its entries out in its own way.</summary>
    private void WriteLocalShape()
    {
        _writer.Line("/// <summary>Rows of one partition into their groups.</summary>");
        using (_writer.Open($"internal struct LocalShape : {Execution}IGroupLoop<{_context.InputRow}, LocalGroup>"))
        {
            OperatorFrame.WriteTraits(_writer, _context);
            OperatorFrame.WriteRuns(_writer, _context, OpType);
            WriteLoop();
        }

        _writer.Line();
    }

    /// <summary>What of the groups lies outside their block.</summary>
    private void WriteShapeStores()
    {
        BesideStore[] stores = Beside.SelectMany(s => s.Stores).ToArray();
        if (stores.Length == 0)
        {
            return;
        }

        foreach (BesideStore store in stores)
        {
            _writer.Line($"private {store.Type} {store.Name};");
        }

        _writer.Line();
        _writer.Line("public static bool HasStores => true;");
        _writer.Line();
        using (_writer.Open($"public void Open({Execution}GroupStores stores)"))
        {
            foreach (BesideStore store in stores)
            {
                _writer.Line(store.IsRoom ? $"{store.Name} = new();" : $"{store.Name} = stores.Add(new {store.Type}());");
            }
        }

        _writer.Line();
        using (_writer.Open("public void Free(ref Pane pane)"))
        {
            foreach (BesideState state in Beside)
            {
                state.WriteFree(_writer, "pane");
            }
        }

        _writer.Line();
        foreach (BesideState state in Beside)
        {
            state.WriteMembers(_writer);
        }
    }

    private void WriteShapeResults()
    {
        if (EmitsEmpty)
        {
            _writer.Line("public static bool EmitsEmpty => true;");
            _writer.Line();
        }

        _writer.Line($"public static ref Pane PaneOf(ref {Group} group, int index) => ref {Pane("group", "index")};");
        _writer.Line();
        _writer.Line($"public static long RowsOf(in Pane pane) => pane.{AggregatePlan.Rows};");
        _writer.Line();
        _writer.Line($"public static string Describe({Block} block, int slot) => $\"{DescribeKeys()}\";");
        _writer.Line();
        if (_geometry.HasBlocks)
        {
            WriteBlockPanes();
        }

        if (_geometry.HasBlocks || _geometry.HasTotals || _geometry.IsSliding)
        {
            WriteShapeMerge();
        }

        if (_geometry.HasTotals)
        {
            WriteFold();
        }

        _writer.Line(Inline);
        using (_writer.Open($"public bool TryMake({Execution}EvaluationContext op, {Block} block, int slot, ref {Group} group, ref Pane pane, long windowStart, long windowEnd, out {_context.Row.TypeName} row)"))
        {
            IReadOnlyList<EmittedValue> values = WriteAfter(OperatorContext.Locals(), "row = default;\nreturn false;");
            _writer.Line($"row = {_context.Construct(values)};");
            _writer.Line("return true;");
        }
    }

    /// <summary>Entries of several panes, in blocks whose neighbours know each other.</summary>
    private void WriteBlockPanes()
    {
        _writer.Line($"public static int PaneCount => {_geometry.BlockPanes};");
        _writer.Line();
        _writer.Line($"public static int NextOf(in {Group} group) => group.Link.Next;");
        _writer.Line();
        _writer.Line($"public static bool HasPrevious(in {Group} group) => group.Link.HasPrevious;");
        _writer.Line();
        var initial = new CodeWriter();
        foreach (AggregateState state in _states.States)
        {
            state.WriteInitial(initial, "pane");
        }

        if (initial.ToString().TrimEnd('\n') is { Length: > 0 } lines)
        {
            using (_writer.Open("public static void Begin(ref Pane pane)"))
            {
                _writer.Line(lines);
            }

            _writer.Line();
        }
    }

    private void WriteShapeMerge()
    {
        _writer.Line(Inline);
        string header = $"public void Merge({Execution}EvaluationContext op, ref Pane pane, in Pane other)";
        if (_states.CanTravel)
        {
            _writer.Line($"{header} => Pane.Merge(ref pane, in other);");
        }
        else
        {
            using (_writer.Open(header))
            using (_writer.Open("unchecked"))
            {
                _states.WriteMerge(_writer, "pane", "other");
            }
        }

        _writer.Line();
    }
}
