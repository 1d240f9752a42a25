// Compiled into Laminar (run time) and Laminar.Sql (constants at build time), so that both read a path the same way. C# for netstandard2.0.
using System.Collections.Generic;
using System.Globalization;
using System.Text;

namespace Laminar.Functions;

/// <summary>One step of a path: a member by its name, or an element by its place.</summary>
/// <param name="Name">The member's name; null for an element.</param>
/// <param name="Index">The element's place from 0; below 0 from the end, -1 being the last.</param>
internal readonly record struct JsonStep(string? Name, int Index);

/// <summary>SQL/JSON paths as far as they lead to one value: <c>$.a."b c"[0]['d'][last]</c>.</summary>
internal static class JsonPathText
{
    /// <summary>What a path may look like, for messages.</summary>
    public const string Expected = "a path leads from $ to one value by members and elements, as in $.a.\"b c\"[0]";

    /// <summary>The steps behind <c>$</c>, or null where the text is no such path.</summary>
    public static JsonStep[]? Read(string path)
    {
        string text = path.Trim();
        foreach (string mode in new[] { "lax ", "strict " })
        {
            text = text.StartsWith(mode, System.StringComparison.Ordinal) ? text.Substring(mode.Length).TrimStart() : text;
        }

        if (text.Length == 0 || text[0] != '$')
        {
            return null;
        }

        var steps = new List<JsonStep>();
        int at = 1;
        while (at < text.Length)
        {
            if (!(text[at] == '.' ? Member(text, ref at, steps) : text[at] == '[' && Element(text, ref at, steps)))
            {
                return null;
            }
        }

        return steps.ToArray();
    }

    private static bool Member(string text, ref int at, List<JsonStep> steps)
    {
        at++;
        if (at < text.Length && text[at] == '"')
        {
            return Quoted(text, ref at, out string quoted) && Add(steps, quoted);
        }

        int start = at;
        while (at < text.Length && text[at] is not ('.' or '[' or '"' or '*' or ' ' or '(' or '?'))
        {
            at++;
        }

        return at > start && Add(steps, text.Substring(start, at - start));
    }

    private static bool Element(string text, ref int at, List<JsonStep> steps)
    {
        at++;
        if (at < text.Length && text[at] is '"' or '\'')
        {
            return Quoted(text, ref at, out string name) && Close(text, ref at) && Add(steps, name);
        }

        int end = text.IndexOf(']', at);
        string inside = end < 0 ? string.Empty : text.Substring(at, end - at).Trim();
        at = end + 1;
        if (inside == "last")
        {
            steps.Add(new JsonStep(null, -1));
            return true;
        }

        if (end < 0 || !int.TryParse(inside, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int index))
        {
            return false;
        }

        steps.Add(new JsonStep(null, index));
        return true;
    }

    private static bool Add(List<JsonStep> steps, string name)
    {
        steps.Add(new JsonStep(name, 0));
        return true;
    }

    private static bool Close(string text, ref int at) => at < text.Length && text[at++] == ']';

    private static bool Quoted(string text, ref int at, out string name)
    {
        char quote = text[at++];
        var read = new StringBuilder();
        while (at < text.Length && text[at] != quote)
        {
            at += text[at] == '\\' && at + 1 < text.Length ? 1 : 0;
            read.Append(text[at++]);
        }

        name = read.ToString();
        return at++ < text.Length;
    }
}
