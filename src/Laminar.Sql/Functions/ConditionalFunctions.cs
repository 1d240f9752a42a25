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
            yield return new FunctionEntry("NULLIF", 2, 2, NullIf);
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

    private static BoundExpression? NullIf(FunctionCall call)
    {
        BoundExpression? equal = call.Binder.Equal(call[0], call[1], call.Span);
        if (equal is null)
        {
            return null;
        }

        SqlType type = call[0].Type.Kind == SqlTypeKind.Null ? SqlType.Varchar : call[0].Type;
        var none = new BoundLiteral(null, type, call.Span);
        return new BoundCase(new[] { new BoundWhen(equal, none) }, Coercion.To(call[0], type), type, true, call.Span);
    }

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
