using System.Globalization;
using System.Text;

namespace Laminar.Generators.Emit;

/// <summary>Names of generated files: stable from build to build, and different for different types even where only the case differs.</summary>
public static class HintName
{
    // File systems stop at 255; projects stand some folders deep.
    private const int MaxNameLength = 96;

    /// <param name="fullName">The type, with <c>global::</c>.</param>
    /// <param name="part">What is generated into it: <c>Source</c>, <c>Query</c>.</param>
    public static string Of(string fullName, string part)
    {
        string name = fullName.StartsWith("global::", System.StringComparison.Ordinal) ? fullName.Substring("global::".Length) : fullName;
        var safe = new StringBuilder();
        foreach (char c in name)
        {
            safe.Append(c is '.' or '_' || (c < 128 && char.IsLetterOrDigit(c)) ? c : '-');
        }

        string shortened = safe.Length <= MaxNameLength ? safe.ToString() : safe.ToString(safe.Length - MaxNameLength, MaxNameLength);

        // The hash tells apart what differs in case, in characters that a file name can't hold, or beyond the limit.
        return $"{shortened}.{part}.{Hash(name).ToString("x8", CultureInfo.InvariantCulture)}.g.cs";
    }

    /// <summary>FNV-1a over UTF-16: the same on every machine, unlike <see cref="string.GetHashCode()"/>.</summary>
    private static uint Hash(string text)
    {
        uint hash = 2166136261;
        foreach (char c in text)
        {
            hash = unchecked((hash ^ c) * 16777619);
        }

        return hash;
    }
}
