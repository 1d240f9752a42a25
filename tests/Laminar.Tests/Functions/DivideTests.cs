using System.Globalization;
using System.Numerics;
using Laminar.Functions;
using Laminar.Sql;
using Laminar.Sql.Binding;
using Laminar.Sql.Catalog;
using Laminar.Sql.Plan;
using NUnit.Framework;

namespace Laminar.Tests.Functions;

/// <summary>DECIMAL quotients against <see cref="BigInteger"/>: the exact quotient, rounded once.</summary>
public sealed class DivideTests
{
    [TestCase("246913701481480370147678902", "2000001", 6, "123456789012345678901.000000")]
    [TestCase("-246913701481480370147678902", "2000001", 6, "-123456789012345678901.000000")]
    [TestCase("35000034999999999999999999999", "70000000000000000000000000000", 6, "0.500000")]
    [TestCase("1", "8", 2, "0.13")]
    [TestCase("-1", "8", 2, "-0.13")]
    [TestCase("2", "3", 6, "0.666667")]
    [TestCase("10.00", "2", 6, "5.00")]
    [TestCase("10", "2.5", 6, "4")]
    [TestCase("1", "3000000", 6, "0.000000")]
    [TestCase("9999999999999999999999999999", "0.1", 6, null)]
    [TestCase("1234567890123456789012345678", "7", 6, null)]
    [TestCase("1234567890123456789012345678", "2", 28, "617283945061728394506172839")]
    [TestCase("0.0000000000000000000000000001", "79228162514264337593543950335", 6, "0.000000")]
    [TestCase("0", "-3", 6, "0")]
    public void Known_quotients(string a, string b, int scale, string? expected) => Assert.That(Text(a, b, scale), Is.EqualTo(expected));

    [Test]
    public void What_is_rounded_twice_comes_out_one_unit_higher() =>
        Assert.That(Math.Round(246913701481480370147678902m / 2000001m, 6, MidpointRounding.AwayFromZero), Is.EqualTo(123456789012345678901.000001m));

    [Test]
    public void Zero_divides_nothing() => Assert.That(() => SqlDecimal.Divide(1.5m, 0.00m, 6), Throws.TypeOf<DivideByZeroException>());

    [Test]
    public void Random_quotients([Values(1, 2, 3, 4)] int seed)
    {
        var random = new Random(seed);
        int fitting = 0, ties = 0;
        for (int round = 0; round < 5_000; round++)
        {
            (decimal a, decimal b, int scale) = Operands(random);
            string context = $"seed {seed}, round {round}: {a} / {b} to {scale}";
            (BigInteger units, bool isTie) = Exact(a, b, scale);
            if (BigInteger.Abs(Shorten(units, scale)) >= BigInteger.Pow(10, 28))
            {
                Assert.That(() => SqlDecimal.Divide(a, b, scale), Throws.TypeOf<OverflowException>(), context);
                continue;
            }

            decimal actual = SqlDecimal.Divide(a, b, scale);
            Assert.That(Units(actual) * BigInteger.Pow(10, scale), Is.EqualTo(units * BigInteger.Pow(10, actual.Scale)), context);
            Assert.That(actual.Scale, Is.LessThanOrEqualTo(scale), context);
            fitting++;
            ties += isTie ? 1 : 0;
        }

        TestContext.Out.WriteLine($"seed {seed}: {fitting} fit, {ties} were half a unit");
        Assert.That(fitting, Is.GreaterThan(2_000));
        Assert.That(ties, Is.GreaterThan(100));
    }

    /// <summary>A constant quotient is computed at build time, by code of its own.</summary>
    [Test]
    public void The_build_computes_the_same([Values(5, 6)] int seed)
    {
        var random = new Random(seed);
        var catalog = new DictionaryCatalog(new Relation("r", RelationKind.Source, "", []));
        int same = 0;
        for (int round = 0; round < 300; round++)
        {
            (decimal a, decimal b, _) = Operands(random);
            string sql = $"SELECT {Literal(a)} / {Literal(b)} AS v FROM r";
            if (SqlCompiler.CompileQuery(sql, "q", catalog).Plan is { } plan)
            {
                BoundExpression folded = ((ProjectNode)plan.Root).Expressions[0];
                decimal expected = SqlDecimal.Divide(a, b, folded.Type.Scale);
                Assert.That(((BoundLiteral)folded).Value?.ToString(), Is.EqualTo(expected.ToString(CultureInfo.CurrentCulture)), $"seed {seed}: {sql}");
                same++;
            }
        }

        Assert.That(same, Is.GreaterThan(50));
    }

    private static string Literal(decimal value) => "(" + value.ToString(CultureInfo.InvariantCulture) + (value.Scale == 0 ? ".)" : ")");

    /// <summary>Of all sizes; one in five such that the quotient lies half a unit, or next to half a unit, between two results.</summary>
    private static (decimal A, decimal B, int Scale) Operands(Random random)
    {
        int scale = random.Next(0, 29);
        if (random.Next(5) > 0)
        {
            return (Value(random, random.Next(1, 97)), Value(random, random.Next(1, 97)) is var b && b == 0 ? 1 : b, scale);
        }

        // (2n + 1) / 2 units, times a divisor, and maybe the last digit changed.
        scale = random.Next(0, 12);
        var divisor = new decimal(random.Next(1, 1_000_000), 0, 0, random.Next(2) == 0, (byte)random.Next(0, 4));
        decimal half = ((2 * random.NextInt64(1_000_000_000)) + 1) * new decimal(5, 0, 0, false, (byte)(scale + 1));
        decimal product = half * divisor;
        return (random.Next(2) == 0 ? product : product + new decimal(random.Next(-1, 2), 0, 0, false, 28), divisor, scale);
    }

    private static decimal Value(Random random, int bits)
    {
        UInt128 units = new UInt128((ulong)random.NextInt64(), (ulong)random.NextInt64(long.MinValue, long.MaxValue)) & ((UInt128.One << bits) - 1);
        return new decimal((int)(uint)units, (int)(uint)(units >> 32), (int)(uint)(units >> 64), random.Next(2) == 0, (byte)random.Next(0, 29));
    }

    private static string? Text(string a, string b, int scale)
    {
        try
        {
            return SqlDecimal.Divide(decimal.Parse(a, CultureInfo.InvariantCulture), decimal.Parse(b, CultureInfo.InvariantCulture), scale).ToString(CultureInfo.InvariantCulture);
        }
        catch (OverflowException)
        {
            return null;
        }
    }

    /// <summary>The quotient in units of the scale, half away from zero.</summary>
    private static (BigInteger Units, bool IsTie) Exact(decimal a, decimal b, int scale)
    {
        BigInteger x = BigInteger.Abs(Units(a)) * BigInteger.Pow(10, scale + b.Scale) * 2;
        BigInteger y = BigInteger.Abs(Units(b)) * BigInteger.Pow(10, a.Scale);
        BigInteger halves = BigInteger.DivRem(x, y, out BigInteger rest);
        return ((halves + 1) / 2 * Units(a).Sign * Units(b).Sign, rest.IsZero && !halves.IsEven);
    }

    private static BigInteger Shorten(BigInteger units, int scale)
    {
        for (; scale > 0 && units % 10 == 0; scale--)
        {
            units /= 10;
        }

        return units;
    }

    private static BigInteger Units(decimal value)
    {
        int[] bits = decimal.GetBits(value);
        BigInteger size = ((BigInteger)(uint)bits[2] << 64) | ((BigInteger)(uint)bits[1] << 32) | (uint)bits[0];
        return bits[3] < 0 ? -size : size;
    }
}
