using System.Collections.Generic;
using System.Linq;
using Laminar.Generators.Model;
using Laminar.Sql;
using Laminar.Sql.Catalog;
using Laminar.Sql.Plan;

namespace Laminar.Generators.Emit;

/// <summary>What a query says for those who keep its result: its key, by which rows are looked up.</summary>
internal static class ViewEmitter
{
    private static readonly HashSet<string> NoElementNames = new() { "CompareTo", "Deconstruct", "Equals", "GetHashCode", "Rest", "ToString" };

    /// <summary>An initializer behind <c>new QueryInfo(...)</c>; empty where there is nothing to say.</summary>
    public static string Info(QueryPlan plan)
    {
        ResultKey? key = ResultKey.Of(plan);
        bool isUpsert = ResultKey.IsUpsert(plan);
        int time = ResultKey.EventTime(plan);
        if (key is null && !isUpsert && time < 0)
        {
            return "";
        }

        string columns = key is null ? "null" : $"[{string.Join(", ", key.Columns.Select(c => Identifiers.Literal(plan.Columns[c].Name)))}]";
        string eventTime = time < 0 ? "null" : Identifiers.Literal(plan.Columns[time].Name);
        return $" {{ View = new({columns}, {Identifiers.Literal(key is { IsUnique: true })}, {Identifiers.Literal(isUpsert)}, {eventTime}) }}";
    }

    /// <summary><c>AddTo</c>: the handle knows the key, where there is one.</summary>
    public static string AddTo(QueryPlan plan, RowModel row)
    {
        string type = row.TypeName;
        if (ResultKey.Of(plan) is not { } key)
        {
            return $"public static Laminar::QueryHandle<{type}> AddTo(Laminar::ILaminarRuntime runtime) => runtime.AddQuery(Definition);";
        }

        RowMember[] members = key.Columns.Select(c => row.Members[c]).ToArray();
        string keyType = members.Length switch
        {
            0 => "global::System.ValueTuple",
            1 => members[0].ClrType,
            _ => $"({string.Join(", ", members.Select(Element))})",
        };
        string value = members.Length switch
        {
            0 => "default(global::System.ValueTuple)",
            1 => Member(members[0]),
            _ => $"({string.Join(", ", members.Select(Member))})",
        };
        return $"public static Laminar::KeyedQueryHandle<{type}, {keyType}> AddTo(Laminar::ILaminarRuntime runtime) => runtime.AddQuery<{type}, {keyType}>(Definition, static row => {value});";
    }

    /// <summary>A statement of a pipeline's <c>AddTo</c>: the rows of a query are kept.</summary>
    public static void Keep(CodeWriter writer, CompiledStream stream)
    {
        CompiledView view = stream.View!;
        var options = new List<string>();
        if (view.RetainForTicks > 0)
        {
            options.Add($"RetainFor = new global::System.TimeSpan({Identifiers.Literal(view.RetainForTicks)})");
        }

        if (view.MaxRows > 0)
        {
            options.Add($"MaxRows = {view.MaxRows.ToString(System.Globalization.CultureInfo.InvariantCulture)}");
        }

        writer.Line();
        writer.Line($"// CREATE MATERIALIZED VIEW {PipelineEmitter.OneLine(stream.Name)}");
        string given = options.Count == 0 ? "" : $"new Laminar::ViewOptions {{ {string.Join(", ", options)} }}";
        writer.Line($"{SqlName.ToPascalCase(stream.Name)}Query.AddTo(laminar).Keep({given});");
    }

    private static string Member(RowMember member) => "row." + Identifiers.Escape(member.Access);

    private static string Element(RowMember member)
    {
        string name = member.ClrName;
        bool isFree = !NoElementNames.Contains(name) && !(name.StartsWith("Item", System.StringComparison.Ordinal) && name.Length > 4 && name.Skip(4).All(char.IsDigit));
        return isFree ? $"{member.ClrType} {Identifiers.Escape(name)}" : member.ClrType;
    }
}
