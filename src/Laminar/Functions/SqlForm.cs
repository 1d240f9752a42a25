using System.Globalization;
using System.Text;

namespace Laminar.Functions;

/// <summary>
/// The type of a value for functions that take any: written as <c>Int32</c>, <c>Decimal(10,2)</c>, <c>Array&lt;Text?&gt;</c>, <c>Map&lt;Text,Int64?&gt;</c>,
/// <c>Row&lt;"a":Int32?,"b":Text&gt;</c>, where a question mark stands behind what can be NULL.
/// </summary>
public sealed class SqlForm
{
    private static readonly PreparedCache<string, SqlForm> Cache = new(Read);

    private SqlForm(RowColumn column) => Column = column;

    /// <summary>The type as that of a column.</summary>
    internal RowColumn Column { get; }

    /// <exception cref="LaminarException">The text is no type.</exception>
    public static SqlForm Of(string text) => Cache.Get(text);

    private static SqlForm Read(string text)
    {
        int at = 0;
        RowColumn column = Type(text, ref at, string.Empty);
        return at == text.Length ? new SqlForm(column) : throw Wrong(text);
    }

    private static RowColumn Type(string text, ref int at, string name)
    {
        int start = at;
        while (at < text.Length && char.IsLetterOrDigit(text[at]))
        {
            at++;
        }

        if (!Enum.TryParse(text[start..at], out ColumnType type))
        {
            throw Wrong(text);
        }

        (int precision, int scale) = (0, 0);
        if (Take(text, ref at, '('))
        {
            precision = Number(text, ref at, ',');
            scale = Number(text, ref at, ')');
        }

        var elements = new List<RowColumn>();
        if (Take(text, ref at, '<'))
        {
            do
            {
                string field = type == ColumnType.Row ? Field(text, ref at) : type == ColumnType.Map && elements.Count == 0 ? "key" : type == ColumnType.Map ? "value" : "element";
                elements.Add(Type(text, ref at, field));
            }
            while (Take(text, ref at, ','));
            Expect(text, ref at, '>');
        }

        return new RowColumn(name, type, Take(text, ref at, '?'), precision, scale) { Elements = elements };
    }

    private static string Field(string text, ref int at)
    {
        Expect(text, ref at, '"');
        var name = new StringBuilder();
        while (at < text.Length && (text[at] != '"' || (at + 1 < text.Length && text[at + 1] == '"')))
        {
            at += text[at] == '"' ? 1 : 0;
            name.Append(text[at++]);
        }

        Expect(text, ref at, '"');
        Expect(text, ref at, ':');
        return name.ToString();
    }

    private static int Number(string text, ref int at, char end)
    {
        int stop = text.IndexOf(end, at);
        int number = stop > at && int.TryParse(text[at..stop], CultureInfo.InvariantCulture, out int read) ? read : throw Wrong(text);
        at = stop + 1;
        return number;
    }

    private static bool Take(string text, ref int at, char character)
    {
        bool there = at < text.Length && text[at] == character;
        at += there ? 1 : 0;
        return there;
    }

    private static void Expect(string text, ref int at, char character)
    {
        if (!Take(text, ref at, character))
        {
            throw Wrong(text);
        }
    }

    private static LaminarException Wrong(string text) => new($"'{text}' is no type of values.");
}
