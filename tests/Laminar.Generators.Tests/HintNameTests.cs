using Laminar.Generators.Emit;
using Laminar.Testing;
using NUnit.Framework;

namespace Laminar.Generators.Tests;

/// <summary>Names of generated files: stable, and different for different types even on systems that ignore case.</summary>
public sealed class HintNameTests
{
    [Test]
    public void NamesThatDifferInCaseOrNestingDoNotCollide()
    {
        UserCompilation compiled = new UserProject("""
            using Laminar;

            namespace A
            {
                [StreamSource("a")] public partial record struct Trade(long X);
                [StreamSource("b")] public partial record struct TRADE(long X);
                public partial class B { [StreamSource("c")] public partial record struct Trade(long X); }
                public partial class b { [StreamSource("d")] public partial record struct Trade(long X); }
            }

            namespace A.C { [StreamSource("e")] public partial record struct Trade(long X); }

            [StreamSource("f")] public partial record struct Größe(long X);
            [StreamSource("g")] public partial record struct Gräße(long X);
            [StreamSource("h")] public partial record struct @class(long X);
            """).Compile();

        Assert.That(compiled.Problems, Is.Empty);
        IEnumerable<string> sources = compiled.GeneratedFiles.Keys.Where(k => k.Contains(".Source.", StringComparison.Ordinal));
        Assert.That(sources.Distinct(StringComparer.OrdinalIgnoreCase).Count(), Is.EqualTo(8));
    }

    [Test]
    public void NamesAreStable() =>
        Assert.That(HintName.Of("global::Shop.Orders.Vwap", "Query"), Is.EqualTo("Shop.Orders.Vwap.Query.163454f4.g.cs"));

    [Test]
    public void LongNamesAreCutAndStayDifferent()
    {
        string a = HintName.Of("global::" + new string('A', 300) + ".X", "Query");
        string b = HintName.Of("global::" + new string('A', 301) + ".X", "Query");

        Assert.That(a, Has.Length.LessThan(128));
        Assert.That(a, Is.Not.EqualTo(b));
    }
}
