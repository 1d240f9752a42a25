using System.Collections.Generic;
using System.Linq;
using Laminar.Generators.Emit.Expressions;
using Laminar.Sql.Plan;

namespace Laminar.Generators.Emit.Operators;

/// <summary>EMIT CHANGES: a row before and after each update of its group.</summary>
internal sealed partial class AggregateEmitter
{
    private void WriteChanges()
    {
        PlanColumn[] columns = Shape.Plan.Columns.ToArray();
        _writer.Line("/// <summary>The result row of a group as it is now; false when HAVING hides it.</summary>");
        using (_writer.Open($"private bool TryResult({Block} block, int slot, ref Pane pane, long windowStart, long windowEnd, out Result result)"))
        {
            _writer.Line($"ref {Group} group = ref block[slot];");
            _writer.Line("result = default;");
            NameTable names = OperatorContext.Locals();
            IReadOnlyList<EmittedValue> values = WriteAfter(names, "return false;");
            for (int i = 0; i < columns.Length; i++)
            {
                _writer.Line($"result.Column{i} = {values[i].AsNullable};");
                if (columns[i].Type.IsTimestamp)
                {
                    // Fails here, where it is caught per window, and not when the row is made of it.
                    _writer.Line($"_ = Execution::RowTime.FromTicks({(columns[i].Nullable ? $"result.Column{i}.GetValueOrDefault()" : $"result.Column{i}")});");
                }
            }

            _writer.Line("return true;");
        }

        _writer.Line();
        const string arguments = "block, slot, ref pane, windowStart, windowEnd, out result";
        string parameters = $"{Block} block, int slot, ref Pane pane, long windowStart, long windowEnd, out Result result";
        _writer.Line("/// <summary>The result row before an update. One that can't be computed was reported when it came to be, and isn't in the result.</summary>");
        using (_writer.Open($"private bool Before({parameters})"))
        {
            using (_writer.Open("try"))
            {
                _writer.Line($"return TryResult({arguments});");
            }

            using (_writer.Open("catch (global::System.Exception error) when (IsRowError(error))"))
            {
                _writer.Line("result = default;");
                _writer.Line("return false;");
            }
        }

        _writer.Line();
        _writer.Line("/// <summary>The result row after an update. One that can't be computed leaves the result, by the policy for failures.</summary>");
        using (_writer.Open($"private bool After({parameters})"))
        {
            using (_writer.Open("try"))
            {
                _writer.Line($"return TryResult({arguments});");
            }

            using (_writer.Open("catch (global::System.Exception error) when (IsRowError(error))"))
            {
                _writer.Line("result = default;");
                _writer.Line("Position = -1;");
                _writer.Line($"Skip({Describe()}, error);");
                _writer.Line("return false;");
            }
        }

        _writer.Line();
        _writer.Line("/// <summary>What one input row changes of one result row.</summary>");
        using (_writer.Open("private void EmitChange(bool was, in Result old, bool now, in Result result)"))
        {
            using (_writer.Open("if (was && now && Result.Same(in old, in result))"))
            {
                _writer.Line("return;");
            }

            string Row(string variable, string kind) => _context.Construct(
                columns.Select((c, i) => !c.Nullable
                    ? new EmittedValue($"{variable}.Column{i}", null, c.Type)
                    : ClrForm.IsReference(c.Type)
                        ? new EmittedValue($"{variable}.Column{i}!", $"({variable}.Column{i} is null)", c.Type)
                        : new EmittedValue($"{variable}.Column{i}.GetValueOrDefault()", $"(!{variable}.Column{i}.HasValue)", c.Type)).ToArray(),
                $"Laminar::RowKind.{kind}");
            using (_writer.Open("if (was)"))
            {
                _writer.Line($"{_context.Row.TypeName} gone = now ? {Row("old", "UpdateBefore")} : {Row("old", "Delete")};");
                _writer.Line("Position = -1;");
                _writer.Line("RowsOut++;");
                _writer.Line("Output.Emit(in gone, OutWatermark);");
            }

            using (_writer.Open("if (now)"))
            {
                _writer.Line($"{_context.Row.TypeName} row = was ? {Row("result", "UpdateAfter")} : {Row("result", "Insert")};");
                _writer.Line("Position = -1;");
                _writer.Line("RowsOut++;");
                _writer.Line("Output.Emit(in row, OutWatermark);");
            }
        }

        _writer.Line();
    }

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
                : ClrForm.IsReference(c.Type) ? $"string.Equals(a.Column{i}, b.Column{i})"
                : c.Nullable ? $"global::System.Nullable.Equals(a.Column{i}, b.Column{i})"
                : $"a.Column{i}.Equals(b.Column{i})"));
            writer.Line($"public static bool Same(in Result a, in Result b) => {same};");
        }

        writer.Line();
    }
}
