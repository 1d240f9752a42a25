using NUnit.Framework;

namespace Laminar.Generators.Tests;

/// <summary><c>${NAME:-default}</c> in option values: options first, then the environment, then the default.</summary>
public sealed class PipelineVariablesTests
{
    private enum Side
    {
        Buy,
        ShortSell,
    }

    [TestCase("plain", "plain")]
    [TestCase("", "")]
    [TestCase("${A}", "1")]
    [TestCase("x${A}y${B}z", "x1y${A}z", Description = "a value isn't expanded again")]
    [TestCase("${MISSING_FOR_TEST:-d}", "d")]
    [TestCase("${MISSING_FOR_TEST:-}", "")]
    [TestCase("${A:-d}", "1")]
    [TestCase("$A {A}", "$A {A}")]
    public void Expands(string text, string expected) => Assert.That(Variables().Text(text), Is.EqualTo(expected));

    [Test]
    public void OptionsComeBeforeTheEnvironment()
    {
        string name = "LAMINAR_TEST_" + Guid.NewGuid().ToString("N");
        Environment.SetEnvironmentVariable(name, "environment");
        try
        {
            var options = new LaminarOptions();
            Assert.That(new PipelineVariables(options).Text($"${{{name}}}"), Is.EqualTo("environment"));
            options.Variables[name] = "options";
            Assert.That(new PipelineVariables(options).Text($"${{{name}:-default}}"), Is.EqualTo("options"));
        }
        finally
        {
            Environment.SetEnvironmentVariable(name, null);
        }
    }

    [Test]
    public void AMissingVariableIsNamed()
    {
        LaminarException? error = Assert.Throws<LaminarException>(() => Variables().Text("${MISSING_FOR_TEST}"));
        Assert.That(error!.Message, Does.Contain("MISSING_FOR_TEST").And.Contain("LaminarOptions.Variables"));
    }

    [Test]
    public void AMissingBraceIsAnError() => Assert.Throws<LaminarException>(() => Variables().Text("${A"));

    [Test]
    public void ConvertsToEveryOptionType()
    {
        PipelineVariables variables = Variables();

        Assert.That(variables.Boolean("k", "${T:-TRUE}"), Is.True);
        Assert.That(variables.Int32("k", "-${A}0"), Is.EqualTo(-10));
        Assert.That(variables.Int64("k", "9223372036854775807"), Is.EqualTo(long.MaxValue));
        Assert.That(variables.Character("k", ";"), Is.EqualTo(';'));
        Assert.That(variables.Character("k", "\\t"), Is.EqualTo('\t'));
        Assert.That(variables.Duration("k", "1.5 h"), Is.EqualTo(TimeSpan.FromMinutes(90)));
        Assert.That(variables.Duration("k", "250ms"), Is.EqualTo(TimeSpan.FromMilliseconds(250)));
        Assert.That(variables.Enum<Side>("k", "short_sell"), Is.EqualTo(Side.ShortSell));
    }

    [Test]
    public void AWrongValueNamesKeyAndValue()
    {
        LaminarException? error = Assert.Throws<LaminarException>(() => Variables().Int32("batch_rows", "${B}"));
        Assert.That(error!.Message, Does.Contain("batch_rows").And.Contain("${A}").And.Contain("whole number"));
        Assert.Throws<LaminarException>(() => Variables().Enum<Side>("side", "1"));
        Assert.Throws<LaminarException>(() => Variables().Duration("d", "5"));
        Assert.Throws<LaminarException>(() => Variables().Duration("d", "-5s"));
        Assert.Throws<LaminarException>(() => Variables().Boolean("b", "yes"));
        Assert.Throws<LaminarException>(() => Variables().Character("c", "ab"));
    }

    private static PipelineVariables Variables()
    {
        var options = new LaminarOptions();
        options.Variables["A"] = "1";
        options.Variables["B"] = "${A}";
        return new PipelineVariables(options);
    }
}
