using System;
using System.Text;

namespace Laminar.Sql.Catalog;

/// <summary>How SQL names meet C# names: ignoring case and underscores.</summary>
public static class SqlName
{
    /// <summary><c>event_time</c>, <c>EventTime</c> and <c>EVENTTIME</c> all become <c>eventtime</c>.</summary>
    public static string Fold(string name)
    {
        var folded = new StringBuilder(name.Length);
        foreach (char c in name)
        {
            if (c != '_')
            {
                folded.Append(char.ToLowerInvariant(c));
            }
        }

        return folded.Length == 0 ? name : folded.ToString();
    }

    public static bool Same(string a, string b) =>
        string.Equals(a, b, StringComparison.OrdinalIgnoreCase) || string.Equals(Fold(a), Fold(b), StringComparison.Ordinal);

    /// <summary><c>window_start</c> becomes <c>WindowStart</c>; <c>windowStart</c> too; characters C# doesn't allow become <c>_</c>.</summary>
    public static string ToPascalCase(string name)
    {
        var result = new StringBuilder(name.Length);
        bool upper = true;
        foreach (char c in name)
        {
            if (c == '_')
            {
                upper = true;
                continue;
            }

            char next = char.IsLetterOrDigit(c) ? c : '_';
            if (result.Length == 0 && char.IsDigit(next))
            {
                result.Append('_');
            }

            result.Append(upper ? char.ToUpperInvariant(next) : next);
            upper = false;
        }

        return result.Length == 0 ? "_" : result.ToString();
    }

    /// <summary><c>EventTime</c> becomes <c>event_time</c>, <c>CarID</c> becomes <c>car_id</c>.</summary>
    public static string ToSnakeCase(string name)
    {
        var result = new StringBuilder(name.Length + 4);
        for (int i = 0; i < name.Length; i++)
        {
            char c = name[i];
            bool startsWord = char.IsUpper(c) && i > 0 && name[i - 1] != '_'
                && (!char.IsUpper(name[i - 1]) || (i + 1 < name.Length && char.IsLower(name[i + 1])));
            if (startsWord)
            {
                result.Append('_');
            }

            result.Append(char.ToLowerInvariant(c));
        }

        return result.ToString();
    }
}
