using System.Globalization;

namespace Laminar.Functions;

/// <summary>URLs: percent encoding by RFC 3986, and their parts.</summary>
public static class SqlUrl
{
    /// <summary>All but letters, digits and <c>-_.~</c> of ASCII as the percent form of their UTF-8 bytes.</summary>
    /// <exception cref="LaminarException">The text is longer than a ninth of <see cref="SqlText.MaxLength"/>.</exception>
    public static string Encode(string value) => value.Length <= SqlText.MaxLength / 9
        ? Uri.EscapeDataString(value)
        : throw new LaminarException($"URL_ENCODE takes at most {(SqlText.MaxLength / 9).ToString("N0", CultureInfo.InvariantCulture)} characters.");

    /// <summary>Percent forms as what they stand for; one that is no UTF-8 stays, and so does <c>+</c>.</summary>
    public static string Decode(string value) => Uri.UnescapeDataString(value);

    /// <summary>A part of an absolute URL; NULL when it has none, or isn't a URL.</summary>
    /// <param name="url">The URL.</param>
    /// <param name="part">PROTOCOL, AUTHORITY, USERINFO, HOST, PORT, PATH, QUERY, FILE (path and query) or REF.</param>
    /// <exception cref="LaminarException">Another part.</exception>
    public static string? Part(string url, string part)
    {
        // By hand (RFC 3986, appendix B): Uri would change case, dots and escapes.
        int scheme = url.IndexOf("://", StringComparison.Ordinal);
        bool isUrl = scheme > 0 && url.AsSpan(0, scheme).IndexOfAnyExcept(SchemeCharacters) < 0;
        int end = Find(url, '#', 0, url.Length);
        int query = Find(url, '?', 0, end);
        int authority = isUrl ? scheme + 3 : 0;
        int path = isUrl ? Find(url, '/', authority, query) : 0;
        int at = isUrl ? url.LastIndexOf('@', Math.Max(0, path - 1), Math.Max(0, path - authority)) : -1;
        int host = at < 0 ? authority : at + 1;
        int port = isUrl ? url.LastIndexOf(':', Math.Max(0, path - 1), Math.Max(0, path - host)) : -1;
        port = port >= 0 && url.IndexOf(']', port, path - port) >= 0 ? -1 : port;
        string? found = part switch
        {
            "PROTOCOL" => url[..Math.Max(0, scheme)],
            "AUTHORITY" => url[authority..path],
            "USERINFO" => at < 0 ? null : url[authority..at],
            "HOST" => url[host..(port < 0 ? path : port)],
            "PORT" => port < 0 ? null : url[(port + 1)..path],
            "PATH" => url[path..query],
            "FILE" => url[path..end],
            "QUERY" => query == end ? null : url[(query + 1)..end],
            "REF" => end == url.Length ? null : url[(end + 1)..],
            _ => throw new LaminarException($"PARSE_URL: '{part}' is not a part of a URL; {Parts}."),
        };
        return isUrl ? found : null;
    }

    /// <summary>The value of a key in the query of a URL, as it is written; NULL when it isn't there.</summary>
    /// <param name="url">The URL.</param>
    /// <param name="part">QUERY; no other part has keys, so others give NULL.</param>
    /// <param name="key">The key.</param>
    public static string? Part(string url, string part, string key)
    {
        string? query = Part(url, part);
        if (part != "QUERY" || query is null)
        {
            return null;
        }

        foreach (Range range in query.AsSpan().Split('&'))
        {
            ReadOnlySpan<char> pair = query.AsSpan(range);
            if (pair.StartsWith(key, StringComparison.Ordinal) && pair.Length > key.Length && pair[key.Length] == '=')
            {
                return pair[(key.Length + 1)..].ToString();
            }
        }

        return null;
    }

    private const string Parts = "PROTOCOL, AUTHORITY, USERINFO, HOST, PORT, PATH, QUERY, FILE and REF are";

    private static readonly System.Buffers.SearchValues<char> SchemeCharacters =
        System.Buffers.SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789+-.");

    private static int Find(string text, char c, int from, int to)
    {
        int at = text.IndexOf(c, from, to - from);
        return at < 0 ? to : at;
    }
}
