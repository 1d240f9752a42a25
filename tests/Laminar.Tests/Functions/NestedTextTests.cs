using Laminar.Functions;
using NUnit.Framework;

namespace Laminar.Tests.Functions;

/// <summary>Nested values as text: what is equal has one key, what isn't has two, and every value comes back.</summary>
public sealed class NestedTextTests
{
    private static readonly object?[] Leaves =
    [
        null, true, false, "", "a;b", "é\n\U0001F600", "[1;n", (sbyte)-1, (short)2, 3, -4L, (byte)5, (ushort)6, 7u, ulong.MaxValue, 1.5f, float.NaN, -0.0, 0.1, double.PositiveInfinity, 1.50m,
        -79228162514264337593543950335m, 0.00m, Guid.Parse("00112233-4455-6677-8899-aabbccddeeff"), new byte[] { 0, 255 }, Array.Empty<byte>(),
    ];

    [Test]
    public void Every_value_comes_back()
    {
        foreach (object? leaf in Leaves)
        {
            object?[] array = [leaf, new object?[] { leaf, null }, SqlMap.Of([("k", leaf), (leaf ?? 1, "v")])];
            Assert.That(NestedValues.AreEqual(NestedText.Read(NestedText.Exact(array)), array), NestedText.Exact(array));
            Assert.That(NestedValues.AreEqual(NestedText.Read(NestedText.Key(array)), array), NestedText.Key(array));
        }

        Assert.That(((object?[])NestedText.Read(NestedText.Exact(new object?[] { 1.50m }))!)[0]!.ToString(), Is.EqualTo("1.50"));
    }

    [Test]
    public void Keys_are_equal_where_values_are()
    {
        object?[] values =
        [
            .. Leaves.Select(l => new object?[] { l }), new object?[] { "a", "b" }, new object?[] { "a;1;b" }, new object?[] { new object?[] { "a" }, "b" }, new object?[] { new object?[] { "a", "b" } },
            SqlMap.Of([("x", 1), ("y", null)]), SqlMap.Of([("y", null), ("x", 1)]), SqlMap.Of([("x", 1)]), SqlMap.Of([("x", null), ("y", 1)]), new object?[] { 0.0 }, new object?[] { 1.5m }, new object?[] { 0m },
        ];
        foreach (object? a in values)
        {
            foreach (object? b in values)
            {
                Assert.That(NestedText.Key(a) == NestedText.Key(b), Is.EqualTo(NestedValues.AreEqual(a, b)), $"{NestedText.Exact(a)} {NestedText.Exact(b)}");
            }
        }
    }

    [TestCase("")]
    [TestCase("[2;n")]
    [TestCase("[999999999;n")]
    [TestCase("s5;abc")]
    [TestCase("s-5;abc")]
    [TestCase("q1;")]
    [TestCase("c1")]
    [TestCase("nn")]
    [TestCase("{1;ni1;")]
    public void What_is_no_such_text_says_so(string text) => Assert.That(() => NestedText.Read(text), Throws.InstanceOf<LaminarException>());
}
