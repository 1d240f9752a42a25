using System.Globalization;
using Laminar.Sql.Syntax;

namespace Laminar.Interpreter.Database.Statements;

/// <summary>Values of C# as literals of SQL, in the tree and never in the text: no value can be read as SQL.</summary>
internal static class ParameterValues
{
    private const string Instant = "yyyy-MM-dd HH:mm:ss.fffffff";

    /// <summary>The literal of a parameter as it is written (<c>@name</c>), or null when it has no value.</summary>
    /// <exception cref="LaminarException">A value of a type that SQL has no literal for.</exception>
    public static ExpressionSyntax? Find(string written, IReadOnlyDictionary<string, object?> values)
    {
        string name = written.TrimStart('@', '$', ':');
        return values.TryGetValue(name, out object? value) || values.TryGetValue(written, out value) ? Literal(name, value) : null;
    }

    private static ExpressionSyntax Literal(string name, object? value)
    {
        CultureInfo plain = CultureInfo.InvariantCulture;
        return value switch
        {
            null or DBNull => new LiteralExpression(LiteralKind.Null, "NULL", default),
            bool truth => new LiteralExpression(truth ? LiteralKind.True : LiteralKind.False, truth ? "TRUE" : "FALSE", default),
            string text => new LiteralExpression(LiteralKind.String, text, default),
            char one => new LiteralExpression(LiteralKind.String, one.ToString(), default),
            sbyte or short or int or long or byte or ushort or uint or ulong => Parse($"CAST('{((IFormattable)value).ToString(null, plain)}' AS {IntegerType(value)})"),
            float number => Parse($"CAST('{Text(number)}' AS REAL)"),
            double number => Parse($"CAST('{Text(number)}' AS DOUBLE)"),
            decimal number => Parse(number.ToString(plain)),
            byte[] bytes => new LiteralExpression(LiteralKind.Bytes, Convert.ToHexString(bytes), default),
            Guid uuid => Parse($"UUID '{uuid}'"),
            DateOnly date => Parse($"DATE '{date.ToString("yyyy-MM-dd", plain)}'"),
            TimeOnly time => Parse($"TIME '{time.ToString("HH:mm:ss.fffffff", plain)}'"),
            DateTime time => Parse($"TIMESTAMP '{(time.Kind == DateTimeKind.Local ? time.ToUniversalTime() : time).ToString(Instant, plain)}'"),
            DateTimeOffset time => Parse($"TIMESTAMPTZ '{time.UtcDateTime.ToString(Instant, plain)}+00:00'"),
            _ => throw new LaminarException($"The parameter {name} is a {value.GetType().Name}, which SQL has no literal for; give it as a number, text, time, UUID or bytes."),
        };
    }

    private static string IntegerType(object value) => value switch
    {
        sbyte => "TINYINT",
        short => "SMALLINT",
        int => "INT",
        long => "BIGINT",
        byte => "TINYINT UNSIGNED",
        ushort => "SMALLINT UNSIGNED",
        uint => "INT UNSIGNED",
        _ => "BIGINT UNSIGNED",
    };

    private static string Text(double number) =>
        double.IsNaN(number) ? "NaN" : double.IsInfinity(number) ? (number > 0 ? "Infinity" : "-Infinity") : number.ToString("R", CultureInfo.InvariantCulture);

    private static ExpressionSyntax Parse(string literal) => SqlParser.ParseExpression(literal).Root;
}
