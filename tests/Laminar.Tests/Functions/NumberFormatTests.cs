using Laminar.Functions;
using NUnit.Framework;

namespace Laminar.Tests.Functions;

/// <summary>TO_CHAR of numbers against PostgreSQL's: the table of its manual (where a locale counts, as in C), and its regression tests.</summary>
public sealed class NumberFormatTests
{
    [TestCase("-0.1", "99.99", "  -.10")]
    [TestCase("-0.1", "FM9.99", "-.1")]
    [TestCase("-0.1", "FM90.99", "-0.1")]
    [TestCase("0.1", "0.9", " 0.1")]
    [TestCase("12", "9990999.9", "    0012.0")]
    [TestCase("12", "FM9990999.9", "0012.")]
    [TestCase("485", "999", " 485")]
    [TestCase("-485", "999", "-485")]
    [TestCase("485", "9 9 9", " 4 8 5")]
    [TestCase("1485", "9,999", " 1,485")]
    [TestCase("1485", "9G999", " 1,485")]
    [TestCase("148.5", "999.999", " 148.500")]
    [TestCase("148.5", "FM999.999", "148.5")]
    [TestCase("148.5", "FM999.990", "148.500")]
    [TestCase("148.5", "999D999", " 148.500")]
    [TestCase("3148.5", "9G999D999", " 3,148.500")]
    [TestCase("-485", "999S", "485-")]
    [TestCase("-485", "999MI", "485-")]
    [TestCase("485", "999MI", "485 ")]
    [TestCase("485", "FM999MI", "485")]
    [TestCase("485", "PL999", "+485")]
    [TestCase("485", "SG999", "+485")]
    [TestCase("-485", "SG999", "-485")]
    [TestCase("-485", "9SG99", "4-85")]
    [TestCase("-485", "999PR", "<485>")]
    [TestCase("485", "RN", "        CDLXXXV")]
    [TestCase("485", "FMRN", "CDLXXXV")]
    [TestCase("5.2", "FMRN", "V")]
    [TestCase("482", "999th", " 482nd")]
    [TestCase("485", "\"Good number:\"999", "Good number: 485")]
    [TestCase("485.8", "\"Pre:\"999\" Post:\" .999", "Pre: 485 Post: .800")]
    [TestCase("12", "99V999", " 12000")]
    [TestCase("12.4", "99V999", " 12400")]
    [TestCase("12.45", "99V9", " 125")]
    [TestCase("0.0004859", "9.99EEEE", " 4.86e-04")]
    public void As_in_the_manual(string value, string format, string expected) =>
        Assert.That(SqlNumberFormat.Format(decimal.Parse(value), SqlNumberFormat.Of(format)), Is.EqualTo(expected));

    private static readonly decimal[] Values = [0m, -34338492.215397047m, 4.31m, 7799461.4119m, 16397.038491m, 93901.57763026m, -83028485m, 74881m, -24926804.04504742m];

