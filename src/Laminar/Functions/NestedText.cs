using System.ComponentModel;
using System.Globalization;
using System.Text;

namespace Laminar.Functions;

/// <summary>
/// Values of arrays, maps and rows as text and back: a letter for the type of each, then the value. <see cref="Key"/> gives equal texts for equal values,
/// so that groups and sets of nested values are groups and sets of text; <see cref="Exact"/> gives back the very value that went in.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class NestedText
{
    /// <summary>Equal for equal values and for no others: -0.0 is 0.0, decimals have no trailing zeros, maps are in the order of their keys' texts.</summary>
    public static string Key(object? value) => Write(value, isKey: true);

    /// <summary>The value as it is.</summary>
    public static string Exact(object? value) => Write(value, isKey: false);

    /// <summary>The value of a text that either made.</summary>
    /// <exception cref="LaminarException">It is no such text.</exception>
    public static object? Read(string text)
    {
        int at = 0;
        object? value;
        try
        {
            value = Read(text, ref at);
        }
        catch (Exception error) when (error is FormatException or OverflowException or ArgumentOutOfRangeException or IndexOutOfRangeException)
        {
            throw Wrong(error);
        }

        return at == text.Length ? value : throw Wrong(null);
    }

    /// <summary>Bytes that a value takes, roughly.</summary>
    internal static long SizeOf(object? value) => value switch
    {
        null => 0,
        string text => 24 + (2L * text.Length),
        byte[] bytes => 24 + (long)bytes.Length,
        object?[] items => 24 + (8L * items.Length) + items.Sum(SizeOf),
        SqlMap map => 128 + (48L * map.Keys.Length) + map.Keys.Sum(SizeOf) + map.Values.Sum(SizeOf),
        _ => 24,
    };

    private static string Write(object? value, bool isKey)
    {
        var text = new StringBuilder();
        Write(text, value, isKey);
        return text.ToString();
    }

    private static void Write(StringBuilder text, object? value, bool isKey)
    {
        CultureInfo culture = CultureInfo.InvariantCulture;
        switch (value)
        {
            case null:
                text.Append('n');
                break;
            case bool truth:
                text.Append(truth ? 't' : 'f');
                break;
            case string s:
                text.Append('s').Append(culture, $"{s.Length};").Append(s);
                break;
            case byte[] bytes:
                text.Append('x').Append(Convert.ToHexString(bytes)).Append(';');
                break;
            case double number:
                text.Append('k').Append(culture, $"{BitConverter.DoubleToUInt64Bits(isKey ? SqlCompare.Canonical(number) : number):X};");
                break;
            case float number:
                text.Append('j').Append(culture, $"{BitConverter.SingleToUInt32Bits(isKey ? SqlCompare.Canonical(number) : number):X};");
                break;
            case decimal number:
                // Dividing by 1 with 28 decimals strips trailing zeros.
                text.Append('l').Append(culture, $"{(isKey ? number == 0 ? 0m : number / 1.0000000000000000000000000000m : number)};");
                break;
            case Guid id:
                text.Append('m').Append(culture, $"{id:N};");
                break;
            case object?[] items:
                text.Append('[').Append(culture, $"{items.Length};");
                foreach (object? item in items)
                {
                    Write(text, item, isKey);
                }

                break;
            case SqlMap map:
                text.Append('{').Append(culture, $"{map.Keys.Length};");
                IEnumerable<string> pairs = map.Keys.Select((key, i) => Write(key, isKey) + Write(map.Values[i], isKey));
                text.AppendJoin(null, isKey ? pairs.Order(StringComparer.Ordinal) : pairs);
                break;
            default:
                text.Append(Letter(value)).Append(culture, $"{value};");
                break;
        }
    }

    private static char Letter(object value) => value switch
    {
        sbyte => 'a',
        short => 'b',
        int => 'c',
        long => 'd',
        byte => 'e',
        ushort => 'g',
        uint => 'h',
        ulong => 'i',
        _ => throw new LaminarException($"A value of {value.GetType()} isn't the form of one of SQL."),
    };

    private static object? Read(string text, ref int at)
    {
        char letter = text[at++];
        if (letter is 'n' or 't' or 'f')
        {
            return letter == 'n' ? null : letter == 't';
        }

        int end = text.IndexOf(';', at);
        ReadOnlySpan<char> content = text.AsSpan(at, end - at);
        CultureInfo culture = CultureInfo.InvariantCulture;
        at = end + 1;
        switch (letter)
        {
            case 's':
                int length = int.Parse(content, culture);
                at += length;
                return text.Substring(at - length, length);
            case 'x':
                return Convert.FromHexString(content);
            case 'k':
                return BitConverter.UInt64BitsToDouble(ulong.Parse(content, NumberStyles.HexNumber, culture));
            case 'j':
                return BitConverter.UInt32BitsToSingle(uint.Parse(content, NumberStyles.HexNumber, culture));
            case 'l':
                return decimal.Parse(content, culture);
            case 'm':
                return Guid.ParseExact(content, "N");
            case '[':
                // One letter at least for each.
                var items = new object?[Count(content, text.Length - at)];
                for (int i = 0; i < items.Length; i++)
                {
                    items[i] = Read(text, ref at);
                }

                return items;
            case '{':
                var pairs = new (object?, object?)[Count(content, text.Length - at)];
                for (int i = 0; i < pairs.Length; i++)
                {
                    object? key = Read(text, ref at);
                    pairs[i] = (key, Read(text, ref at));
                }

                return SqlMap.Of(pairs);
            default:
                return Number(letter, content, culture);
        }
    }

    private static int Count(ReadOnlySpan<char> content, int most) =>
        int.Parse(content, CultureInfo.InvariantCulture) is var count && count >= 0 && count <= most ? count : throw new FormatException();

    private static object Number(char letter, ReadOnlySpan<char> content, CultureInfo culture) => letter switch
    {
        'a' => (object)sbyte.Parse(content, culture),
        'b' => short.Parse(content, culture),
        'c' => int.Parse(content, culture),
        'd' => long.Parse(content, culture),
        'e' => byte.Parse(content, culture),
        'g' => ushort.Parse(content, culture),
        'h' => uint.Parse(content, culture),
        'i' => ulong.Parse(content, culture),
        _ => throw new FormatException(),
    };

    private static LaminarException Wrong(Exception? error) => new("A text that should hold a nested value doesn't.", error!);
}
