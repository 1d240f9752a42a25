using Laminar.Sql.Syntax;
using NUnit.Framework;

namespace Laminar.Sql.Tests.Syntax;

/// <summary>
/// Against the table "Operator Precedence (highest to lowest)" of the PostgreSQL manual, 4.1.6: . :: [] unary+- COLLATE AT ^ */% +- (other) BETWEEN-IN-LIKE
/// comparison IS NOT AND OR; all left-associative but unary signs and NOT.
/// </summary>
public sealed class PrecedenceTests
{
    [TestCase("a OR b AND c", "(a OR (b AND c))")]
    [TestCase("a AND b OR c AND d", "((a AND b) OR (c AND d))")]
    [TestCase("NOT a AND b", "((NOT a) AND b)")]
    [TestCase("NOT a = b", "(NOT (a = b))")]
    [TestCase("NOT a IS NULL", "(NOT (a IS NULL))")]
    [TestCase("NOT NOT a OR b", "((NOT (NOT a)) OR b)")]
    [TestCase("a = b IS NULL", "((a = b) IS NULL)")]
    [TestCase("a + b = c - d", "((a + b) = (c - d))")]
    [TestCase("a IS DISTINCT FROM b + 1 AND c", "((a IS DISTINCT FROM (b + 1)) AND c)")]
    [TestCase("a IS NOT DISTINCT FROM b = c", "(a IS NOT DISTINCT FROM (b = c))")]
    [TestCase("a BETWEEN b AND c AND d", "((a BETWEEN b AND c) AND d)")]
    [TestCase("a BETWEEN b + 1 AND c * 2 OR d", "((a BETWEEN (b + 1) AND (c * 2)) OR d)")]
    [TestCase("NOT a BETWEEN 1 AND 2", "(NOT (a BETWEEN 1 AND 2))")]
    [TestCase("a NOT BETWEEN 1 AND 2 = b", "((a NOT BETWEEN 1 AND 2) = b)")]
    [TestCase("a || b LIKE c || d", "((a || b) LIKE (c || d))")]
    [TestCase("a LIKE b ESCAPE '!' AND c", "((a LIKE b ESCAPE '!') AND c)")]
    [TestCase("a LIKE b = c", "((a LIKE b) = c)")]
    [TestCase("a < b LIKE c", "(a < (b LIKE c))")]
    [TestCase("a + 1 IN (1, 2) AND b", "(((a + 1) IN [1, 2]) AND b)")]
    [TestCase("a = b IN (1)", "(a = (b IN [1]))")]
    [TestCase("a || b + c", "(a || (b + c))")]
    [TestCase("a || b || c", "((a || b) || c)")]
    [TestCase("a & b | c << 2", "(((a & b) | c) << 2)")]
    [TestCase("a >> 1 & b", "((a >> 1) & b)")]
    [TestCase("j -> 'a' ->> 'b' = 'c'", "(((j -> 'a') ->> 'b') = 'c')")]
    [TestCase("a - b - c", "((a - b) - c)")]
    [TestCase("a - b + c * d / e % f", "((a - b) + (((c * d) / e) % f))")]
    [TestCase("2 ^ 3 ^ 2", "((2 ^ 3) ^ 2)")]
    [TestCase("a * b ^ c", "(a * (b ^ c))")]
    [TestCase("-a ^ 2", "((- a) ^ 2)")]
    [TestCase("- - a", "(- (- a))")]
    [TestCase("-a * b", "((- a) * b)")]
    [TestCase("a - -b", "(a - (- b))")]
    [TestCase("-a::INT", "(- (a :: INT))")]
    [TestCase("-xs[1]", "(- (xs [1]))")]
    [TestCase("a * b::INT", "(a * (b :: INT))")]
    [TestCase("~a + b", "(~ (a + b))")]
    [TestCase("a::INT::TEXT", "((a :: INT) :: TEXT)")]
    [TestCase("a + b AT TIME ZONE 'UTC'", "(a + (b AT TIME ZONE 'UTC'))")]
    [TestCase("a AT TIME ZONE 'UTC' AT TIME ZONE 'CET'", "((a AT TIME ZONE 'UTC') AT TIME ZONE 'CET')")]
    [TestCase("-a AT TIME ZONE 'UTC'", "((- a) AT TIME ZONE 'UTC')")]
    [TestCase("a = NOT b AND c", "((a = (NOT b)) AND c)")]
    [TestCase("xs[1][2].f", "(((xs [1]) [2]) . f)")]
    [TestCase("ts - INTERVAL '5' SECOND < b", "((ts - INTERVAL<5|SECOND|>) < b)")]
    [TestCase("(a, b) = (1, 2)", "(ROW(a, b) = ROW(1, 2))")]
    [TestCase("CASE WHEN a OR b THEN 1 ELSE 2 END + 1", "(CASE(; (a OR b) -> 1; 2) + 1)")]
    public void Is_read_as_PostgreSQL_reads_it(string sql, string expected)
    {
        ParseResult<ExpressionSyntax> result = SqlParser.ParseExpression(sql);
        Assert.That(result.Diagnostics, Is.Empty);
        Assert.That(ExpressionText.Of(result.Root), Is.EqualTo(expected));
        Assert.That((result.Root.Span.Start, result.Root.Span.End), Is.EqualTo((0, sql.Length)));
    }
}
