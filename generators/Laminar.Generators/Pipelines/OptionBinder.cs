using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;
using Laminar.Generators.Discovery;
using Laminar.Generators.Model;
using Laminar.Sql;
using Laminar.Sql.Catalog;

namespace Laminar.Generators.Pipelines;

/// <summary>Matches WITH keys with option properties and turns literals into typed C#.</summary>
public static class OptionBinder
{
    private const string ErrorPolicy = "global::Laminar.ErrorPolicy";

    /// <summary>What says that a source's rows are changes: known to the front end, and no property of anything.</summary>
    public const string Changelog = "Changelog";

    /// <summary>Keys of every source, whatever its connector: properties of <c>SourceOptions</c>, and <see cref="Changelog"/>.</summary>
    public static readonly EquatableArray<ConnectorOption> SourceLevel = new(new[]
    {
        new ConnectorOption("idle_timeout", "IdleTimeout", OptionKind.Duration),
        new ConnectorOption("max_drift", "MaxDrift", OptionKind.Duration),
        new ConnectorOption("on_error", "OnError", OptionKind.Enum)
        {
            EnumType = ErrorPolicy, EnumMembers = new EquatableArray<string>(new[] { "Fail", "Skip", "DeadLetter" }),
        },
        new ConnectorOption("dead_letter_path", "DeadLetterPath", OptionKind.Text),
        new ConnectorOption("changelog", Changelog, OptionKind.Boolean),
    });

    /// <summary>Those of every table: it has no time.</summary>
    public static readonly EquatableArray<ConnectorOption> TableLevel = new(SourceLevel.Where(o => o.Property is "OnError" or "DeadLetterPath"));

    /// <summary>The options that match <paramref name="known"/>, in the order of the script; what doesn't is reported.</summary>
    /// <param name="options">As written, without those that others took.</param>
    /// <param name="known">The connector's options.</param>
    /// <param name="all">Every key that may stand there, for suggestions.</param>
    /// <param name="problems">Takes what is wrong.</param>
    public static EquatableArray<BoundOption> Bind(
        IEnumerable<CompiledOption> options, IReadOnlyList<ConnectorOption> known, IEnumerable<ConnectorOption> all, List<OptionProblem> problems)
    {
        var bound = new List<BoundOption>();
        foreach (CompiledOption option in options)
        {
            ConnectorOption? match = Find(known, option.Key);
            if (match is null)
            {
                problems.Add(new OptionProblem(OptionProblemKind.UnknownKey, option.KeySpan, option.Key, all.Select(o => o.Key).ToArray()));
            }
            else if (bound.Any(b => b.Property == match.Property))
            {
                problems.Add(new OptionProblem(OptionProblemKind.DuplicateKey, option.KeySpan, option.Key, new string[0]));
            }
            else if (Expression(match, option.Value) is { } expression)
            {
                bound.Add(new BoundOption(match.Property, expression));
            }
            else
            {
                problems.Add(new OptionProblem(OptionProblemKind.BadValue, option.ValueSpan, option.Value, Expected(match)));
            }
        }

        return new EquatableArray<BoundOption>(bound);
    }

    public static ConnectorOption? Find(IEnumerable<ConnectorOption> options, string key) =>
        options.FirstOrDefault(o => SqlName.Same(o.Key, key) || SqlName.Same(o.Property, key));

    /// <summary>The value as C#, or null when the literal isn't of the option's type.</summary>
    public static string? Expression(ConnectorOption option, string value)
    {
        string key = Text(option.Key);
        if (value.Contains("${"))
        {
            return option.Kind switch
            {
                OptionKind.Text => $"variables.Text({key}, {Text(value)})",
                OptionKind.Enum => $"variables.Enum<{option.EnumType}>({key}, {Text(value)})",
                _ => $"variables.{option.Kind}({key}, {Text(value)})",
            };
        }

        switch (option.Kind)
        {
            case OptionKind.Text:
                return Text(value);
            case OptionKind.Boolean:
                return bool.TryParse(value, out bool boolean) ? (boolean ? "true" : "false") : null;
            case OptionKind.Int32:
                return int.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int number)
                    ? number.ToString(CultureInfo.InvariantCulture)
                    : null;
            case OptionKind.Int64:
                return long.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long large)
                    ? $"unchecked((long)0x{large:X}UL)"
                    : null;
            case OptionKind.Character:
                string character = value == "\\t" ? "\t" : value;
                return character.Length == 1 ? $"(char){(int)character[0]}" : null;
            case OptionKind.Duration:
                long ticks = SourceDiscovery.ParseLateness(value);
                return ticks >= 0 ? $"global::System.TimeSpan.FromTicks({ticks.ToString(CultureInfo.InvariantCulture)}L)" : null;
            default:
                string? member = option.EnumMembers.FirstOrDefault(m => SqlName.Same(m, value));
                return member is null ? null : $"{option.EnumType}.{member}";
        }
    }

    private static string[] Expected(ConnectorOption option) => option.Kind switch
    {
        OptionKind.Enum => option.EnumMembers.Select(SqlName.ToSnakeCase).ToArray(),
        OptionKind.Boolean => new[] { "true", "false" },
        _ => new string[0],
    };

    /// <summary>A string literal of C#; the analyzers, which share this folder, have no emitter.</summary>
    private static string Text(string value)
    {
        var text = new StringBuilder("\"");
        foreach (char c in value)
        {
            text.Append(c is '"' or '\\' or < ' ' or > '~' ? "\\u" + ((int)c).ToString("x4", CultureInfo.InvariantCulture) : c.ToString());
        }

        return text.Append('"').ToString();
    }
}
