using Laminar.Generators.Model;
using Laminar.Generators.Pipelines;
using Laminar.Sql;
using Laminar.Sql.Text;
using NUnit.Framework;

namespace Laminar.Generators.Tests;

/// <summary>WITH keys and literals against the options that a connector declares.</summary>
public sealed class OptionBinderTests
{
    private static readonly ConnectorOption[] Known =
    [
        new("path", "Path", OptionKind.Text),
        new("has_header", "HasHeader", OptionKind.Boolean),
        new("batch_rows", "BatchRows", OptionKind.Int32),
        new("max_bytes", "MaxBytes", OptionKind.Int64),
        new("delimiter", "Delimiter", OptionKind.Character),
        new("roll_every", "RollEvery", OptionKind.Duration),
        new("format", "Format", OptionKind.Enum) { EnumType = "global::F", EnumMembers = new EquatableArray<string>(["Json", "DebeziumJson"]) },
    ];

    [TestCase("path", "a\"b\\c\u00e9\n", "\"a\\u0022b\\u005cc\\u00e9\\u000a\"")]
    [TestCase("PATH", "x", "\"x\"")]
    [TestCase("has_header", "TRUE", "true")]
    [TestCase("batchrows", "-5", "-5")]
    [TestCase("max_bytes", "-9223372036854775808", "unchecked((long)0x8000000000000000UL)")]
    [TestCase("delimiter", ";", "(char)59")]
    [TestCase("delimiter", "\\t", "(char)9")]
    [TestCase("roll_every", "30s", "global::System.TimeSpan.FromTicks(300000000L)")]
    [TestCase("format", "debezium_json", "global::F.DebeziumJson")]
    [TestCase("path", "${P}", "variables.Text(\"path\", \"${P}\")")]
    [TestCase("batch_rows", "${N:-5}", "variables.Int32(\"batch_rows\", \"${N:-5}\")")]
    [TestCase("format", "${F}", "variables.Enum<global::F>(\"format\", \"${F}\")")]
    public void LiteralsBecomeTypedExpressions(string key, string value, string expected)
    {
        var problems = new List<OptionProblem>();
        EquatableArray<BoundOption> bound = Bind(problems, (key, value));

        Assert.That(problems, Is.Empty);
        Assert.That(bound.Single().Expression, Is.EqualTo(expected));
    }

    [TestCase("has_header", "1")]
    [TestCase("batch_rows", "3000000000")]
    [TestCase("batch_rows", "5 ")]
    [TestCase("delimiter", "")]
    [TestCase("roll_every", "30")]
    [TestCase("format", "avro")]
    public void AWrongLiteralIsReportedOnTheLiteral(string key, string value)
    {
        var problems = new List<OptionProblem>();
        Bind(problems, (key, value));

        Assert.That(problems.Single().Kind, Is.EqualTo(OptionProblemKind.BadValue));
        Assert.That(problems.Single().Span, Is.EqualTo(new TextSpan(50, 5)));
    }

    [Test]
    public void UnknownAndDuplicateKeysAreReportedOnTheKey()
    {
        var problems = new List<OptionProblem>();
        Bind(problems, ("pth", "x"), ("format", "json"), ("FORMAT", "json"));

        Assert.That(problems.Select(p => p.Kind), Is.EqualTo(new[] { OptionProblemKind.UnknownKey, OptionProblemKind.DuplicateKey }));
        Assert.That(problems[0].Span, Is.EqualTo(new TextSpan(10, 5)));
        Assert.That(problems[0].Candidates, Does.Contain("path"));
    }

    private static EquatableArray<BoundOption> Bind(List<OptionProblem> problems, params (string Key, string Value)[] options) =>
        OptionBinder.Bind(options.Select(o => new CompiledOption(o.Key, new TextSpan(10, 5), o.Value, new TextSpan(50, 5))), Known, Known, problems);
}
