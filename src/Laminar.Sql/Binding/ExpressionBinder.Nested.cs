using System.Collections.Generic;
using System.Linq;
using Laminar.Sql.Catalog;
using Laminar.Sql.Diagnostics;
using Laminar.Sql.Functions;
using Laminar.Sql.Syntax;
using Laminar.Sql.Text;
using Laminar.Sql.Types;

namespace Laminar.Sql.Binding;

/// <content>ARRAY[...], MAP[...], ROW(...), subscripts and fields.</content>
internal sealed partial class ExpressionBinder
{
    private BoundExpression? BindArray(ArrayExpression syntax)
    {
        if (syntax.Items.Count == 0)
        {
            _diagnostics.Report(SqlRules.ArgumentCount, syntax.Span, "ARRAY[...]", "at least 1 element, or a type as in CAST(ARRAY[] AS ARRAY<INT>)", "0");
            return null;
        }

        return All(syntax.Items) is { } items && Unify(items, "ARRAY") is { } values
            ? new BoundItems(values, SqlType.Array(values[0].Type, values.Any(v => v.Nullable)), syntax.Span)
            : null;
    }

    private BoundExpression? BindMap(MapExpression syntax)
    {
        if (syntax.Items.Count == 0 || syntax.Items.Count % 2 != 0)
        {
            string count = syntax.Items.Count.ToString(System.Globalization.CultureInfo.InvariantCulture);
            _diagnostics.Report(SqlRules.ArgumentCount, syntax.Span, "MAP[...]", "keys and values in turn, as in MAP['a', 1, 'b', 2]", count);
            return null;
        }

        if (All(syntax.Items) is not { } items
            || Unify(items.Where((_, i) => i % 2 == 0).ToArray(), "the keys of MAP") is not { } keys
            || Unify(items.Where((_, i) => i % 2 == 1).ToArray(), "the values of MAP") is not { } values
            || !NestedKeys.CanBeOfMap(keys[0].Type, "MAP", keys[0].Span, _diagnostics))
        {
            return null;
        }

        BoundExpression[] pairs = keys.Zip(values, (k, v) => new[] { k, v }).SelectMany(p => p).ToArray();
        SqlType row = SqlType.Row(pairs.Select((v, i) => new SqlField("f" + (i + 1), v.Type, v.Nullable)));
        SqlType type = SqlType.Map(keys[0].Type, values[0].Type, values.Any(v => v.Nullable));
        return ScalarCalls.Make(new ScalarFunction("MAP", "SqlNested.Map") { CanFail = keys.Any(k => k.Nullable) }, type, syntax.Span, new BoundItems(pairs, row, syntax.Span));
    }

    private BoundExpression? BindRow(RowExpression syntax)
    {
        if (All(syntax.Items) is not { } items)
        {
            return null;
        }

        BoundExpression[] values = items.Select(i => i.Type.Kind == SqlTypeKind.Null ? Coercion.To(i, SqlType.Varchar) : i).ToArray();
        return new BoundItems(values, SqlType.Row(values.Select((v, i) => new SqlField("f" + (i + 1), v.Type, v.Nullable))), syntax.Span);
    }

    private List<BoundExpression>? All(IEnumerable<ExpressionSyntax> items)
    {
        List<BoundExpression?> bound = items.Select(Bind).ToList();
        return bound.Any(b => b is null) ? null : bound.Select(b => b!).ToList();
    }

