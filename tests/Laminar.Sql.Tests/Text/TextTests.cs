using Laminar.Sql.Text;
using NUnit.Framework;

namespace Laminar.Sql.Tests.Text;

public sealed class TextTests
{
    [TestCase(0, 0, 0)]
    [TestCase(2, 0, 2)]
    [TestCase(3, 1, 0)]
    [TestCase(6, 2, 0)]
    [TestCase(8, 3, 0)]
    [TestCase(9, 3, 1)]
    [TestCase(99, 3, 1)]
    [TestCase(-1, 0, 0)]
    public void Lines_end_with_LF_CRLF_or_CR(int offset, int line, int column) =>
        Assert.That(new LineMap("ab\nc\r\nd\re").Locate(offset), Is.EqualTo((line, column)));

    [TestCase("symbl", "symbol")]
    [TestCase("PRICE", "price")]
    [TestCase("prcie", "price")]
    [TestCase("voluem", "volume")]
    [TestCase("volumetric", null)]
    [TestCase("x", null)]
    [TestCase("departur_tmie", "departure_time")]
    public void The_nearest_name_is_found_or_there_is_none(string name, string? expected) =>
        Assert.That(NearestName.Of(name, ["symbol", "price", "volume", "ts", "departure_time"]), Is.EqualTo(expected));

    [TestCase("kitten", "sitting", 3)]
    [TestCase("ab", "ba", 1)]
    [TestCase("", "abc", 3)]
    [TestCase("ABC", "abc", 0)]
    public void Distance_counts_edits(string a, string b, int edits) => Assert.That(NearestName.Distance(a, b), Is.EqualTo(edits));
}
