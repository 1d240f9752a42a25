namespace Laminar.Functions;

/// <summary>A format of times, read once: see <c>TO_CHAR</c> and <c>DATE_FORMAT</c>. A constant one is a static field of generated code.</summary>
public sealed partial class SqlTimeFormat
{
    private static readonly PreparedCache<(string Format, bool IsJava), SqlTimeFormat> Cache = new(Make);

    private readonly TimeElement[] _elements;

    private SqlTimeFormat(TimeElement[] elements) => _elements = elements;

    /// <summary>A format of PostgreSQL: <c>YYYY-MM-DD HH24:MI:SS</c>.</summary>
    /// <exception cref="LaminarException">It can't be read.</exception>
    public static SqlTimeFormat Postgres(string format) => Cache.Get((format, false));

    /// <summary>A format of Java: <c>yyyy-MM-dd HH:mm:ss</c>.</summary>
    /// <exception cref="LaminarException">It can't be read.</exception>
    public static SqlTimeFormat Java(string format) => Cache.Get((format, true));

    /// <summary>A timestamp as text; a zone in the format is UTC.</summary>
    public static string Format(long timestamp, SqlTimeFormat format) => format.Print(new DateTime(timestamp));

    /// <summary>A text as a timestamp. What stands behind the format's end isn't looked at, as in PostgreSQL.</summary>
    /// <exception cref="LaminarException">The text doesn't follow the format, or a part is out of range.</exception>
    public static long Parse(string value, SqlTimeFormat format) => new Reader(value).Read(format._elements);

    /// <summary>A text as a date.</summary>
    /// <inheritdoc cref="Parse"/>
    public static int ParseDate(string value, SqlTimeFormat format) => (int)(Parse(value, format) / TimeSpan.TicksPerDay);

    private static SqlTimeFormat Make((string Format, bool IsJava) key)
    {
        try
        {
            return new SqlTimeFormat(key.IsJava ? TimePattern.Java(key.Format) : TimePattern.Postgres(key.Format));
        }
        catch (ArgumentException error)
        {
            throw new LaminarException($"'{key.Format}' is not a format of times: {error.Message}.");
        }
    }
}
