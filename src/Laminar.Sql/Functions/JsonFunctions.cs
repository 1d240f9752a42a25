using System.Collections.Generic;
using System.Linq;
using Laminar.Functions;
using Laminar.Sql.Binding;
using Laminar.Sql.Diagnostics;
using Laminar.Sql.Text;
using Laminar.Sql.Types;

namespace Laminar.Sql.Functions;

/// <summary>JSON, run by <c>SqlJson</c>. Where JSON is read, text does as well. Constant paths are checked here and made once.</summary>
internal static class JsonFunctions
{
    private static readonly SqlType J = SqlType.Json;
    private static readonly SqlType T = SqlType.Varchar;

    public static IEnumerable<FunctionEntry> All =>
    [
        new("JSON_VALUE", 2, 2, call => At(call, "ScalarAt", T)),
        new("JSON_QUERY", 2, 2, call => At(call, "ContainerAt", J)),
        new("JSON_EXISTS", 2, 2, call => At(call, "Exists", SqlType.Boolean)),
        new("JSON_OBJECT", 0, int.MaxValue, Object),
        new("JSON_ARRAY", 0, int.MaxValue, Array),
        new("JSON_ARRAY_LENGTH", 1, 1, call => Read(call, 0) is { } json ? call.Call("SqlJson.ArrayLength", SqlType.Int, true, json) : null),
    ];

    /// <summary><c>-&gt;</c> and <c>-&gt;&gt;</c>: a member by name, an element by its place from 0.</summary>
    public static BoundExpression? Arrow(string symbol, BoundExpression json, BoundExpression key, TextSpan operatorSpan, TextSpan span, DiagnosticBag diagnostics)
    {
        bool isPlace = key.Type.IsInteger && Coercion.Widens(key.Type, SqlType.Int);
        if (!IsRead(json) || !(isPlace || key.Type.Kind is SqlTypeKind.Varchar or SqlTypeKind.Null))
        {
            diagnostics.Report(SqlRules.OperatorType, operatorSpan, symbol, $"{json.Type} and {key.Type}", "it takes JSON and the name of a member, or the place of an element as INT");
            return null;
        }

        var function = new ScalarFunction(symbol, symbol == "->" ? "SqlJson.Get" : "SqlJson.GetText") { CanFail = true, CanReturnNull = true };
        return ScalarCalls.Make(function, symbol == "->" ? J : T, span, AsRead(json), Coercion.To(key, isPlace ? SqlType.Int : T));
    }

    /// <summary>Any value as JSON.</summary>
    public static BoundExpression ToJson(BoundExpression value)
    {
        if (value.Type.Kind is SqlTypeKind.Json or SqlTypeKind.Null)
        {
            return Coercion.To(value, J);
        }

        return ScalarCalls.Make(new ScalarFunction("TO_JSON", "SqlJson.Of") { CanFail = value.Type.IsNested }, J, value.Span, value, Form(value.Type, value.Span));
    }

    /// <summary>A type as functions that take any value get it.</summary>
    public static BoundExpression Form(SqlType type, TextSpan span) =>
        ScalarCalls.Make(new ScalarFunction("FORM", "SqlForm.Of"), SqlType.Prepared("SqlForm"), span, new BoundLiteral(SqlTypeForm.Of(type), T, span));

    private static BoundExpression? At(FunctionCall call, string method, SqlType type)
    {
        if (Read(call, 0) is not { } json)
        {
            return null;
        }

        if (call[1].Type.Kind is not (SqlTypeKind.Varchar or SqlTypeKind.Null))
        {
            return call.WrongType(1, "a path such as '$.a[0]'");
        }

        BoundExpression path = Coercion.To(call[1], T);
        if (path is BoundLiteral { Value: string text } && JsonPathText.Read(text) is null)
        {
            call.Diagnostics.Report(SqlRules.InvalidPattern, path.Span, "a JSON path", JsonPathText.Expected);
            return null;
        }

        BoundCall prepared = ScalarCalls.Make(new ScalarFunction("PATH", "SqlJsonPath.Of") { CanFail = path is not BoundLiteral }, SqlType.Prepared("SqlJsonPath"), path.Span, path);
        var function = new ScalarFunction(call.Name, "SqlJson." + method) { CanFail = true, CanReturnNull = type.Kind != SqlTypeKind.Boolean };
        return ScalarCalls.Make(function, type, call.Span, json, prepared);
    }

    // The standard: NULL ON NULL.
    private static BoundExpression? Object(FunctionCall call)
    {
        if (call.Arguments.Count % 2 != 0)
        {
            call.Diagnostics.Report(SqlRules.ArgumentCount, call.Span, call.Name, "pairs, as in JSON_OBJECT('a' VALUE 1, 'b' VALUE 2)", call.Arguments.Count.ToString(System.Globalization.CultureInfo.InvariantCulture));
            return null;
        }

        var items = new List<BoundExpression>();
        for (int i = 0; i < call.Arguments.Count; i++)
        {
            if (i % 2 == 0 && call[i].Type.Kind != T.Kind)
            {
                return call.WrongType(i, "a key, which is VARCHAR");
            }

            items.Add(i % 2 == 0 ? call[i] : ToJson(call[i]));
        }

        return call.Call("SqlJson.Object", J, items.Where((_, i) => i % 2 == 0).Any(k => k.Nullable), Items(call, items));
    }

    // The standard: ABSENT ON NULL.
    private static BoundExpression? Array(FunctionCall call) => call.Call("SqlJson.Array", J, Items(call, call.Arguments.Select(ToJson).ToList()));

    private static BoundItems Items(FunctionCall call, IReadOnlyList<BoundExpression> items) =>
        new(items, SqlType.Row(items.Select((v, i) => new SqlField("f" + (i + 1), v.Type, v.Nullable))), call.Span);

    private static BoundExpression? Read(FunctionCall call, int index) => IsRead(call[index]) ? AsRead(call[index]) : call.WrongType(index, "JSON");

    private static bool IsRead(BoundExpression value) => value.Type.Kind is SqlTypeKind.Json or SqlTypeKind.Varchar or SqlTypeKind.Null;

    // Text is read as it is: what isn't JSON is an error row in the function itself.
    private static BoundExpression AsRead(BoundExpression value) => value.Type.Kind == SqlTypeKind.Null ? Coercion.To(value, J) : value;
}
