using System.Linq;
using Laminar.Sql.Binding;
using Laminar.Sql.Text;
using Laminar.Sql.Types;

namespace Laminar.Sql.Functions;

/// <summary>Builds calls with the right nullability.</summary>
internal static class ScalarCalls
{
    public static BoundCall Make(ScalarFunction function, SqlType type, TextSpan span, params BoundExpression[] arguments)
    {
        bool nullable = function.CanReturnNull || (function.Strict && arguments.Any(a => a.Nullable));
        return new BoundCall(function, arguments, type, nullable, span);
    }
}
