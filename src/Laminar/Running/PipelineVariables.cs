using System.ComponentModel;
using System.Globalization;
using System.Text;

namespace Laminar;

/// <summary>
/// Expands <c>${NAME}</c> and <c>${NAME:-default}</c> in the option values of a pipeline when it starts: from
/// <see cref="LaminarOptions.Variables"/>, then from the environment. Called by generated code.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class PipelineVariables(LaminarOptions options)
{
    private string _place = "";

    /// <summary>Says which statement the options that follow stand in, for messages: <c>SOURCE cars</c>.</summary>
    public void At(string statement) => _place = $"CREATE {statement}: ";

    /// <summary>The text of an option with every variable replaced.</summary>
    /// <param name="key">The option, for messages.</param>
    /// <param name="text">Its literal.</param>
    /// <exception cref="LaminarException">A variable has neither a value nor a default, or a brace is missing.</exception>
    public string Text(string key, string text)
    {
        try
        {
            return Text(text);
        }
        catch (LaminarException e)
        {
            throw new LaminarException($"{_place}option {key}: {e.Message}", e);
        }
    }

    /// <summary>The text with every variable replaced. A value isn't expanded again.</summary>
    /// <exception cref="LaminarException">A variable has neither a value nor a default, or a brace is missing.</exception>
    public string Text(string text)
    {
        var result = new StringBuilder(text.Length);
        int position = 0;
        while (text.IndexOf("${", position, StringComparison.Ordinal) is var start and >= 0)
        {
            int end = text.IndexOf('}', start);
            if (end < 0)
            {
                throw new LaminarException($"The option value '{text}' has '${{' without '}}'.");
            }

            result.Append(text, position, start - position).Append(ValueOf(text.Substring(start + 2, end - start - 2)));
            position = end + 1;
        }

        return result.Append(text, position, text.Length - position).ToString();
    }

    /// <summary><c>true</c> or <c>false</c>, ignoring case.</summary>
    public bool Boolean(string key, string text) =>
        bool.TryParse(Text(key, text), out bool value) ? value : throw Wrong(key, text, "true or false");

    public int Int32(string key, string text) =>
        int.TryParse(Text(key, text), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int value) ? value : throw Wrong(key, text, "a whole number");

    public long Int64(string key, string text) =>
        long.TryParse(Text(key, text), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long value) ? value : throw Wrong(key, text, "a whole number");

    /// <summary>One character, or <c>\t</c>.</summary>
    public char Character(string key, string text) => Text(key, text) switch
    {
        "\\t" => '\t',
        { Length: 1 } one => one[0],
        _ => throw Wrong(key, text, "one character"),
    };

    /// <summary>A number and <c>ms</c>, <c>s</c>, <c>m</c>, <c>h</c> or <c>d</c>: <c>30s</c>, <c>1.5h</c>.</summary>
    public TimeSpan Duration(string key, string text)
    {
        string trimmed = Text(key, text).Trim();
        int digits = 0;
        while (digits < trimmed.Length && (char.IsAsciiDigit(trimmed[digits]) || trimmed[digits] == '.'))
        {
            digits++;
        }

        long unit = trimmed.AsSpan(digits).Trim() switch
        {
            "ms" => TimeSpan.TicksPerMillisecond,
            "s" => TimeSpan.TicksPerSecond,
            "m" => TimeSpan.TicksPerMinute,
            "h" => TimeSpan.TicksPerHour,
            "d" => TimeSpan.TicksPerDay,
            _ => 0,
        };
        bool isNumber = decimal.TryParse(trimmed.AsSpan(0, digits), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out decimal count);
        return unit > 0 && isNumber && count <= long.MaxValue / unit
            ? TimeSpan.FromTicks((long)(count * unit))
            : throw Wrong(key, text, "a number and ms, s, m, h or d");
    }

    /// <summary>A member's name ignoring case and underscores: <c>dead_letter</c> is <c>DeadLetter</c>.</summary>
    public TEnum Enum<TEnum>(string key, string text)
        where TEnum : struct, Enum
    {
        string wanted = Text(key, text).Replace("_", "", StringComparison.Ordinal);
        foreach (TEnum member in System.Enum.GetValues<TEnum>())
        {
            if (string.Equals(member.ToString(), wanted, StringComparison.OrdinalIgnoreCase))
            {
                return member;
            }
        }

        throw Wrong(key, text, "one of " + string.Join(", ", System.Enum.GetNames<TEnum>()));
    }

    private string ValueOf(string reference)
    {
        int separator = reference.IndexOf(":-", StringComparison.Ordinal);
        string name = separator < 0 ? reference : reference[..separator];
        if (options.Variables.TryGetValue(name, out string? value) || Environment.GetEnvironmentVariable(name) is { } found && (value = found) is not null)
        {
            return value;
        }

        return separator >= 0
            ? reference[(separator + 2)..]
            : throw new LaminarException($"The pipeline needs the variable {name}: set LaminarOptions.Variables[\"{name}\"] or the environment variable, or write ${{{name}:-default}}.");
    }

    private LaminarException Wrong(string key, string text, string expected)
    {
        string expanded = Text(text);
        string value = expanded == text ? $"'{text}'" : $"'{text}' (which is '{expanded}' here)";
        return new LaminarException($"{_place}the option {key} is {value}; it takes {expected}.");
    }
}
