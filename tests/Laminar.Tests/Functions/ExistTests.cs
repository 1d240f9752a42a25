using Laminar.Sql;
using Laminar.Sql.Binding;
using Laminar.Sql.Catalog;
using Laminar.Sql.Plan;
using Laminar.Sql.Types;
using NUnit.Framework;

namespace Laminar.Tests.Functions;

/// <summary>Every method that a plan can name is there, with exactly the arguments' CLR types.</summary>
public sealed class ExistTests
{
    private static readonly SqlType[] Types =
    [
        SqlType.Boolean, SqlType.TinyInt, SqlType.SmallInt, SqlType.Int, SqlType.BigInt, SqlType.UTinyInt, SqlType.USmallInt, SqlType.UInt, SqlType.UBigInt,
        SqlType.Real, SqlType.Double, SqlType.Decimal(10, 2), ClrTypes.ClrDecimal, SqlType.Varchar, SqlType.Bytes, SqlType.Uuid, SqlType.Date, SqlType.Time,
        SqlType.Timestamp, SqlType.TimestampTz, SqlType.IntervalDayTime,
    ];

    private static readonly string[] TypeNames =
    [
        "BOOLEAN", "TINYINT", "SMALLINT", "INT", "BIGINT", "TINYINT UNSIGNED", "SMALLINT UNSIGNED", "INT UNSIGNED", "BIGINT UNSIGNED", "REAL", "DOUBLE",
        "DECIMAL(5,1)", "VARCHAR", "BYTES", "UUID", "DATE", "TIME", "TIMESTAMP", "TIMESTAMPTZ", "INTERVAL DAY TO SECOND",
    ];

    private static readonly string[] Binary = ["+", "-", "*", "/", "%", "||", "=", "<", "AND", "&", "<<", "IS DISTINCT FROM"];

    private static readonly string[] Unary =
    [
        "ABS", "CEIL", "FLOOR", "ROUND", "TRUNC", "SQRT", "EXP", "LN", "LOG", "LOG2", "LOG10", "SIGN", "LOWER", "UPPER", "TRIM", "LTRIM", "RTRIM", "BTRIM", "LENGTH",
        "OCTET_LENGTH", "REVERSE", "ASCII", "CHR", "TO_TIMESTAMP", "FROM_UNIXTIME", "EPOCH_MS", "UNIX_TIMESTAMP", "LAST_DAY", "YEAR", "MONTH", "HOUR", "SECOND", "CONCAT",
    ];

    private static readonly string[] Others =
    [
        "MOD(a, b)", "POWER(a, b)", "LOG(a, b)", "ROUND(a, 2)", "ROUND(a, -2)", "ROUND(a, CAST(3 AS SMALLINT))", "TRUNC(a, -1)", "GREATEST(a, b)", "LEAST(a, b, n)", "CONCAT_WS(a, b, n)",
        "TRIM(a, b)", "LTRIM(a, b)", "RTRIM(a, b)", "SUBSTRING(a, 1)", "SUBSTRING(a, 1, 2)", "LEFT(a, 1)", "RIGHT(a, 1)", "POSITION(a IN b)", "STRPOS(a, b)", "REPLACE(a, b, a)",
        "LPAD(a, 3)", "RPAD(a, 3, b)", "REPEAT(a, 3)", "SPLIT_PART(a, b, 1)", "STARTS_WITH(a, b)", "ENDS_WITH(a, b)", "CONTAINS(a, b)", "a LIKE b", "a ILIKE b", "a LIKE b ESCAPE '!'",
        "DATE_TRUNC('hour', a)", "DATE_TRUNC('month', a)", "EXTRACT(EPOCH FROM a)", "EXTRACT(DAY FROM a)", "EXTRACT(ISOYEAR FROM a)", "EXTRACT(MICROSECOND FROM a)",
        "a + INTERVAL '1' MONTH", "a - INTERVAL '1' MONTH", "a - INTERVAL '1' DAY", "a * 2", "a * 2.5", "a / 2", "INTERVAL '1' MONTH * i", "EXTRACT(MONTH FROM INTERVAL '5' MONTH * i)",
        "CAST(INTERVAL '5' MONTH * i AS VARCHAR)",
    ];

    [Test]
    public void Methods_exist_for_every_type_that_binds()
    {
        var missing = new HashSet<string>();
        int calls = 0;
        for (int i = 0; i < Types.Length; i++)
        {
            RelationColumn[] columns = [new("a", "A", Types[i], false), new("b", "B", Types[i], false), new("n", "N", Types[i], true), new("i", "I", SqlType.Int, false)];
            var catalog = new DictionaryCatalog(new Relation("r", RelationKind.Source, "", columns));
            IEnumerable<string> expressions = Unary.Select(f => f + "(a)").Concat(Others)
                .Concat(Binary.SelectMany(o => new[] { $"a {o} b", $"a {o} n" }))
                .Concat(TypeNames.SelectMany(t => new[] { $"CAST(a AS {t})", $"TRY_CAST(n AS {t})" }));
            foreach (string expression in expressions)
            {
                if (SqlCompiler.CompileQuery($"SELECT {expression} AS x FROM r", "q", catalog).Plan is { } plan)
                {
                    Look(((ProjectNode)plan.Root).Expressions[0]);
                }
            }
        }

        TestContext.Out.WriteLine($"{calls} calls");
        Assert.That(missing, Is.Empty);
        Assert.That(calls, Is.GreaterThan(500));

        void Look(BoundExpression expression)
        {
            foreach (BoundCall call in expression.DescendantsAndSelf().OfType<BoundCall>())
            {
                calls++;
                System.Reflection.MethodInfo? method = SqlExpression.Method(call);
                string signature = $"{call.Function.Method}({string.Join(", ", call.Arguments.Select(a => SqlExpression.Clr(a.Type).Name))})";
                if (method is null)
                {
                    missing.Add(signature);
                    continue;
                }

                Type result = System.Nullable.GetUnderlyingType(method.ReturnType) ?? method.ReturnType;
                if (result != SqlExpression.Clr(call.Type) || (method.ReturnType.IsValueType && (result != method.ReturnType) != call.Function.CanReturnNull))
                {
                    missing.Add(signature + " returns " + method.ReturnType.Name);
                }
            }
        }
    }
}