    private BoundExpression? BindSubscript(SubscriptExpression syntax)
    {
        BoundExpression? operand = Bind(syntax.Operand);
        BoundExpression? index = Bind(syntax.Index);
        if (operand is null || index is null)
        {
            return null;
        }

        SqlType type = operand.Type;
        if (type.Kind == SqlTypeKind.Array && (index.Type.IsInteger || index.Type.Kind == SqlTypeKind.Null) && Coercion.Widens(index.Type, SqlType.BigInt))
        {
            return Inside("SqlArray.Get", "[]", type.Fields[0].Type, syntax.Span, operand, Coercion.To(index, SqlType.BigInt));
        }

        if (type.Kind == SqlTypeKind.Map && Coercion.Common(new BoundColumn(-1, "key", type.Fields[0].Type, false, index.Span), index) is { } common)
        {
            BoundExpression? key = Coerce(index, common);
            BoundExpression map = Coercion.To(operand, SqlType.Map(common, type.Fields[1].Type, type.Fields[1].Nullable));
            return key is null ? null : Inside("SqlNested.Get", "[]", type.Fields[1].Type, syntax.Span, map, key);
        }

        string takes = type.Kind switch
        {
            SqlTypeKind.Array => "the place of an element, from 1",
            SqlTypeKind.Map => "a key of type " + type.Fields[0].Type,
            SqlTypeKind.Json => "JSON with -> and ->>; subscripts are for ARRAY and MAP",
            SqlTypeKind.Row => "ROW values with a point and the name of a field; subscripts are for ARRAY and MAP",
            _ => "an ARRAY or MAP in front of it",
        };
        _diagnostics.Report(SqlRules.OperatorType, syntax.Span, "[]", type.Kind is SqlTypeKind.Array or SqlTypeKind.Map ? index.Type.ToString() : type.ToString(), "it takes " + takes);
        return null;
    }

    private static BoundExpression Inside(string method, string name, SqlType type, TextSpan span, params BoundExpression[] arguments) =>
        ScalarCalls.Make(new ScalarFunction(name, method) { Unboxes = true, CanReturnNull = true }, type, span, arguments);

    /// <summary>A field of a row by its name.</summary>
    private BoundExpression? Field(BoundExpression row, Identifier name, TextSpan span)
    {
        if (row.Type.Kind != SqlTypeKind.Row)
        {
            string help = row.Type.Kind == SqlTypeKind.Json ? $"write -> '{name.Text}' or ->> '{name.Text}'" : "only ROW values have fields";
            _diagnostics.Report(SqlRules.OperatorType, name.Span, "." + name.Text, row.Type.ToString(), help);
            return null;
        }

        List<int> places = Enumerable.Range(0, row.Type.Fields.Count).Where(i => SqlName.Same(row.Type.Fields[i].Name, name.Text)).ToList();
        if (places.Count == 0)
        {
            string? nearest = NearestName.Of(name.Text, row.Type.Fields.Select(f => f.Name));
            string help = nearest is null ? "; it has " + Some(row.Type.Fields.Select(f => f.Name)) : $"; did you mean '{nearest}'?";
            _diagnostics.Add(new SqlDiagnostic(SqlRules.UnknownColumn, name.Span, name.Text, row.Type.ToString(), help) { Suggestion = nearest });
            return null;
        }

        int place = places.Find(i => string.Equals(row.Type.Fields[i].Name, name.Text, System.StringComparison.OrdinalIgnoreCase));
        place = places.Count > 1 ? place : places[0];
        return FieldAt(row, place, span, name.Span);
    }

    /// <summary>A field of a row by its place from 0.</summary>
    internal static BoundExpression FieldAt(BoundExpression row, int place, TextSpan span, TextSpan nameSpan)
    {
        SqlField field = row.Type.Fields[place];
        var function = new ScalarFunction("." + field.Name, "SqlNested.Field") { Unboxes = true, CanReturnNull = field.Nullable };
        return ScalarCalls.Make(function, field.Type, span, row, new BoundLiteral(place, SqlType.Int, nameSpan));
    }

    /// <summary>Field of a field, as <c>address.city.name</c> goes on behind a column.</summary>
    private BoundExpression? Fields(BoundExpression? row, IEnumerable<Identifier> names, TextSpan span) =>
        names.Aggregate(row, (inside, name) => inside is null ? null : Field(inside, name, span));

    /// <summary>Behind a table and a column, or a column alone, names are those of fields.</summary>
    private BoundExpression? BindPath(SyntaxList<Identifier> parts, TextSpan span) => _scope.HasTable(parts[0].Text)
        ? Fields(Resolve(parts[0].Text, parts[1], span), parts.Skip(2), span)
        : Fields(Resolve(null, parts[0], span), parts.Skip(1), span);
}
