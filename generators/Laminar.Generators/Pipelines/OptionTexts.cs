using System;
using System.Collections.Generic;
using System.Linq;
using Laminar.Generators.Model;
using Laminar.Sql;
using Laminar.Sql.Text;

namespace Laminar.Generators.Pipelines;

/// <summary>What the texts of options must not be, whatever the connector: the pipeline would refuse to start.</summary>
internal static class OptionTexts
{
    /// <summary>Each <c>${</c> needs its <c>}</c>.</summary>
    /// <param name="sql">The script.</param>
    /// <param name="options">Of all sources and sinks.</param>
    /// <param name="problems">Takes what is wrong, from the <c>$</c> to the end of the text.</param>
    public static void CheckVariables(string sql, IEnumerable<CompiledOption> options, List<OptionProblem> problems)
    {
        foreach (CompiledOption option in options)
        {
            // In the literal as it is written, quotes included: they are neither part of a variable nor its end.
            string literal = sql.Substring(option.ValueSpan.Start, option.ValueSpan.Length);
            int start = OpenVariable(literal);
            if (start >= 0)
            {
                int length = literal.Length - start - (literal.EndsWith("'", StringComparison.Ordinal) ? 1 : 0);
                problems.Add(new OptionProblem(OptionProblemKind.OpenVariable, new TextSpan(option.ValueSpan.Start + start, length), literal.Substring(start, length), new string[0]));
            }
        }
    }

    /// <summary>
    /// Two sinks that write to one place overwrite each other; texts that are the same stay the same when their variables are expanded. And a place
    /// that is at least once only is said where it is written: what a variable brings is said at the start.
    /// </summary>
    public static void CheckTargets(IEnumerable<BoundSink> sinks, List<OptionProblem> problems)
    {
        var taken = new HashSet<(string Connector, string Property, string Target)>();
        foreach (BoundSink sink in sinks)
        {
            foreach (ConnectorOption target in sink.Connector.SinkOptions.Where(o => o.IsTarget))
            {
                CompiledOption? given = sink.Sink.Options.FirstOrDefault(o => OptionBinder.Find(new[] { target }, o.Key) is not null);
                if (given is null)
                {
                    continue;
                }

                if (given.Value == target.AtLeastOnceTarget)
                {
                    problems.Add(new OptionProblem(OptionProblemKind.AtLeastOnce, given.ValueSpan, sink.Sink.Name, new string[0]));
                }

                if (given.Value != target.SharedTarget && !taken.Add((sink.Connector.Name, target.Property, given.Value.TrimEnd('/'))))
                {
                    problems.Add(new OptionProblem(OptionProblemKind.TakenTarget, given.ValueSpan, given.Value, new string[0]));
                }
            }
        }
    }

    private static int OpenVariable(string text)
    {
        for (int start = text.IndexOf("${", StringComparison.Ordinal); start >= 0;)
        {
            int end = text.IndexOf('}', start);
            if (end < 0)
            {
                return start;
            }

            start = text.IndexOf("${", end, StringComparison.Ordinal);
        }

        return -1;
    }
}
