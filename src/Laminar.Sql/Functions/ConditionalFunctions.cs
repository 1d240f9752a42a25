using System.Collections.Generic;
using System.Linq;
using Laminar.Sql.Binding;
using Laminar.Sql.Types;

namespace Laminar.Sql.Functions;

/// <summary>COALESCE and its kind: no functions at run time, but lazy forms of the expression tree.</summary>
internal static class ConditionalFunctions
{
    public static IEnumerable<FunctionEntry> All
    {
        get
        {
            yield return new FunctionEntry("COALESCE", 1, int.MaxValue, Coalesce);
            yield return new FunctionEntry("IFNULL", 2, 2, Coalesce);
            yield return new FunctionEntry("NVL", 2, 2, Coalesce);
            yield return new FunctionEntry("NULLIF", 2, 2, call => NullIf(call, call[0], call[1]));
            yield return new FunctionEntry("TYPEOF", 1, 1, TypeOf);
            yield return new FunctionEntry("IF", 3, 3, If);
            yield return new FunctionEntry("IIF", 3, 3, If);
        }
    }

    private static BoundExpression? Coalesce(FunctionCall call)
    {
        IReadOnlyList<BoundExpression>? values = call.Binder.Unify(call.Arguments, call.Name);
        if (values is null)
        {
            return null;
        }

        return values.Count == 1 ? values[0] : new BoundCoalesce(values, values[0].Type, values.All(v => v.Nullable), call.Span);
    }

    /// <summary>The value, or NULL where it equals another.</summary>
    public static BoundExpression? NullIf(FunctionCall call, BoundExpression value, BoundExpression other)
    {
        BoundExpression? equal = call.Binder.Equal(value, other, call.Span);
        if (equal is null)
        {
            return null;
        }

        SqlType type = value.Type.Kind == SqlTypeKind.Null ? SqlType.Varchar : value.Type;
        var none = new BoundLiteral(null, type, call.Span);
        return new BoundCase(new[] { new BoundWhen(equal, none) }, Coercion.To(value, type), type, true, call.Span);
    }

    /// <summary>DECODE(value, search, result, ..., otherwise): the result behind the first search that is the value, where NULL is NULL (Oracle).</summary>
    public static BoundExpression? Decode(FunctionCall call)
    {
        int pairs = (call.Arguments.Count - 1) / 2;
        IEnumerable<BoundExpression> rest = call.Arguments.Skip(1);
        var results = rest.Where((_, i) => i % 2 == 1).ToList();
        if (call.Arguments.Count % 2 == 0)
        {
            results.Add(call[call.Arguments.Count - 1]);
        }

        IReadOnlyList<BoundExpression>? values = call.Binder.Unify(results, call.Name);
        var whens = new List<BoundWhen>();
        bool failed = values is null;
        for (int i = 0; i < pairs; i++)
        {
            BoundExpression search = call[1 + (2 * i)];
            BoundExpression? same = call.Binder.Same(call[0], search, search.Span);
            failed |= same is null;
            if (!failed)
            {
                whens.Add(new BoundWhen(same!, values![i]));
            }
        }

        BoundExpression? otherwise = !failed && values!.Count > pairs ? values[pairs] : null;
        return failed ? null : new BoundCase(whens, otherwise, values![0].Type, otherwise is null || values.Any(v => v.Nullable), call.Span);
    }

    // The type is known at build time; the value isn't computed.
    private static BoundExpression TypeOf(FunctionCall call) => new BoundLiteral(call[0].Type.ToString(), SqlType.Varchar, call.Span);

    private static BoundExpression? If(FunctionCall call)
    {
        if (call[0].Type.Kind is not (SqlTypeKind.Boolean or SqlTypeKind.Null))
        {
            return call.WrongType(0, "a BOOLEAN condition");
        }

        IReadOnlyList<BoundExpression>? values = call.Binder.Unify(call.Arguments.Skip(1).ToArray(), call.Name);
        if (values is null)
        {
            return null;
        }

        BoundExpression condition = Coercion.To(call[0], SqlType.Boolean);
        return new BoundCase(new[] { new BoundWhen(condition, values[0]) }, values[1], values[0].Type, values[0].Nullable || values[1].Nullable, call.Span);
    }
}
