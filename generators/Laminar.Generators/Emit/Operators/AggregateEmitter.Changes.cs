using System.Collections.Generic;
using System.Linq;
using Laminar.Generators.Emit.Expressions;
using Laminar.Sql.Binding;
using Laminar.Sql.Plan;

namespace Laminar.Generators.Emit.Operators;

/// <summary>Results that change: EMIT CHANGES, ON UPDATE and EVERY, and late rows that correct a window.</summary>
internal sealed partial class AggregateEmitter
{
    private const string ResultArguments = "block, slot, ref pane, windowStart, windowEnd, out result";

    private string ResultParameters => $"{Block} block, int slot, ref Pane pane, long windowStart, long windowEnd, out Result result";

    /// <summary>What makes and hands on results that change.</summary>
    private void WriteChanges()
    {
        _writer.Line("/// <summary>The result row of a group as it is now; false when HAVING hides it.</summary>");
        WriteTryResult();
        if (!_geometry.HasMarks && !IsNewOnly)
        {
            WriteBefore();
        }

        WriteAfterMethod();
        if (_geometry.HasMarks)
        {
            WriteEmitChanged();
        }
        else
        {
            WriteEmitChange();
        }

        if ((_node.IsGlobal && !_geometry.IsIdle) || _node.EmptySets.Count > 0)
        {
            using (_writer.Open($"protected override void EmitNone({Block} block)"))
            {
                CodeWriter.Block? all = _node.IsGlobal ? null : _writer.Open("for (int slot = 0; slot < block.Count; slot++)");
                string slot = _node.IsGlobal ? "0" : "slot";
                _writer.Line(_geometry.HasMarks
                    ? $"EmitChanged(block, {slot}, 0, long.MaxValue);"
                    : $"EmitChange(false, default, After(block, {slot}, ref block[{slot}].Pane, 0, long.MaxValue, out Result result), in result);");
                all?.Dispose();
            }

            _writer.Line();
        }
    }

    private void WriteTryResult()
    {
        using (_writer.Open($"private bool TryResult({ResultParameters})"))
        {
            _writer.Line($"ref {Group} group = ref block[slot];");
            _writer.Line("result = default;");
            IReadOnlyList<EmittedValue> values = WriteAfter(OperatorContext.Locals(), "return false;");
            for (int i = 0; i < values.Count; i++)
            {
                WriteResultColumn(i, values[i]);
            }

            _writer.Line("return true;");
        }

        _writer.Line();
    }

    private void WriteResultColumn(int i, EmittedValue value)
    {
        PlanColumn column = Shape.Plan.Columns[i];
        _writer.Line($"result.Column{i} = {value.AsNullable};");
        if (column.Type.IsTimestamp)
        {
            // Fails here, where it is caught per window, and not when the row is made of it.
            _writer.Line($"_ = Execution::RowTime.FromTicks({(column.Nullable ? $"result.Column{i}.GetValueOrDefault()" : $"result.Column{i}")});");
        }
    }

    /// <summary>A row that leaves the result is told by its keys; of the rest what can be computed.</summary>
    private void WriteHidden()
    {
        _writer.Line("/// <summary>A result row that HAVING hides, or that can't be computed: its keys, and of the rest what can be told.</summary>");
        using (_writer.Open($"private void Hidden({Block} block, int slot, ref Pane pane, long windowStart, long windowEnd, ref Result result)"))
        {
            _writer.Line($"ref {Group} group = ref block[slot];");
            RowScope scope = WriteAfterScope(OperatorContext.Locals(), null);
            int[] keys = Enumerable.Range(0, Shape.Plan.Columns.Count).Where(IsOfKeys).ToArray();
            int[] others = Enumerable.Range(0, Shape.Plan.Columns.Count).Except(keys).ToArray();
            foreach (int i in keys)
            {
                WriteResultColumn(i, scope.Column(i));
            }

            if (others.Length > 0)
            {
                using (_writer.Open("try"))
                {
                    foreach (int i in others)
                    {
                        WriteResultColumn(i, scope.Column(i));
                    }
                }

                using (_writer.Open("catch (global::System.Exception error) when (IsRowError(error))"))
                {
                    _writer.Line("// Reported when the result was asked for.");
                }
            }
        }

        _writer.Line();
    }

    private bool IsOfKeys(int column) => Shape.After.OfType<ProjectNode>().LastOrDefault() is { } project
        && !Failure.Possible(project.Expressions[column])
        && !Failure.AtOutput(project.Expressions[column])
        && project.Expressions[column].DescendantsAndSelf().OfType<BoundColumn>().All(c => c.Ordinal < _keys.Keys.Count);

    private void WriteBefore()
    {
        _writer.Line("/// <summary>The result row before an update. One that can't be computed was reported when it came to be, and isn't in the result.</summary>");
        using (_writer.Open($"private bool Before({ResultParameters})"))
        {
            WriteGuarded();
        }

        _writer.Line();
    }

    private void WriteGuarded(params string[] onError)
    {
        using (_writer.Open("try"))
        {
            _writer.Line($"return TryResult({ResultArguments});");
        }

        using (_writer.Open("catch (global::System.Exception error) when (IsRowError(error))"))
        {
            _writer.Line("result = default;");
            foreach (string line in onError)
            {
                _writer.Line(line);
            }

            _writer.Line("return false;");
        }
    }

    private void WriteAfterMethod()
    {
        _writer.Line("/// <summary>The result row after an update. One that can't be computed leaves the result, by the policy for failures.</summary>");
        using (_writer.Open($"private bool After({ResultParameters})"))
        {
            WriteGuarded("Position = -1;", $"Skip({Describe()}, error);");
        }

        _writer.Line();
    }

