using System.Globalization;
using System.Text;

namespace Laminar.Sql.Text;

/// <summary>A hash of text that is the same on every machine and in every build, unlike <see cref="string.GetHashCode()"/>.</summary>
public static class StableHash
{
    /// <summary>16 hex digits: 64-bit FNV-1a over the bytes of UTF-8.</summary>
    public static string Of(string text)
    {
        ulong hash = 14695981039346656037UL;
        foreach (byte b in Encoding.UTF8.GetBytes(text))
        {
            hash = unchecked((hash ^ b) * 1099511628211UL);
        }

        return hash.ToString("x16", CultureInfo.InvariantCulture);
    }
}
