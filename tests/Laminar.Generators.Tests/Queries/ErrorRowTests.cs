using Laminar.Testing;
using NUnit.Framework;

namespace Laminar.Generators.Tests.Queries;

/// <summary>Rows that can't be computed with: the query fails at that row, or skips and counts it; state is as if it had never come.</summary>
public sealed class ErrorRowTests
{
    private const string Policy = """
        public static class Errors
        {
            public static string[] Skipping()
            {
                var output = new List<string>();
                using var query = Q.Create(row => output.Add(Rows.Text(row)));
                query.OnError = error => { output.Add(error.Row.Split(',')[0] + ": " + error.InnerException!.GetType().Name); return true; };
                query.Push(Test.Input());
                query.Complete();
                output.Add("errors " + query.Statistics.ErrorRows + " of " + query.Statistics.RowsIn);
                return output.ToArray();
            }

            public static string Failing()
            {
                using var query = Q.Create(_ => { });
                string text = "";
                try { query.Push(Test.Input()); } catch (StreamRowException e) { text = e.InnerException!.GetType().Name; }
                try { query.Push(Test.Input()[0]); } catch (LaminarException e) { text += e.Message.Contains("faulted") ? ", faulted" : e.Message; }
                return text;
            }

            public static string AfterCompletion()
            {
                using var query = Q.Create(_ => { });
                query.Complete();
                try { query.Push(Test.Input()[0]); } catch (LaminarException e) { return e.Message; }
                return "";
            }
        }

        """;

    [Test]
    public void OverflowAndDivisionByZero()
    {
        using UserAssembly user = QueryRun.Compile(
            "SELECT auction, 100 / amount AS q, amount * 4611686018427387904 AS big FROM bids",
            ["Row(1, 1, amount: 1)", "Row(2, 2, amount: 0)", "Row(3, 3, amount: 2)", "Row(4, 4, amount: -2)"],
            Policy);
        Assert.That(user.Call<string[]>("Errors", "Skipping"), Is.EqualTo(new[]
        {
            "Row { Auction = 1, Q = 100, Big = 4611686018427387904 }",
            "Bid { Auction = 2: DivideByZeroException",
            "Bid { Auction = 3: OverflowException",
            "Row { Auction = 4, Q = -50, Big = -9223372036854775808 }",
            "errors 2 of 4",
        }));
        Assert.That(user.Call<string>("Errors", "Failing"), Is.EqualTo("DivideByZeroException, faulted"));
        Assert.That(user.Call<string>("Errors", "AfterCompletion"), Does.Contain("completed"));
    }

    [TestCase("TUMBLE(ts, INTERVAL '10' SECOND)")]
    [TestCase("HOP(ts, INTERVAL '5' SECOND, INTERVAL '10' SECOND)")]
    [TestCase("TUMBLE(ts, INTERVAL '10' SECOND) EMIT CHANGES")]
    public void ATextKeyThatUtf8CantHoldIsAnErrorLateOrNot(string window)
    {
        using UserAssembly user = QueryRun.Compile(
            $"SELECT name, COUNT(*) AS n FROM bids GROUP BY name, {window}",
            ["Row(1, 1, \"x\\ud800y\")", "Row(40, 2, \"a\")", "Row(1, 3, \"x\\ud800y\")", "Row(1, 4, \"b\")"],
            Policy);
        string[] output = user.Call<string[]>("Errors", "Skipping");
        Assert.That(output[^1], Is.EqualTo("errors 2 of 4"));
        Assert.That(output.Where(o => o.StartsWith("Bid", StringComparison.Ordinal)), Is.EqualTo(new[] { "Bid { Auction = 1: LaminarException", "Bid { Auction = 3: LaminarException" }));
    }

    [Test]
    public void AFailingArgumentChangesNoState()
    {
        using UserAssembly user = QueryRun.Compile(
            "SELECT auction, COUNT(*) AS n, SUM(100 / amount) AS s FROM bids GROUP BY auction, TUMBLE(ts, INTERVAL '10' SECOND)",
            ["Row(1, 1, amount: 1)", "Row(2, 1, amount: 0)", "Row(3, 2, amount: 0)", "Row(4, 1, amount: 50)"],
            Policy);
        Assert.That(user.Call<string[]>("Errors", "Skipping"), Is.EqualTo(new[]
        {
            "Bid { Auction = 1: DivideByZeroException",
            "Bid { Auction = 2: DivideByZeroException",
            "Row { Auction = 1, N = 2, S = 102 }",
            "errors 2 of 4",
        }));
    }

    [Test]
    public void ASumIsCheckedAtOutputOnly()
    {
        using UserAssembly user = QueryRun.Compile(
            "SELECT auction, SUM(amount) AS s, AVG(amount) AS mean FROM bids GROUP BY auction, TUMBLE(ts, INTERVAL '10' SECOND)",
            ["Row(1, 1, amount: long.MaxValue)", "Row(2, 1, amount: long.MaxValue)", "Row(3, 1, amount: -long.MaxValue)", "Row(4, 2, amount: long.MinValue)", "Row(5, 2, amount: -1)"],
            Policy);
        string[] output = user.Call<string[]>("Errors", "Skipping");
        Assert.That(output[0], Is.EqualTo("Row { Auction = 1, S = 9223372036854775807, Mean = 3.0744573456182584E+18 }"));
        Assert.That(output[1], Does.StartWith("group Auction 2 of the window").And.EndWith("OverflowException"));
        Assert.That(output[2], Is.EqualTo("errors 1 of 5"));
    }

    [Test]
    public void GuardsInTheQueryWork()
    {
        using UserAssembly user = QueryRun.Compile(
            "SELECT auction, CASE WHEN amount = 0 THEN -1 ELSE 100 / amount END AS q FROM bids WHERE amount = 0 OR 100 / amount > 1",
            ["Row(1, 1, amount: 0)", "Row(2, 2, amount: 10)", "Row(3, 3, amount: 100)"],
            Policy);
        Assert.That(user.Call<string[]>("Errors", "Skipping"), Is.EqualTo(new[] { "Row { Auction = 1, Q = -1 }", "Row { Auction = 2, Q = 10 }", "errors 0 of 3" }));
    }
}