    /// <summary>EMIT ON UPDATE and EMIT EVERY: the latest result of a group, without what it was before.</summary>
    private void WriteEmitChanged()
    {
        WriteHidden();
        using (_writer.Open($"protected override void EmitChanged({Block} block, int slot, long windowStart, long windowEnd)"))
        {
            _writer.Line($"ref {Group} group = ref block[slot];");
            _writer.Line("ref Pane pane = ref group.Pane;");
            if (_geometry.IsSession)
            {
                WriteEmitSession();
            }
            else
            {
                WriteEmitWindow();
            }
        }

        _writer.Line();
    }

    private void WriteEmitWindow()
    {
        _writer.Line("bool was = group.IsShown;");
        _writer.Line($"bool now = After({ResultArguments.Replace("out result", "out Result result")});");
        _writer.Line("group.IsChanged = false;");
        _writer.Line("group.IsShown = now;");
        using (_writer.Open("if (now)"))
        {
            _writer.Line($"{_context.Row.TypeName} row = {Row("result", "was", "UpdateAfter", "Insert")};");
            WriteEmit("row");
        }

        using (_writer.Open("else if (was)"))
        {
            WriteGone("windowStart", "windowEnd");
        }
    }

    /// <summary>Takes a row of the result back.</summary>
    private void WriteGone(string windowStart, string windowEnd)
    {
        _writer.Line($"Hidden(block, slot, ref pane, {windowStart}, {windowEnd}, ref result);");
        _writer.Line($"{_context.Row.TypeName} gone = {Row("result", "Delete")};");
        WriteEmit("gone");
    }

    /// <summary>EMIT CHANGES, and corrections by late rows: each change with what was before it.</summary>
    private void WriteEmitChange()
    {
        _writer.Line("/// <summary>What one input row changes of one result row.</summary>");
        using (_writer.Open("private void EmitChange(bool was, in Result old, bool now, in Result result)"))
        {
            if (!IsNewOnly)
            {
                using (_writer.Open("if (was && now && Result.Same(in old, in result))"))
                {
                    _writer.Line("return;");
                }

                using (_writer.Open("if (was)"))
                {
                    _writer.Line($"{_context.Row.TypeName} gone = {Row("old", "now", "UpdateBefore", "Delete")};");
                    WriteEmit("gone");
                }
            }

            using (_writer.Open("if (now)"))
            {
                _writer.Line($"{_context.Row.TypeName} row = {(IsNewOnly ? Row("result", "Insert") : Row("result", "was", "UpdateAfter", "Insert"))};");
                WriteEmit("row");
            }
        }

        _writer.Line();
    }

    private void WriteEmit(string row)
    {
        _writer.Line("Position = -1;");
        _writer.Line("RowsOut++;");
        _writer.Line($"Output.Emit(in {row}, OutWatermark);");
    }

    /// <summary>The C# that makes an output row of a <c>Result</c>; of one kind or another by a condition.</summary>
    private string Row(string variable, string condition, string kind, string otherwise) => RowOf(variable, $"{condition} ? Laminar::RowKind.{kind} : Laminar::RowKind.{otherwise}");

    private string Row(string variable, string kind) => RowOf(variable, $"Laminar::RowKind.{kind}");

    private string RowOf(string variable, string kind) => _context.Construct(
        Shape.Plan.Columns.Select((c, i) => !c.Nullable
            ? new EmittedValue($"{variable}.Column{i}", null, c.Type)
            : ClrForm.IsReference(c.Type)
                ? new EmittedValue($"{variable}.Column{i}!", $"({variable}.Column{i} is null)", c.Type)
                : new EmittedValue($"{variable}.Column{i}.GetValueOrDefault()", $"(!{variable}.Column{i}.HasValue)", c.Type)).ToArray(),
        kind);

    /// <summary>The struct that EMIT CHANGES compares results by.</summary>
    public static void WriteResult(CodeWriter writer, OperatorContext context)
    {
        PlanColumn[] columns = context.Shape.Plan.Columns.ToArray();
        writer.Line("/// <summary>An output row before it has a kind.</summary>");
        using (writer.Open("internal struct Result"))
        {
            for (int i = 0; i < columns.Length; i++)
            {
                bool bare = !columns[i].Nullable && !ClrForm.IsReference(columns[i].Type);
                writer.Line($"public {(bare ? ClrForm.Of(columns[i].Type) : ClrForm.IsReference(columns[i].Type) && !columns[i].Nullable ? ClrForm.Of(columns[i].Type) : ClrForm.Of(columns[i].Type, true))} Column{i}; // {OperatorFrame.Comment(columns[i].Name)}");
            }

            writer.Line();
            string same = string.Join("\n    && ", columns.Select((c, i) => c.Type.Kind == Laminar.Sql.Types.SqlTypeKind.Bytes
                ? $"(a.Column{i} is null ? b.Column{i} is null : b.Column{i} is not null && Functions::SqlCompare.AreEqual(a.Column{i}, b.Column{i}))"
                : c.Type.IsNested ? $"Functions::NestedValues.AreEqual(a.Column{i}, b.Column{i})"
                : ClrForm.IsReference(c.Type) ? $"string.Equals(a.Column{i}, b.Column{i})"
                : c.Nullable ? $"global::System.Nullable.Equals(a.Column{i}, b.Column{i})"
                : $"a.Column{i}.Equals(b.Column{i})"));
            writer.Line($"public static bool Same(in Result a, in Result b) => {same};");
        }

        writer.Line();
    }
}