    /// <summary>Of the numbers of numeric.sql, without those that come twice.</summary>
    private static IEnumerable<TestCaseData> Regression()
    {
        TestCaseData Case(string format, params string[] expected) => new(format, expected);
        yield return Case(
            "9999999999999999.999999999999999PR",
            "                 .000000000000000 ", "        <34338492.215397047000000>", "                4.310000000000000 ", "          7799461.411900000000000 ", "            16397.038491000000000 ",
            "            93901.577630260000000 ", "        <83028485.000000000000000>", "            74881.000000000000000 ", "        <24926804.045047420000000>");
        yield return Case(
            "9999999999999999.999999999999999S",
            "                .000000000000000+", "        34338492.215397047000000-", "               4.310000000000000+", "         7799461.411900000000000+", "           16397.038491000000000+",
            "           93901.577630260000000+", "        83028485.000000000000000-", "           74881.000000000000000+", "        24926804.045047420000000-");
        yield return Case("FMS9999999999999999.999999999999999", "+0.", "-34338492.215397047", "+4.31", "+7799461.4119", "+16397.038491", "+93901.57763026", "-83028485.", "+74881.", "-24926804.04504742");
        yield return Case("FM9999999999999999.999999999999999THPR", "0.", "<34338492.215397047>", "4.31", "7799461.4119", "16397.038491", "93901.57763026", "<83028485.>", "74881.", "<24926804.04504742>");
        yield return Case(
            "S0999999999999999.999999999999999",
            "+0000000000000000.000000000000000", "-0000000034338492.215397047000000", "+0000000000000004.310000000000000", "+0000000007799461.411900000000000", "+0000000000016397.038491000000000",
            "+0000000000093901.577630260000000", "-0000000083028485.000000000000000", "+0000000000074881.000000000000000", "-0000000024926804.045047420000000");
        yield return Case(
            "FM0999999999999999.999999999999999",
            "0000000000000000.", "-0000000034338492.215397047", "0000000000000004.31", "0000000007799461.4119", "0000000000016397.038491", "0000000000093901.57763026", "-0000000083028485.", "0000000000074881.",
            "-0000000024926804.04504742");
        yield return Case("FM9999999999999999.099999999999999", ".0", "-34338492.215397047", "4.31", "7799461.4119", "16397.038491", "93901.57763026", "-83028485.0", "74881.0", "-24926804.04504742");
        yield return Case("FM9999999999990999.990999999999999", "0000.000", "-34338492.215397047", "0004.310", "7799461.4119", "16397.038491", "93901.57763026", "-83028485.000", "74881.000", "-24926804.04504742");
        yield return Case("FM9999999990999999.099999999999999", "0000000.0", "-34338492.215397047", "0000004.31", "7799461.4119", "0016397.038491", "0093901.57763026", "-83028485.0", "0074881.0", "-24926804.04504742");
        yield return Case(
            "S 9 9 9 9 9 9 9 9 9 9 9 9 9 9 9 9 . 9 9 9 9 9 9 9 9 9 9 9 9 9 9 9 9 9",
            "                                 +. 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0", "                 -3 4 3 3 8 4 9 2 . 2 1 5 3 9 7 0 4 7 0 0 0 0 0 0 0 0", "                               +4 . 3 1 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0",
            "                   +7 7 9 9 4 6 1 . 4 1 1 9 0 0 0 0 0 0 0 0 0 0 0 0 0", "                       +1 6 3 9 7 . 0 3 8 4 9 1 0 0 0 0 0 0 0 0 0 0 0", "                       +9 3 9 0 1 . 5 7 7 6 3 0 2 6 0 0 0 0 0 0 0 0 0",
            "                 -8 3 0 2 8 4 8 5 . 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0", "                       +7 4 8 8 1 . 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0", "                 -2 4 9 2 6 8 0 4 . 0 4 5 0 4 7 4 2 0 0 0 0 0 0 0 0 0");
        yield return Case(
            "FMS 9 9 9 9 9 9 9 9 9 9 9 9 9 9 9 9 . 9 9 9 9 9 9 9 9 9 9 9 9 9 9 9 9 9",
            "                +0 .                 ", "         -3 4 3 3 8 4 9 2 . 2 1 5 3 9 7 0 4 7        ", "                +4 . 3 1               ", "          +7 7 9 9 4 6 1 . 4 1 1 9             ",
            "            +1 6 3 9 7 . 0 3 8 4 9 1           ", "            +9 3 9 0 1 . 5 7 7 6 3 0 2 6         ", "         -8 3 0 2 8 4 8 5 .                 ", "            +7 4 8 8 1 .                 ",
            "         -2 4 9 2 6 8 0 4 . 0 4 5 0 4 7 4 2         ");
        yield return Case(
            "999999SG9999999999",
            "      +         0", "      -  34338492", "      +         4", "      +   7799461", "      +     16397", "      +     93902", "      -  83028485", "      +     74881", "      -  24926804");
    }

    [TestCaseSource(nameof(Regression))]
    public void As_in_the_regression_tests(string format, string[] expected) =>
        Assert.That(Values.Select(v => SqlNumberFormat.Format(v, SqlNumberFormat.Of(format))), Is.EqualTo(expected).AsCollection);

    [TestCase(12345.0, "99", " ##")]
    [TestCase(0.125, "9.99", "  .12")]
    [TestCase(0.375, "0.99", " 0.38")]
    [TestCase(2.5, "9", " 2")]
    [TestCase(12345678901.0, "FM9999999999D9999900000000000000000", "##########.####")]
    [TestCase(double.NaN, "9999", "  NaN")]
    [TestCase(1e-9, "9.9EEEE", " 1.0e-09")]
    [TestCase(-4859.0, "9.99eeee", "-4.86e+03")]
    [TestCase(9.996e9, "9.99EEEE", " 1.00e+10")]
    public void Doubles(double value, string format, string expected) => Assert.That(SqlNumberFormat.Format(value, SqlNumberFormat.Of(format)), Is.EqualTo(expected));

    [TestCase("9.9.9")]
    [TestCase("9V9.9")]
    [TestCase("S9S")]
    [TestCase("S9MI")]
    [TestCase("9PR9")]
    [TestCase("FM9EEEE")]
    [TestCase("9EEEE9")]
    public void Refused(string format) => Assert.That(() => SqlNumberFormat.Of(format), Throws.TypeOf<LaminarException>());
}
